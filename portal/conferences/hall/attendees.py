"""Art. 30 c.7: who comes to a sitting's vote, for which seat, and whether they are there, in the room or from afar."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SeatRole
from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import seating
from portal.voting.models import Poll
from portal.voting.roll import Sitter
from portal.voting.rules import PollState
from portal.voting.seating import Attendee


def attendees(sitting_id: int, now: datetime) -> list[Attendee]:
    """Whoever is accredited for an entitled seat, under a mandate in force."""
    db.session.flush()
    able = [seat for seat in seats_now(sitting_id, now) if seat.able and seat.role is SeatRole.ENTITLED]
    reserved, acts = _reserved(sitting_id), _acts([seat.mandate_id for seat in able])
    return [_attendee(seat, reserved, acts, there=seat.present) for seat in able]


def came_in(actor: Actor, sitting_id: int, seat: SeatNow, now: datetime) -> None:
    """A plain step: somebody has just come in for a seat; where the rules of an open vote say so, they may answer."""
    if seat.role is not SeatRole.ENTITLED:
        return
    open_polls = (
        sa.select(Poll.id)
        .join(SittingPoll, SittingPoll.poll_id == Poll.id)
        .where(SittingPoll.sitting_id == sitting_id, Poll.state == PollState.OPEN)
        .order_by(Poll.id)
    )
    for poll_id in db.session.scalars(open_polls).all():
        who = _attendee(seat, _reserved(sitting_id), _acts([seat.mandate_id]), there=True)
        seating.come_in(actor, poll_id, who, now=now)


def _attendee(seat: SeatNow, reserved: dict[int, int | None], acts: dict[int, str], *, there: bool) -> Attendee:
    assert seat.person_id is not None  # of everybody who is accredited
    assert seat.mandate_id is not None
    assert seat.office is not None
    title = seat.title or acts[seat.mandate_id]
    sitter = Sitter(seat.person_id, seat.mandate_id, seat.office, title)
    return Attendee(seat.body_id, reserved[seat.id], sitter, seat.delegated, there)


def _reserved(sitting_id: int) -> dict[int, int | None]:
    """The mandate that a seat is kept for, where one is."""
    rows = db.session.execute(
        sa.select(SittingSeat.id, SittingSeat.reserved_for_id).where(SittingSeat.sitting_id == sitting_id)
    )
    return {row.id: row.reserved_for_id for row in rows}


def _acts(mandates: list[int | None]) -> dict[int, str]:
    """The act of each mandate, where the accreditation names no other."""
    rows = db.session.execute(sa.select(Mandate.id, Mandate.act_reference).where(Mandate.id.in_(mandates)))
    return {row.id: row.act_reference for row in rows}
