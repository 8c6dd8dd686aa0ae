"""The secretariat decides on accreditations: grants, refuses, takes back, and makes exceptions on the day."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments.receipt_content import ALPHABET
from portal.conferences import accreditation_rules as rules
from portal.conferences import locked, seats
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import MACHINE, AccreditationState, Identification, Presence
from portal.conferences.events import (
    AccreditationEnded,
    AccreditationGranted,
    AccreditationRefused,
    SeatHandedOver,
)
from portal.conferences.hall import handing
from portal.conferences.hall.intervals import UNDER_WAY
from portal.conferences.hall.quorum import watched
from portal.conferences.hall.rules import Source
from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.rules import REASON_LIMIT, SittingState
from portal.conferences.ruleset import parse
from portal.conferences.seats import Holder
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

_CODE = 12


@dataclass(frozen=True)
class Late:
    """Who is let in after the deadline, and why."""

    seat: int
    mandate_id: int
    presence: Presence
    identified_by: Identification
    title: str
    reason: str


@atomic()
def grant(
    actor: Actor, sitting_id: int, accreditation_id: int, identified_by: Identification, *, now: datetime
) -> None:
    """One seat, one living person: whoever held the seat hands it over."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.ACCREDITATION_GRANT)
    row = locked.accreditation(sitting_id, accreditation_id)
    _check(actor, sitting, row.seat_id, row.person_id, now)
    state = MACHINE.advance(row.state, AccreditationState.GRANTED)
    seat = db.session.get_one(SittingSeat, row.seat_id)
    _check_still_holds(sitting, seat, row.mandate_id, now)

    with watched(sitting, actor, now):
        before, was_there = _hand_over(actor, sitting, seat, now)
        row.state, row.identified_by, row.badge_code = state, identified_by, _code()
        row.decided_by_id, row.decided_at, row.follows_id = actor.person_id, now, before
        _told(actor, row, seat, now)
        if was_there:
            handing.in_(actor, sitting, seat.id, now)


@atomic()
def refuse(actor: Actor, sitting_id: int, accreditation_id: int, reason: str, *, now: datetime) -> None:
    """Refuse a proposal; the body reads why and may propose again in time."""
    locked.sitting(sitting_id)
    require(actor, Permission.ACCREDITATION_GRANT)
    row = locked.accreditation(sitting_id, accreditation_id)
    row.state = MACHINE.advance(row.state, AccreditationState.REFUSED)
    row.reason = typed(reason, field="reason", limit=REASON_LIMIT)
    row.decided_by_id, row.decided_at, row.ended_at = actor.person_id, now, now
    seat = db.session.get_one(SittingSeat, row.seat_id)
    event = AccreditationRefused(sitting_id, row.id, seat.number, text_digest(row.reason))
    record(event, actor=actor, now=now)


@atomic()
def end(actor: Actor, sitting_id: int, accreditation_id: int, reason: str, *, now: datetime) -> None:
    """Take back what was granted: badge and personal address are worth nothing from this instant."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.ACCREDITATION_GRANT)
    row = locked.accreditation(sitting_id, accreditation_id)
    if row.state is not AccreditationState.GRANTED:
        raise Conflict(N_("Only what was granted can be taken back."), code="state")
    seat = db.session.get_one(SittingSeat, row.seat_id)
    row.reason = typed(reason, field="reason", limit=REASON_LIMIT)
    with watched(sitting, actor, now):
        _end(actor, row, seat, now)
        handing.out(actor, sitting, seat.id, row.id, Source.DESK, now)


@atomic()
def admit(actor: Actor, sitting_id: int, wanted: Late, *, now: datetime) -> int:
    """An exception after the deadline, for a reason: the person stands before the secretariat."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.ACCREDITATION_GRANT)
    seat = next((one for one in locked.seats(sitting_id) if one.number == wanted.seat), None)
    if seat is None:
        raise NotFound()
    rules.check_exception(sitting.delegations_close_at, locked.calls(sitting_id)[-1].starts_at, now)
    rule = parse((sitting.rule or {}).get("definition"))
    held = seats.holders([seat.body_id], (*rule.sits, *rule.by_delegation), now)
    chosen = next((one for one in held if one.mandate_id == wanted.mandate_id), None)
    if chosen is None or seat.reserved_for_id not in {None, wanted.mandate_id}:
        raise Invalid(rules.NOT_NAMED, code="office", field="candidate")
    _check(actor, sitting, seat.id, chosen.person_id, now)
    delegated = rules.is_delegated(rule, chosen.office)
    rules.check_presence(wanted.presence, sitting.mode.value)

    with watched(sitting, actor, now):
        before, was_there = _hand_over(actor, sitting, seat, now)
        row = _admitted(actor, sitting_id, seat, chosen, wanted, delegated=delegated, before=before, now=now)
        _told(actor, row, seat, now)
        if was_there:
            handing.in_(actor, sitting, seat.id, now)
    return row.id


