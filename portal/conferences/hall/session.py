"""The session: opened with its number, suspended, taken up again, closed; or the call is deserted (art. 30 c.6)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.hall import acts, calls, course, intervals, tied
from portal.conferences.hall.events import (
    SittingClosed,
    SittingDeserted,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
)
from portal.conferences.hall.models import Held, PresenceClaim, RollCall, Suspension
from portal.conferences.hall.quorum import numbers_now, watched
from portal.conferences.hall.rules import REASON_LIMIT, ClaimState, Outcome
from portal.conferences.models import Conference
from portal.conferences.rules import LINE_LIMIT, MACHINE, Organ, SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def open_sitting(actor: Actor, sitting_id: int, chair: str, secretary: str, *, now: datetime) -> None:
    """Declare the session open: not before its hour, not while a needed number is missing."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    state = MACHINE.advance(sitting.state, SittingState.IN_SESSION)
    if sitting.state is not SittingState.ROLL_CALL:
        raise Conflict(N_("The session is open already."), code="state")
    held = _held(sitting_id)
    calls.check_hour(intervals.hours(sitting_id)[held.call - 1], now)
    _check_rolls(sitting_id, held.call)
    with watched(sitting, actor, now):
        found = numbers_now(sitting, held.call, now)
        if found.quorum is not None and not found.valid:
            raise Conflict(
                N_("The legal number is missing: %(got)d are present, %(needed)d are needed."),
                code="quorum",
                got=found.quorum.got,
                needed=found.quorum.needed,
            )
        held.chair = typed(chair, field="chair", limit=LINE_LIMIT)
        held.secretary = typed(secretary, field="secretary", limit=LINE_LIMIT)
        sitting.state, held.opened_at = state, now
        sums = found.entitled
        event = SittingOpened(sitting_id, held.call, sums.present, sums.seats, sums.people_present, sums.people)
        record(event, actor=actor, now=now)
    acts.done(sitting_id, "session.opened", {"sitting": sitting_id, "call": held.call}, actor, now)


@atomic()
def desert(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """Too few came: the call is over, its attendance is kept, the next one waits for its hour."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    held = _held(sitting_id)
    last = held.call == len(intervals.hours(sitting_id))
    sitting.state = MACHINE.advance(sitting.state, SittingState.DESERTED if last else SittingState.CONVENED)
    _check_rolls(sitting_id, held.call)
    found = numbers_now(sitting, held.call, now)
    organ = db.session.get_one(Conference, sitting.conference_id).organ
    if found.quorum is not None and found.valid:
        raise Conflict(N_("The legal number is there: the session can be opened."), code="valid")
    if found.quorum is None and found.entitled.present and organ is not Organ.MAYORS:
        raise Conflict(
            N_("No legal number is needed and somebody is there: the session can be opened."), code="valid"
        )  # fmt: skip
    held.outcome, held.ended_at = Outcome.DESERTED, now
    _everybody_out(sitting_id, now)
    sums = found.entitled
    record(SittingDeserted(sitting_id, held.call, sums.present, sums.people_present, last), actor=actor, now=now)


@atomic()
def suspend(
    actor: Actor, sitting_id: int, reason: str, resumes_at: datetime | None = None, *, now: datetime
) -> None:  # fmt: skip
    """The session stands still, until an hour if one is announced."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state is SittingState.SUSPENDED:
        raise Conflict(N_("The session is suspended already."), code="state")
    sitting.state = MACHINE.advance(sitting.state, SittingState.SUSPENDED)
    tied.check_no_open_poll(sitting_id)
    if resumes_at is not None and resumes_at <= now:
        raise Invalid(N_("The hour must be still to come."), code="hour", field="resumes_at")
    row = Suspension(
        sitting_id=sitting_id,
        call=_held(sitting_id).call,
        began_at=now,
        resumes_at=resumes_at,
        reason=typed(reason, field="reason", limit=REASON_LIMIT, required=False),
    )
    db.session.add(row)
    db.session.flush()
    entry = record(SittingSuspended(sitting_id, row.id, resumes_at), actor=actor, now=now)
    floor = tied.hold_speech(actor, sitting_id, now)
    acts.done(sitting_id, "session.suspended", {"suspension": row.id, "floor": floor}, actor, now, first=entry.seq)


@atomic()
def resume(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """The session goes on where it stopped."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state is not SittingState.SUSPENDED:
        raise Conflict(N_("The session is not suspended."), code="state")
    sitting.state = MACHINE.advance(sitting.state, SittingState.IN_SESSION)
    row = _suspension(sitting_id)
    row.ended_at = now
    record(SittingResumed(sitting_id, row.id), actor=actor, now=now)
    acts.done(sitting_id, "session.resumed", {"suspension": row.id}, actor, now)


@atomic()
def close(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """Declare the session closed: what runs ends at this instant, an item in discussion is adjourned."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    was, state = sitting.state, MACHINE.advance(sitting.state, SittingState.CLOSED)
    tied.check_no_open_poll(sitting_id)
    held = _held(sitting_id)
    if _is_running(sitting_id):
        raise Conflict(N_("The roll is being called: end the roll call first."), code="running")
    with watched(sitting, actor, now):
        if was is SittingState.SUSPENDED:
            _suspension(sitting_id).ended_at = now
        tied.end_floor(actor, sitting_id, now)
        tied.end_indications(actor, sitting_id, now)
        course.adjourn_current(actor, sitting_id, now)
        sums = numbers_now(sitting, held.call, now).entitled
        sitting.state, held.outcome, held.ended_at = state, Outcome.HELD, now
        _everybody_out(sitting_id, now)
        record(SittingClosed(sitting_id, held.call, sums.present, sums.people_present), actor=actor, now=now)


def _held(sitting_id: int) -> Held:
    """The call that is being held."""
    row = db.session.scalars(
        sa.select(Held)
        .where(Held.sitting_id == sitting_id, Held.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Conflict(N_("The roll has not been called yet."), code="not_held")
    return row


def _check_rolls(sitting_id: int, call: int) -> None:
    """A call is opened or deserted on what a roll call has counted."""
    ended = db.session.scalar(
        sa.select(RollCall.id)
        .where(RollCall.sitting_id == sitting_id, RollCall.call == call, RollCall.ended_at.is_not(None))
        .limit(1)
    )
    if ended is None or _is_running(sitting_id):
        raise Conflict(N_("End the roll call first."), code="roll_call")


def _is_running(sitting_id: int) -> bool:
    query = sa.select(RollCall.id).where(RollCall.sitting_id == sitting_id, RollCall.ended_at.is_(None))
    return db.session.scalar(query) is not None


def _suspension(sitting_id: int) -> Suspension:
    return db.session.scalars(
        sa.select(Suspension)
        .where(Suspension.sitting_id == sitting_id, Suspension.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one()


def _everybody_out(sitting_id: int, now: datetime) -> None:
    intervals.end_all(sitting_id, now)
    for row in db.session.scalars(
        sa.select(PresenceClaim).where(
            PresenceClaim.sitting_id == sitting_id, PresenceClaim.state == ClaimState.WAITING
        )
    ):
        row.state, row.decided_at = ClaimState.WITHDRAWN, now
