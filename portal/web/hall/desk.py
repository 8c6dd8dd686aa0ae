"""The desk of presences: badges, by hand, claims to confirm; who is in and who is out, and the legal number."""

from __future__ import annotations

from typing import Any

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.hall import agenda, attend, attendance, board
from portal.conferences.hall.board import PresenceBoard
from portal.conferences.hall.rules import Way
from portal.conferences.rules import SittingState
from portal.forms.hall import YES, EnterForm, IncidentForm, OpenForm, ScanForm, SettleForm
from portal.journal import hearing
from portal.kernel.permissions import Permission
from portal.records import attendance as attended
from portal.web.conferences.blueprint import Answer
from portal.web.door import access, attempt, bind, current_actor, fresh, now
from portal.web.hall.blueprint import back, bp, pressed
from portal.web.limits import FILES, limiter

OVER = frozenset({SittingState.CLOSED, SittingState.DESERTED})


@bp.get("/sedute/<int:number>/presenze")
@access(Permission.SITTING_WATCH)
def desk(number: int) -> str:
    """Who is there, and who is asked for."""
    return page(number)


def page(number: int, **forms: Any) -> str:
    """The desk, with a form as it was sent if something in it was refused."""
    seen = hearing.head(f"sitting:{number}")  # before what the page shows: told twice rather than missed
    actor, at = current_actor(), now()
    found = board.presence_board(actor, number, at)
    course = agenda.course_board(actor, number, at)
    return render_template(
        "hall/desk.html",
        board=found,
        course=course,
        attended=attendance.attendance(actor, number, None, now=at) if found.row.state in OVER else None,
        number=number,
        back="presenze",
        seen=seen,
        stream=f"sitting:{number}",
        scan=forms.get("scan") or fresh(ScanForm),
        opening=forms.get("opening") or fresh(OpenForm, chair=course.chair),
        incident=forms.get("incident") or fresh(IncidentForm),
        shown=_shown(found),
    )


def _shown(found: PresenceBoard) -> str:
    """Which seats the list is narrowed to."""
    wanted = request.args.get("mostra", "")
    return wanted if wanted in {"presenti", "assenti"} and found.roll is None else ""


@bp.get("/sedute/<int:number>/presenze.csv")
@access(Permission.SITTING_WATCH)
@limiter.limit(FILES)
def attendance_file(number: int) -> FileResponse:
    """Who was there at the call that was held last, seat by seat, as a file."""
    lines = attendance.attendance(current_actor(), number, None, now=now())
    answer = FileResponse(attended.written(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="seduta-{number}-presenze.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/sedute/<int:number>/presenze/tessera")
@access(Permission.SITTING_CONDUCT)
def scan(number: int) -> Answer:
    """A badge at the scanner; the field keeps what was typed if it is the code of no badge."""
    form, actor, at = bind(ScanForm), current_actor(), now()
    leaving = form.leaving.data == YES
    done = attempt(form, lambda: attend.scan(actor, number, str(form.code.data), leaving=leaving, now=at))
    if done is None:
        return page(number, scan=form), 422
    seat = next(one for one in board.presence_board(actor, number, at).seats if one.id == done.seat_id)
    told = {
        (True, True): gettext("%(name)s: gone out.", name=seat.name),
        (True, False): gettext("%(name)s was not recorded as present.", name=seat.name),
        (False, True): gettext("%(name)s: come in. %(person)s.", name=seat.name, person=seat.person),
        (False, False): gettext("%(name)s is recorded as present already.", name=seat.name),
    }
    flash(told[leaving, done.changed])
    return redirect(back(number), 303)


@bp.post("/sedute/<int:number>/presenze/<int:seat_id>/ingresso")
@access(Permission.SITTING_CONDUCT)
def enter(number: int, seat_id: int) -> Response:
    """Somebody is there, written by hand."""
    form, actor, at = bind(EnterForm), current_actor(), now()
    place = f"posto-{seat_id}"
    return pressed(
        number, form, lambda: attend.enter(actor, number, seat_id, Way(str(form.way.data)), now=at), place=place
    )  # fmt: skip


@bp.post("/sedute/<int:number>/presenze/<int:seat_id>/uscita")
@access(Permission.SITTING_CONDUCT)
def leave(number: int, seat_id: int) -> Response:
    """Somebody has gone, written by hand."""
    form, actor, at = bind(EnterForm, way=Way.ROOM.value), current_actor(), now()
    form.way.data = Way.ROOM.value
    return pressed(number, form, lambda: attend.leave(actor, number, seat_id, now=at), place=f"posto-{seat_id}")


@bp.post("/sedute/<int:number>/presenze/dichiarazioni/<int:claim_id>")
@access(Permission.SITTING_CONDUCT)
def settle(number: int, claim_id: int) -> Response:
    """Whoever says to be in the hall was seen there, or was not."""
    form, actor, at = bind(SettleForm), current_actor(), now()
    confirmed, reason = form.confirmed.data == YES, str(form.reason.data or "")
    return pressed(
        number,
        form,
        lambda: attend.settle_claim(actor, number, claim_id, confirmed=confirmed, reason=reason, now=at),
    )