def _admitted(
    actor: Actor,
    sitting_id: int,
    seat: SittingSeat,
    chosen: Holder,
    wanted: Late,
    *,
    delegated: bool,
    before: int | None,
    now: datetime,
) -> Accreditation:
    row = Accreditation(
        sitting_id=sitting_id,
        seat_id=seat.id,
        person_id=chosen.person_id,
        mandate_id=chosen.mandate_id,
        office=chosen.office,
        delegated=delegated,
        title=typed(wanted.title, field="title", limit=200) if delegated else "",
        presence=wanted.presence,
        state=AccreditationState.GRANTED,
        named_by_id=actor.person_id,
        named_at=now,
        identified_by=wanted.identified_by,
        decided_by_id=actor.person_id,
        decided_at=now,
        exceptional=True,
        exception_reason=typed(wanted.reason, field="reason", limit=REASON_LIMIT),
        follows_id=before,
        badge_code=_code(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _check(actor: Actor, sitting: Sitting, seat_id: int, person_id: int, now: datetime) -> None:
    if sitting.state not in {SittingState.CONVENED, *UNDER_WAY}:
        raise Conflict(N_("Only a sitting that is convened takes accreditations."), code="not_convened")
    if now > locked.calls(sitting.id)[-1].starts_at + rules.LINK_AFTER:
        raise Conflict(N_("The sitting is over."), code="over")
    if person_id == actor.person_id:
        raise Forbidden(N_("Nobody accredits himself or herself: a colleague decides."), code="own")
    elsewhere = sa.select(Accreditation.id).where(
        Accreditation.sitting_id == sitting.id,
        Accreditation.person_id == person_id,
        Accreditation.seat_id != seat_id,
        Accreditation.state == AccreditationState.GRANTED,
    )
    if db.session.scalar(elsewhere):
        raise Conflict(N_("This person holds a seat at this sitting already."), code="two_seats")


def _check_still_holds(sitting: Sitting, seat: SittingSeat, mandate_id: int, now: datetime) -> None:
    """A mandate may have ended since it was proposed."""
    rule = parse((sitting.rule or {}).get("definition"))
    held = seats.holders([seat.body_id], (*rule.sits, *rule.by_delegation), now)
    if mandate_id not in {one.mandate_id for one in held}:
        raise Conflict(
            N_("The mandate of this person is not in force any more: refuse, and the body names somebody else."),
            code="mandate_ended",
        )


def _hand_over(actor: Actor, sitting: Sitting, seat: SittingSeat, now: datetime) -> tuple[int | None, bool]:
    """End the living accreditation of a seat, if there is one; return which, and whether its person was there."""
    row = db.session.scalar(
        sa.select(Accreditation)
        .where(Accreditation.seat_id == seat.id, Accreditation.state == AccreditationState.GRANTED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None, False
    _end(actor, row, seat, now)
    return row.id, handing.out(actor, sitting, seat.id, row.id, Source.HAND_OVER, now)


def _end(actor: Actor, row: Accreditation, seat: SittingSeat, now: datetime) -> None:
    row.state = MACHINE.advance(row.state, AccreditationState.ENDED)
    row.ended_at, row.link_hash = now, None
    db.session.flush()
    event = AccreditationEnded(seat.sitting_id, row.id, seat.number, text_digest(row.reason))
    record(event, actor=actor, now=now)


def _told(actor: Actor, row: Accreditation, seat: SittingSeat, now: datetime) -> None:
    db.session.flush()
    identified = row.identified_by.value if row.identified_by else ""
    event = AccreditationGranted(seat.sitting_id, row.id, seat.number, identified, row.exceptional)
    record(event, actor=actor, now=now)
    if row.follows_id is not None:
        record(SeatHandedOver(seat.sitting_id, seat.number, row.follows_id, row.id), actor=actor, now=now)


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_CODE))
