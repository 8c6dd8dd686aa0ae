"""Acts on a request: tie a sitting, put the text to the vote, write down dissent, draw up, transmit."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.rules import SittingState
from portal.forms.base import options
from portal.forms.opinions import DissentForm, TransmitForm, VoteForm
from portal.kernel.clock import from_form, local
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission
from portal.opinions import draw_up, note_dissent, put_to_vote, queries, tie_sitting, transmit
from portal.opinions.rows import RequestRow, TextRow
from portal.opinions.rules import OpinionKind
from portal.voting.rules import Mode
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now, safe_next
from portal.web.numbers import asked
from portal.web.opinions.blueprint import bp
from portal.web.opinions.desk import tie_form

_OPEN = frozenset({SittingState.CONVENED, SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED})


def _back(number: int, place: str = "") -> str:
    return url_for("opinions.manage", number=number) + (f"#{place}" if place else "")


@bp.post("/segreteria/pareri/<int:number>/sedute")
@access(Permission.OPINION_MANAGE)
def tie(number: int) -> Response:
    """A sitting is to give the opinion."""
    choices = {one.item_id: one.sitting for one in queries.items_to_tie(number)}
    form = tie_form(number, posted=True)

    def verb() -> None:
        item = int(form.item.data or 0)
        if item not in choices:
            raise Invalid(gettext("Choose an item of a sitting."), code="item")
        tie_sitting.tie_sitting(current_actor(), number, item, choices[item], now=now())

    return at_once(verb, _back(number, "sedute"), gettext("The sitting is tied to the request."))


@bp.route("/segreteria/pareri/<int:number>/voto", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def vote(number: int) -> Answer:
    """Freeze the text and prepare the vote on it."""
    row = queries.request(number)
    text = next(reversed(queries.texts(current_actor(), number)), None)
    tied = [one for one in queries.sittings(number) if one.state in _OPEN]
    form = bind(VoteForm, mode=Mode.ROLL_CALL.value, question=_question(row, text), sitting=asked("seduta") or "")
    form.sitting.choices = options([(one.number, f"{one.number}. {one.title}") for one in tied])

    def verb() -> int:
        question, mode = str(form.question.data or ""), Mode(str(form.mode.data))
        sitting = int(form.sitting.data or 0)
        return put_to_vote.put_to_vote(current_actor(), number, sitting, question, mode, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("opinions/vote.html", form=form, row=row, text=text, tied=tied),
        gettext("The text is frozen and the vote prepared: open it in the sitting."),
        lambda _poll: safe_next(request.args.get("next"), url_for("table.votes", number=int(form.sitting.data or 0))),
    )


def _question(row: RequestRow, text: TextRow | None) -> str:
    """What the mayors are asked, unless it is written otherwise."""
    kind = text.kind if text else OpinionKind.FAVOURABLE
    asked = {
        OpinionKind.FAVOURABLE: gettext("Do you approve the favourable opinion on: %(subject)s?"),
        OpinionKind.WITH_REMARKS: gettext("Do you approve the favourable opinion with remarks on: %(subject)s?"),
        OpinionKind.CONTRARY: gettext("Do you approve the contrary opinion on: %(subject)s?"),
    }
    return asked[kind] % {"subject": row.subject}


@bp.route("/segreteria/pareri/<int:number>/dissensi", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def dissent(number: int) -> Answer:
    """What a body that did not agree declared in the sitting."""
    row, form = queries.request(number), bind(DissentForm)
    form.body.choices = options(queries.dissenters(number))

    def verb() -> None:
        body = int(form.body.data or 0)
        note_dissent.note_dissent(current_actor(), number, body, str(form.text.data or ""), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("opinions/dissent.html", form=form, row=row),
        gettext("The declaration is written down."),
        _back(number, "voti"),
    )


@bp.post("/segreteria/pareri/<int:number>/documento")
@access(Permission.OPINION_MANAGE)
def draw(number: int) -> Response:
    """Draw up the opinion, or the certificate."""
    return at_once(
        lambda: draw_up.draw_up(current_actor(), number, now=now()),
        _back(number, "documento"),
        gettext("The document is drawn up: read it over, have it signed, transmit it to the Council."),
    )


@bp.route("/segreteria/pareri/<int:number>/trasmissione", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def send(number: int) -> Answer:
    """Write down when and how it went to the Council."""
    row = queries.request(number)
    form = bind(TransmitForm, to=gettext("Metropolitan Council"), at=local(now()))

    def verb() -> None:
        assert form.at.data is not None  # the form asks for it
        to, by, at = str(form.to.data or ""), str(form.by.data or ""), from_form(form.at.data)
        drawn = next((one.drawn_at for one in queries.documents(number)), at)
        if drawn.replace(second=0, microsecond=0) == at:
            at = drawn  # fields say minutes: the one in which it was drawn up is meant after it
        transmit.transmit(current_actor(), number, to, by, at, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("opinions/transmit.html", form=form, row=row),
        gettext("The transmission is recorded."),
        _back(number, "documento"),
    )
