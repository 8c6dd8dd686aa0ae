"""The roll call: begun, answered seat by seat, ended; by keyboard or by buttons."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.hall import roll_call
from portal.forms.base import CommandForm
from portal.forms.hall import YES, AnswerForm, RollForm
from portal.kernel.permissions import Permission
from portal.web.door import access, bind, current_actor, now
from portal.web.hall.blueprint import bp, pressed


@bp.post("/sedute/<int:number>/appello")
@access(Permission.SITTING_CONDUCT)
def begin_roll(number: int) -> Response:
    """Call the roll for a call."""
    form, actor, at = bind(RollForm), current_actor(), now()
    return pressed(number, form, lambda: roll_call.begin(actor, number, form.call_number, now=at), place="appello")


@bp.post("/sedute/<int:number>/appello/verifica")
@access(Permission.SITTING_CONDUCT)
def verify(number: int) -> Response:
    """Call the roll again while the session is open."""
    actor, at = current_actor(), now()
    return pressed(number, bind(CommandForm), lambda: roll_call.verify(actor, number, now=at), place="appello")


@bp.post("/sedute/<int:number>/appello/<int:roll_id>/<int:seat_id>")
@access(Permission.SITTING_CONDUCT)
def answer(number: int, roll_id: int, seat_id: int) -> Response:
    """Present, or absent."""
    form, actor, at = bind(AnswerForm), current_actor(), now()
    present = form.answer.data == YES
    return pressed(
        number,
        form,
        lambda: roll_call.answer(actor, number, roll_id, seat_id, present, now=at),
        place=f"posto-{seat_id}",
    )


@bp.post("/sedute/<int:number>/appello/<int:roll_id>/fine")
@access(Permission.SITTING_CONDUCT)
def end_roll(number: int, roll_id: int) -> Response:
    """Count who is there."""
    actor, at = current_actor(), now()
    said = gettext("The roll call is over: the numbers are counted.")
    return pressed(number, bind(CommandForm), lambda: roll_call.end(actor, number, roll_id, now=at), said)
