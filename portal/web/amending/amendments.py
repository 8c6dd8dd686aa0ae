"""Amendments: the list in the order of voting, one with its difference, proposing, signing, taking back."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments.difference import difference
from portal.forms.amending import AmendmentForm, DisposeForm, Disposition, OwnRemarkForm, dispositions, kinds
from portal.forms.base import options
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.amending import propose, queries, sign
from portal.opinions.amending.propose import Outdated, Proposal, Proposed
from portal.opinions.amending.rows import AmendmentRow, SectionRow
from portal.opinions.amending.rules import PENDING, AmendmentKind, AmendmentState, Phase, SectionRole, turn
from portal.opinions.requests import queries as requests
from portal.opinions.rules import OpinionKind
from portal.web.amending.blueprint import Shown, bp, section_name, shown
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.labels import options as labelled

Answer = str | Response | tuple[str, int]


def url(number: int, which: int) -> str:
    """The page of an amendment."""
    return url_for("amending.amendment", number=number, which=which)


@bp.get("/forum/pareri/<int:number>/emendamenti")
@access(Permission.PUBLIC_READ)
def index(number: int) -> str:
    """All of them, in the order in which they are voted."""
    row = requests.request(number)
    try:
        found = shown(number)
    except NotFound:
        return render_template("amending/none.html", row=row)
    places = {one.id: at for at, one in enumerate((*found.page.sections, *found.page.removed))}
    rows = sorted(queries.amendments(number), key=lambda one: turn(one.kind, places.get(one.section_id, 0), one.number))
    return render_template("amending/index.html", found=found, row=row, page=found.page, rows=rows)


@bp.get("/forum/pareri/<int:number>/emendamenti/<int:which>")
@access(Permission.PUBLIC_READ)
def amendment(number: int, which: int) -> str:
    """One of them, with what the reader can do."""
    found = shown(number)
    one = queries.amendment(number, which)
    return render_template("amending/amendment.html", **_context(found, one))


def context(found: Shown, one: AmendmentRow, form: DisposeForm | None = None) -> dict[str, object]:
    """What the page of an amendment shows; `form` is the one that was refused."""
    return {**_context(found, one), "form": form}


def _context(found: Shown, one: AmendmentRow) -> dict[str, object]:
    open_ = found.phase is Phase.OPEN and one.state is AmendmentState.PROPOSED
    has_signed = any(signer.body_id == found.member for signer in one.signers)
    disposing = found.writes and found.phase in {Phase.OPEN, Phase.CLOSED}
    return {
        "found": found,
        "row": found.row,
        "one": one,
        "own": one.body_id == found.member,
        "has_signed": has_signed,
        "may_sign": open_ and found.member is not None and one.body_id != found.member,
        "may_withdraw": one.body_id == found.member
        and found.phase in {Phase.OPEN, Phase.CLOSED}
        and one.state in {*PENDING, AmendmentState.INADMISSIBLE},
        "form": dispose_form(found, one) if disposing and one.state in _OPEN_TO else None,
    }


_OPEN_TO = {*PENDING, AmendmentState.INADMISSIBLE}


def dispose_form(found: Shown, one: AmendmentRow, *, posted: bool = False) -> DisposeForm:
    """What this reader can do with it: the rapporteur takes it in, those who keep the Forum call it inadmissible."""
    form, may = bind(DisposeForm) if posted else fresh(DisposeForm), set[Disposition]()
    if one.supported:
        may.add(Disposition.TO_VOTE)
    if one.supported and found.is_rapporteur:
        may.add(Disposition.ACCEPT)
    if can(current_actor(), Permission.FORUM_MANAGE):
        may.add(Disposition.REFUSE)
    form.act.choices = dispositions(may)
    return form


@bp.route("/forum/pareri/<int:number>/emendamenti/nuovo/<int:section>", methods=["GET", "POST"])
@access(Permission.FORUM_TAKE_PART)
def new(number: int, section: int) -> Answer:
    """A change of a section, with the difference while one types."""
    found = shown(number)
    one = found.section(section)
    form = bind(AmendmentForm, text=one.text, base=one.revision, kind=AmendmentKind.MODIFYING.value)
    _limit(form, one)

    def page(outdated: Outdated | None) -> str:
        typed = str(form.text.data or "")
        base = outdated.stored if outdated else one.text
        return render_template(
            "amending/new.html",
            found=found,
            row=found.row,
            section=one,
            name=section_name(one.role, one.label),
            form=form,
            outdated=outdated,
            base=base,
            changes=difference(base, typed) if typed != base else [],
            needed=_needed(number),
        )

    if request.method == "GET":
        return page(None)
    wanted = Proposal(
        section_id=section,
        base=form.base.data or one.revision,
        kind=AmendmentKind(str(form.kind.data)) if form.kind.data in set(AmendmentKind) else AmendmentKind.MODIFYING,
        text=str(form.text.data or ""),
        reason=str(form.reason.data or ""),
        opinion=OpinionKind(str(form.opinion.data)) if form.opinion.data in set(OpinionKind) else None,
    )
    return _proposed(number, form, wanted, page)


@bp.route("/forum/pareri/<int:number>/emendamenti/nuovo/<int:section>/rilievo", methods=["GET", "POST"])
@access(Permission.FORUM_TAKE_PART)
def own(number: int, section: int) -> Answer:
    """A remark of its own, after a section."""
    found = shown(number)
    one = found.section(section)
    form = bind(OwnRemarkForm, base=one.revision)
    form.target.choices = options([("", gettext("Choose…")), *((key, at.text) for key, at in found.places.items())])

    def page(_outdated: Outdated | None) -> str:
        name = section_name(one.role, one.label)
        facts = {"found": found, "row": found.row, "section": one, "name": name, "form": form}
        return render_template("amending/own.html", needed=_needed(number), **facts)

    if request.method == "GET":
        return page(None)
    action_id, paragraph_id = form.rows
    wanted = Proposal(
        section_id=section,
        base=form.base.data or one.revision,
        kind=AmendmentKind.ADDITIVE,
        text=str(form.text.data or ""),
        reason=str(form.reason.data or ""),
        apart=True,
        heading=str(form.heading.data or ""),
        why=str(form.why.data or ""),
        action_id=action_id,
        paragraph_id=paragraph_id,
    )
    return _proposed(number, form, wanted, page)


@bp.post("/forum/pareri/<int:number>/emendamenti/<int:which>/firma")
@access(Permission.FORUM_TAKE_PART)
def put_name(number: int, which: int) -> Response:
    """Ask for it too."""
    return at_once(
        lambda: sign.sign(current_actor(), number, which, now=now()),
        url(number, which),
        gettext("Your organisation has signed the amendment."),
    )


@bp.post("/forum/pareri/<int:number>/emendamenti/<int:which>/firma/ritiro")
@access(Permission.FORUM_TAKE_PART)
def take_name_back(number: int, which: int) -> Response:
    """Not any more."""
    return at_once(
        lambda: sign.unsign(current_actor(), number, which, now=now()),
        url(number, which),
        gettext("The signature of your organisation is taken back."),
    )


@bp.post("/forum/pareri/<int:number>/emendamenti/<int:which>/ritiro")
@access(Permission.FORUM_TAKE_PART)
def withdraw(number: int, which: int) -> Response:
    """Its proposer takes it back."""
    return at_once(
        lambda: sign.withdraw(current_actor(), number, which, now=now()),
        url(number, which),
        gettext("The amendment is withdrawn."),
    )


def _limit(form: AmendmentForm, one: SectionRow) -> None:
    """Preamble and conclusion cannot be taken away; another kind of opinion goes with the conclusion."""
    if one.role is not SectionRole.REMARK:
        form.kind.choices = kinds(AmendmentKind.SUPPRESSIVE)
    form.opinion.choices = labelled(OpinionKind, gettext("As it is"))


def _needed(number: int) -> int:
    return queries.needed(number)


def _proposed(
    number: int, form: AmendmentForm | OwnRemarkForm, wanted: Proposal, page: Callable[[Outdated | None], str]
) -> Answer:
    try:
        if not form.validate():
            return page(None), 422
        made: Proposed = propose.propose(current_actor(), number, wanted, now=now())
    except Outdated as outdated:
        form.refuse(outdated)
        form.base.process_data(outdated.revision)
        form.base.raw_data = [str(outdated.revision)]
        return page(outdated), 409
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return page(None), error.status
    flash(_said(number, made))
    return redirect(url(number, made.number), 303)


def _said(number: int, made: Proposed) -> str:
    said = gettext("Amendment n. %(number)s is filed.", number=made.number)
    if made.carried:
        said += " " + gettext(
            "The text had changed elsewhere meanwhile: it was put over the present one, read it again."
        )
    needed = _needed(number)
    if needed:  # the rules of a Forum may ask for none
        said += " " + gettext("It now needs the signatures of %(needed)s other organisations.", needed=needed)
    return said
