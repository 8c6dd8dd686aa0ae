"""TUEL art. 38: the roll is called at the opening, and again whenever the number is to be verified."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.hall import acts, calls, claims, course, intervals, tied
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.events import RollAnswered, RollCallBegun, RollCallEnded
from portal.conferences.hall.models import Held, Presence, RollAnswer, RollCall
from portal.conferences.hall.quorum import current_call, numbers_now, watched
from portal.conferences.hall.rules import RollKind, Source
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.models import Sitting
from portal.conferences.rules import MACHINE, SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def begin(actor: Actor, sitting_id: int, call: int, *, now: datetime) -> int:
    """Call the roll for a call whose hour has come, or once more while too few are there. Returns its id."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    state = sitting.state
    again = state is SittingState.ROLL_CALL and current_call(sitting_id) == call
    if not again:
        sitting.state = MACHINE.advance(state, SittingState.ROLL_CALL)
        calls.check_call(intervals.hours(sitting_id), intervals.deserted(sitting_id), call, now)
        db.session.add(Held(sitting_id=sitting_id, call=call, begun_at=now))
        _carry_over(sitting_id, call, now)
        course.ready(sitting_id)
    row = _begin(actor, sitting, call, RollKind.OPENING, now)
    acts.done(sitting_id, "roll.begun", {"roll": row.id, "held": None if again else call}, actor, now)
    return row.id


@atomic()
def verify(actor: Actor, sitting_id: int, *, now: datetime) -> int:
    """Call the roll again while the session is open."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state is not SittingState.IN_SESSION:
        raise Conflict(N_("The number is verified while the session is open."), code="not_in_session")
    row = _begin(actor, sitting, intervals.call_of(sitting, now), RollKind.VERIFICATION, now)
    acts.done(sitting_id, "roll.begun", {"roll": row.id, "held": None}, actor, now)
    return row.id


@atomic()
def answer(
    actor: Actor, sitting_id: int, roll_call_id: int, seat_id: int, present: bool, *, now: datetime
) -> None:  # fmt: skip
    """Present begins an interval where there was none, absent ends it; the same answer twice is one."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    roll = _running(sitting_id, roll_call_id)
    with watched(sitting, actor, now):
        seat = intervals.seat(sitting, seat_id, now)
        given = db.session.get(RollAnswer, (roll.id, seat.id), populate_existing=True)
        was = given.present if given else None
        if was is present and seat.present is present:
            return
        first = record(RollAnswered(sitting_id, roll.id, seat.number, present), actor=actor, now=now)
        followed = _follow(actor, sitting, seat, present, now)
        if given is None:
            db.session.add(RollAnswer(roll_call_id=roll.id, seat_id=seat.id, present=present, answered_at=now))
        else:
            given.present, given.answered_at = present, now
    before = {"roll": roll.id, "seat": seat.id, "was": was, **followed}
    acts.done(sitting_id, "presence.answered", before, actor, now, first=first.seq, of=seat.id)


@atomic()
def end(actor: Actor, sitting_id: int, roll_call_id: int, *, now: datetime) -> Numbers:
    """Count who is there on both axes; who was not asked is there if an interval says so."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    roll = _running(sitting_id, roll_call_id)
    with watched(sitting, actor, now):
        known = set(db.session.scalars(sa.select(RollAnswer.seat_id).where(RollAnswer.roll_call_id == roll.id)))
        seats = seats_now(sitting_id, now)
        unasked = [one for one in seats if one.id not in known]
        db.session.add_all(
            RollAnswer(roll_call_id=roll.id, seat_id=one.id, present=one.present, answered_at=now) for one in unasked
        )
        found = numbers_now(sitting, roll.call, now)
        sums, needed = found.entitled, found.quorum.needed if found.quorum else None
        roll.ended_at, roll.needed, roll.met = now, needed, found.valid
        roll.present, roll.seats = sums.present, sums.seats
        roll.present_population, roll.population = sums.people_present, sums.people
        event = RollCallEnded(
            sitting_id, roll.id, sums.present, sums.seats, sums.people_present, sums.people, needed, found.valid
        )  # fmt: skip
        first = record(event, actor=actor, now=now)
    before = {"roll": roll.id, "unasked": [one.id for one in unasked]}
    acts.done(sitting_id, "roll.ended", before, actor, now, first=first.seq)
    return found


def _begin(actor: Actor, sitting: Sitting, call: int, kind: RollKind, now: datetime) -> RollCall:
    numbers = db.session.execute(
        sa.select(RollCall.number, RollCall.ended_at).where(RollCall.sitting_id == sitting.id)
    ).all()
    if any(row.ended_at is None for row in numbers):
        raise Conflict(N_("The roll is being called already."), code="running")
    number = max((row.number for row in numbers), default=0) + 1
    row = RollCall(sitting_id=sitting.id, call=call, number=number, kind=kind, begun_at=now)
    db.session.add(row)
    db.session.flush()
    record(RollCallBegun(sitting.id, call, row.id, kind.value), actor=actor, now=now)
    return row


def _running(sitting_id: int, roll_call_id: int) -> RollCall:
    row = db.session.get(RollCall, roll_call_id, populate_existing=True)
    if row is None or row.sitting_id != sitting_id:
        raise NotFound()
    if row.ended_at is not None:
        raise Conflict(N_("This roll call has ended: write who comes or goes at the desk."), code="ended")
    return row


def _follow(actor: Actor, sitting: Sitting, seat: SeatNow, present: bool, now: datetime) -> dict[str, Any]:
    """The interval that an answer begins, or the one that it ends."""
    if present and not seat.present:
        row = intervals.begin(actor, sitting, seat, seat.expected_way, Source.ROLL_CALL, now)
        claim = claims.entered(actor, seat.accreditation_id, seat.number, row.way, now)
        return {"opened": row.id, "claim": claim}
    if not present and seat.presence_id is not None:
        intervals.end(actor, sitting, seat, Source.ROLL_CALL, now)
        floor = tied.drop_seat(actor, sitting.id, seat.id, now)
        return {"closed": seat.presence_id, "floor": floor}
    return {}


def _carry_over(sitting_id: int, call: int, now: datetime) -> None:
    """Whoever came in for a call that nobody held is here for this one, if that was within a day."""
    db.session.flush()
    for row in db.session.scalars(
        sa.select(Presence).where(Presence.sitting_id == sitting_id, Presence.until_at.is_(None))
    ):
        if row.call != call and row.from_at >= now - calls.AFTER:
            row.call = call
        elif row.call != call:
            row.until_at, row.left_by = row.from_at, Source.CLOSING
