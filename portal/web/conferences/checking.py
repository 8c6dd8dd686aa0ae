"""The secretariat's desk of accreditations: every seat, what waits, granting, refusing, taking back, exceptions."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.conferences import accreditation_queries, badge, desk_queries, grant, queries
from portal.conferences.accreditation_rules import LINK_AFTER, AccreditationState, Identification, Presence
from portal.conferences.rules import SittingState
from portal.forms.accreditation import GrantForm, LateForm, ReasonForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.conferences.badges import printed
from portal.web.conferences.blueprint import Answer, at_once, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.labels import label


@bp.get("/segreteria/sedute/<int:number>/accrediti")
@access(Permission.CONFERENCE_WATCH)
def accreditations(number: int) -> str:
    """Every seat with who comes; what waits to be checked comes first."""
    actor = current_actor()
    lines = accreditation_queries.lines(actor, number)
    found = desk_queries.planned(actor, number)
    gone = now() > found.calls[-1] + LINK_AFTER
    return render_template(
        "conferences/accreditations.html",
        row=queries.sitting(actor, number),
        waiting=[line for line in lines if line.waiting],
        lines=lines,
        over=accreditation_queries.history(actor, number),
        closes_at=found.delegations_close_at,
        gone=gone,
        late=found.state is SittingState.CONVENED and now() > found.delegations_close_at and not gone,
    )


@bp.route("/segreteria/sedute/<int:number>/accrediti/<int:accreditation_id>/convalida", methods=["GET", "POST"])
@access(Permission.ACCREDITATION_GRANT)
def grant_it(number: int, accreditation_id: int) -> Answer:
    """Grant, and say how the person was identified."""
    form = bind(GrantForm)
    return carried_out(
        form,
        lambda: grant.grant(
            current_actor(), number, accreditation_id, Identification(str(form.identified_by.data)), now=now()
        ),
        _page("grant", number, accreditation_id, form),
        gettext("Accredited: the personal address is on its way."),
        url_for(".accreditations", number=number),
    )


@bp.route("/segreteria/sedute/<int:number>/accrediti/<int:accreditation_id>/rifiuto", methods=["GET", "POST"])
@access(Permission.ACCREDITATION_GRANT)
def refuse_it(number: int, accreditation_id: int) -> Answer:
    """Refuse, for a reason that the body reads."""
    form = bind(ReasonForm)
    return carried_out(
        form,
        lambda: grant.refuse(current_actor(), number, accreditation_id, str(form.reason.data), now=now()),
        _page("refuse", number, accreditation_id, form),
        gettext("Refused: the body is told why."),
        url_for(".accreditations", number=number),
    )


@bp.route("/segreteria/sedute/<int:number>/accrediti/<int:accreditation_id>/revoca", methods=["GET", "POST"])
@access(Permission.ACCREDITATION_GRANT)
def end_it(number: int, accreditation_id: int) -> Answer:
    """Take back what was granted."""
    form = bind(ReasonForm)
    return carried_out(
        form,
        lambda: grant.end(current_actor(), number, accreditation_id, str(form.reason.data), now=now()),
        _page("end", number, accreditation_id, form),
        gettext("Taken back: badge and personal address are worth nothing from now on."),
        url_for(".accreditations", number=number),
    )


def _page(act: str, number: int, accreditation_id: int, form: object) -> Callable[[], str]:
    actor = current_actor()
    row = accreditation_queries.one(actor, number, accreditation_id)
    return drawn("conferences/decide.html", act=act, row=row, form=form, sitting=queries.sitting(actor, number))


@bp.post("/segreteria/sedute/<int:number>/accrediti/<int:accreditation_id>/invio")
@access(Permission.ACCREDITATION_GRANT)
def send_again(number: int, accreditation_id: int) -> Response:
    """Have a fresh personal address sent; the one before opens nothing."""
    return at_once(
        lambda: badge.issue_again(current_actor(), number, accreditation_id, now=now()),
        url_for(".accreditations", number=number),
        gettext("A fresh personal address is on its way; the one before opens nothing any more."),
    )


@bp.get("/segreteria/sedute/<int:number>/accrediti/<int:accreditation_id>/tessera.pdf")
@access(Permission.ACCREDITATION_GRANT)
def reprint(number: int, accreditation_id: int) -> Response:
    """The badge again, at the desk."""
    row = accreditation_queries.one(current_actor(), number, accreditation_id)
    if row.state is not AccreditationState.GRANTED:
        raise NotFound()
    return printed(row, number)


@bp.route("/segreteria/sedute/<int:number>/eccezioni/<int:seat>", methods=["GET", "POST"])
@access(Permission.ACCREDITATION_GRANT)
def make_exception(number: int, seat: int) -> Answer:
    """Let somebody in after the deadline, or hand the seat over, for a reason."""
    actor = current_actor()
    place, candidates = accreditation_queries.candidates_of(actor, number, seat, now=now())
    form = bind(LateForm)
    form.candidate.choices = [
        SelectChoice(one.mandate_id, f"{one.name}, {label(one.office).text}") for one in candidates
    ]
    line = next(one for one in accreditation_queries.lines(actor, number) if one.seat.number == seat)
    return carried_out(
        form,
        lambda: _admit(number, seat, form),
        drawn(
            "conferences/exception.html",
            sitting=queries.sitting(actor, number),
            place=place,
            living=line.living,
            form=form,
            candidates=candidates,
        ),
        gettext("Accredited by exception: the reason is on record."),
        url_for(".accreditations", number=number),
    )


def _admit(number: int, seat: int, form: LateForm) -> int:
    wanted = grant.Late(
        seat=seat,
        mandate_id=int(form.candidate.data or 0),
        presence=Presence(str(form.presence.data)),
        identified_by=Identification(str(form.identified_by.data)),
        title=str(form.title.data or ""),
        reason=str(form.reason.data),
    )
    return grant.admit(current_actor(), number, wanted, now=now())


@bp.get("/segreteria/tessere")
@access(Permission.CONFERENCE_WATCH)
def check_badge() -> Answer:
    """Type the code of a badge that no camera could read."""
    code = "".join(c for c in request.args.get("codice", "").upper() if c.isalnum())[:16]
    if not code:
        return render_template("conferences/check_badge.html", row=None, code="")
    try:
        row = accreditation_queries.by_badge(current_actor(), code)
    except NotFound:
        return render_template("conferences/check_badge.html", row=None, code=code), 404
    return _checked(row)


@bp.get("/segreteria/tessere/<code>")
@access(Permission.CONFERENCE_WATCH)
def badge_page(code: str) -> str:
    """What the code of a badge stands for, for the desk that looks at the person."""
    return _checked(accreditation_queries.by_badge(current_actor(), code))


def _checked(row: accreditation_queries.Row) -> str:
    sitting = queries.sitting(current_actor(), row.sitting)
    return render_template("conferences/check_badge.html", row=row, code=row.badge_code, sitting=sitting)
