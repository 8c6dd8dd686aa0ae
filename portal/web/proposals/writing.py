"""What the Forum does with a proposal: write, support, approve, send, take back."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.base import options
from portal.forms.proposals import ApproveForm, ProposalForm, SendForm, SupportForm, WithdrawForm
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.permissions import Permission
from portal.opinions.proposals import approve, queries, send, support, withdraw, write
from portal.opinions.proposals.proposers import proposer
from portal.opinions.proposals.rows import ProposalRow
from portal.opinions.proposals.write import Wording
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.proposals.blueprint import bp, forum_choices, shown


def _back(number: int) -> str:
    return url_for("proposals.proposal", number=number)


@bp.route("/forum/proposte/nuova", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def new() -> Answer:
    """A member organisation proposes, or the Forum's secretary."""
    form = bind(ProposalForm)
    form.forum.choices = options(_open_to_reader())

    def verb() -> int:
        return write.write(current_actor(), int(form.forum.data or 0), _wording(form), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/write.html", form=form, found=None),
        gettext("The proposal is saved. The other organisations of the Forum can read and support it."),
        _back,
    )


@bp.route("/forum/proposte/<int:number>/testo", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def rewrite(number: int) -> Answer:
    """Write it anew; whoever supported it does so once more."""
    row = _own(number)
    form = bind(ProposalForm, forum=row.forum_id, title=row.title, text=row.text, reason=row.reason, read=row.text_hash)
    form.forum.choices = options(forum_choices())

    def verb() -> None:
        write.rewrite(current_actor(), number, _wording(form), str(form.read.data or ""), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/write.html", form=form, found=shown(row)),
        gettext("The proposal is saved. Whoever supported it before is asked to do so again."),
        _back(number),
    )


@bp.post("/forum/proposte/<int:number>/sostegno")
@access(Permission.FORUM_TAKE_PART)
def give_support(number: int) -> Response:
    """Support it as it is worded."""
    read = str(bind(SupportForm).read.data or "")
    return at_once(
        lambda: support.support(current_actor(), number, read, now=now()),
        _back(number),
        gettext("Your organisation supports the proposal."),
    )


@bp.post("/forum/proposte/<int:number>/sostegno/ritiro")
@access(Permission.FORUM_TAKE_PART)
def end_support(number: int) -> Response:
    """Support it no more."""
    return at_once(
        lambda: support.end(current_actor(), number, now=now()),
        _back(number),
        gettext("Your organisation does not support the proposal any more."),
    )


@bp.route("/forum/proposte/<int:number>/ritiro", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def take_back(number: int) -> Answer:
    """Whoever proposed it thinks again."""
    found, form = shown(_own(number)), bind(WithdrawForm)
    return carried_out(
        form,
        lambda: withdraw.withdraw(current_actor(), number, str(form.reason.data or ""), now=now()),
        lambda: render_template("proposals/withdraw.html", form=form, found=found),
        gettext("The proposal is taken back."),
        _back(number),
    )


@bp.post("/segreteria/forum/proposte/<int:number>/approvazione")
@access(Permission.FORUM_MANAGE)
def let_go(number: int) -> Response:
    """It may be sent."""
    form = bind(ApproveForm)

    def verb() -> None:
        if not form.validate():
            raise Invalid(gettext("Write the number of a vote, or none."), code="poll")
        approve.approve(current_actor(), number, str(form.read.data or ""), form.poll.data, now=now())

    return at_once(verb, _back(number), gettext("The proposal is approved: now send it to the Council."))


@bp.post("/segreteria/forum/proposte/<int:number>/approvazione/ritiro")
@access(Permission.FORUM_MANAGE)
def call_back(number: int) -> Response:
    """It is to be written anew."""
    return at_once(
        lambda: approve.take_back(current_actor(), number, now=now()),
        _back(number),
        gettext("The approval is taken back: the proposal can be changed again."),
    )


@bp.route("/segreteria/forum/proposte/<int:number>/invio", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def dispatch(number: int) -> Answer:
    """Write down that it went to the Council."""
    found, form = shown(queries.proposal(current_actor(), number)), bind(SendForm, on=local_day(now()))

    def verb() -> None:
        assert form.on.data is not None  # the form asks for it
        send.send(current_actor(), number, form.on.data, str(form.register.data or ""), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/send.html", form=form, found=found),
        gettext("The proposal is sent: from now on everybody reads it, and the Council’s terms run."),
        _back(number),
    )


def _wording(form: ProposalForm) -> Wording:
    return Wording(str(form.title.data or ""), str(form.text.data or ""), str(form.reason.data or ""))


def _open_to_reader() -> list[tuple[int, str]]:
    """The Forums in which the reader may propose; the refusal of the first, if there is none."""
    found, refused = [], Forbidden()
    for number, words in reversed(forum_choices()):
        try:
            proposer(current_actor(), number, now())
        except Forbidden as error:
            refused = error
        else:
            found.append((number, words))
    if not found:
        raise refused
    return found[::-1]


def _own(number: int) -> ProposalRow:
    """A proposal of the reader's own."""
    row = queries.proposal(current_actor(), number)
    if proposer(current_actor(), row.forum_id, now()) != row.body_id:
        raise Forbidden()
    return row
