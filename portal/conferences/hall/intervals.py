"""Presence is a set of intervals: begin one, end one. Plain functions of the verbs here, under their lock."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.hall import attendees, calls
from portal.conferences.hall.events import SeatEntered, SeatLeft
from portal.conferences.hall.models import Held, Presence
from portal.conferences.hall.quorum import current_call, numbers_now
from portal.conferences.hall.rules import Outcome, Source, Way
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_

UNDER_WAY = frozenset({SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED})


def call_of(sitting: Sitting, now: datetime) -> int:
    """The call for which somebody comes in now: the one being held, or the one whose hour it is."""
    if sitting.state in UNDER_WAY:
        held = current_call(sitting.id)
        assert held is not None  # a sitting under way is held
        return held
    if sitting.state is SittingState.CONVENED:
        due = calls.due(hours(sitting.id), deserted(sitting.id), now)
        if due is not None:
            return due
        raise Conflict(N_("It is not the hour of this sitting: people come in from an hour before."), code="hour")
    raise Conflict(N_("This sitting is over, or is not held."), code="over")


def hours(sitting_id: int) -> list[datetime]:
    """The hours of the calls in order."""
    return [one.starts_at for one in locked.calls(sitting_id)]


def deserted(sitting_id: int) -> set[int]:
    """The calls that were deserted."""
    return set(
        db.session.scalars(
            sa.select(Held.call).where(Held.sitting_id == sitting_id, Held.outcome == Outcome.DESERTED)
        )
    )  # fmt: skip


def seat(sitting: Sitting, seat_id: int, now: datetime) -> SeatNow:
    """One seat as it stands; another sitting's is nothing here."""
    db.session.flush()
    found = next((one for one in seats_now(sitting.id, now) if one.id == seat_id), None)
    if found is None:
        raise NotFound()
    return found


def begin(actor: Actor, sitting: Sitting, found: SeatNow, way: Way, source: Source, now: datetime) -> Presence:
    """Whoever is accredited for the seat is there from now on; nobody may be there for it yet."""
    if found.accreditation_id is None or found.person_id is None:
        raise Conflict(N_("Nobody is accredited for this seat: accredit first."), code="not_accredited")
    if found.lapsed_at is not None:
        raise Conflict(N_("The mandate of this accreditation is not in force any more."), code="mandate_ended")
    check_way(sitting, way)
    call = call_of(sitting, now)
    row = Presence(
        sitting_id=sitting.id,
        call=call,
        seat_id=found.id,
        accreditation_id=found.accreditation_id,
        person_id=found.person_id,
        way=way,
        came_by=source,
        from_at=now,
        entered_by_id=actor.person_id,
    )
    db.session.add(row)
    attendees.came_in(actor, sitting.id, found, now)  # before the entry: polls first, then streams, as in a closing
    sums = numbers_now(sitting, call, now).entitled
    event = SeatEntered(
        sitting.id, found.number, row.id, way.value, source.value, sums.present, sums.people_present
    )  # fmt: skip
    record(event, actor=actor, now=now)
    return row


def end(actor: Actor, sitting: Sitting, found: SeatNow, source: Source, now: datetime) -> None:
    """Nobody is there for the seat from now on."""
    assert found.presence_id is not None  # asked before
    row = db.session.get_one(Presence, found.presence_id)
    row.until_at, row.left_by, row.ended_by_id = max(now, row.from_at), source, actor.person_id
    sums = numbers_now(sitting, row.call, now).entitled
    event = SeatLeft(sitting.id, found.number, row.id, source.value, sums.present, sums.people_present)
    record(event, actor=actor, now=now)


def end_all(sitting_id: int, now: datetime) -> None:
    """The sitting, or its call, is over: every interval ends with it, without an entry of its own."""
    db.session.flush()
    for row in db.session.scalars(
        sa.select(Presence).where(Presence.sitting_id == sitting_id, Presence.until_at.is_(None))
    ):
        row.until_at, row.left_by = max(now, row.from_at), Source.CLOSING


def check_way(sitting: Sitting, way: Way) -> None:
    """One is in the room where there is one, and takes part from afar where the notice allows it."""
    if way is Way.REMOTE and sitting.mode.value == "room":
        raise Conflict(N_("This sitting is held in the room only."), code="mode")
    if way is Way.ROOM and sitting.mode.value == "remote":
        raise Conflict(N_("This sitting is held from afar only."), code="mode")
