"""The session: opened, suspended, taken up again, closed; or the call is deserted; and incidents for the minutes."""

from __future__ import annotations

from flask import flash, redirect
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.hall import incidents
from portal.conferences.hall import session as verbs
from portal.conferences.hall.rules import IncidentKind
from portal.forms.base import CommandForm
from portal.forms.hall import IncidentForm, OpenForm, SureForm, SuspendForm
from portal.kernel.clock import from_form
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.hall.blueprint import back, bp, pressed
from portal.web.hall.desk import page


@bp.post("/sedute/<int:number>/apertura")
@access(Permission.SITTING_CONDUCT)
def open_it(number: int) -> Answer:
    """Declare the session open."""
    form, actor, at = bind(OpenForm), current_actor(), now()
    chair, secretary = str(form.chair.data or ""), str(form.secretary.data or "")
    if attempt(form, lambda: (verbs.open_sitting(actor, number, chair, secretary, now=at),)) is None:
        return page(number, opening=form), 422
    flash(gettext("The session is open."))
    return redirect(back(number), 303)


@bp.post("/sedute/<int:number>/deserta")
@access(Permission.SITTING_CONDUCT)
def desert(number: int) -> Response:
    """Declare the call deserted."""
    form, actor, at = bind(SureForm), current_actor(), now()
    return pressed(
        number, form, lambda: verbs.desert(actor, number, now=at), gettext("The call was declared deserted.")
    )  # fmt: skip


@bp.post("/sedute/<int:number>/sospensione")
@access(Permission.SITTING_CONDUCT)
def suspend(number: int) -> Response:
    """Let the session stand still."""
    form, actor, at = bind(SuspendForm), current_actor(), now()
    until = from_form(form.resumes_at.data) if form.resumes_at.data else None
    return pressed(
        number, form, lambda: verbs.suspend(actor, number, str(form.reason.data or ""), until, now=at)
    )  # fmt: skip


@bp.post("/sedute/<int:number>/ripresa")
@access(Permission.SITTING_CONDUCT)
def resume(number: int) -> Response:
    """Let it go on."""
    actor, at = current_actor(), now()
    return pressed(number, bind(CommandForm), lambda: verbs.resume(actor, number, now=at))


@bp.post("/sedute/<int:number>/chiusura")
@access(Permission.SITTING_CONDUCT)
def close(number: int) -> Response:
    """Declare the session closed."""
    form, actor, at = bind(SureForm), current_actor(), now()
    return pressed(number, form, lambda: verbs.close(actor, number, now=at), gettext("The session is closed."))


@bp.post("/sedute/<int:number>/annotazioni")
@access(Permission.SITTING_CONDUCT)
def note(number: int) -> Answer:
    """Write an incident down."""
    form, actor, at = bind(IncidentForm), current_actor(), now()

    def written() -> int:
        return incidents.note(actor, number, IncidentKind(form.kind.data), str(form.text.data), now=at)

    if attempt(form, written) is None:
        return page(number, incident=form), 422
    flash(gettext("Noted for the minutes."))
    return redirect(back(number), 303)
