"""Who is there: badges at the desk, by hand, from afar, on one's own word that the desk confirms; and who leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState
from portal.conferences.hall import acts, claims, intervals, standing, tied
from portal.conferences.hall.events import PresenceClaimed, PresenceClaimSettled
from portal.conferences.hall.models import PresenceClaim
from portal.conferences.hall.quorum import watched
from portal.conferences.hall.rules import REASON_LIMIT, ClaimState, Source, Way
from portal.conferences.models import Sitting
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

_CODE = re.compile(r"([0-9A-Z]{12})[^0-9A-Z]*$")


@dataclass(frozen=True)
class Recorded:
    """What came of an act at the desk: for which seat, since when, and whether anything changed."""

    seat_id: int
    since: datetime | None
    changed: bool


@atomic()
def scan(actor: Actor, sitting_id: int, text: str, *, leaving: bool = False, now: datetime) -> Recorded:
    """A badge is held to the scanner at the desk, or its code is typed: in, or out."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    seat_id = _of_badge(sitting_id, text)
    if leaving:
        return _leave(actor, sitting, seat_id, Source.BADGE, now)
    return _enter(actor, sitting, seat_id, Way.ROOM, Source.BADGE, now)


@atomic()
def enter(actor: Actor, sitting_id: int, seat_id: int, way: Way, *, now: datetime) -> Recorded:
    """The desk writes by hand that somebody is there; a second time changes nothing."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    return _enter(actor, sitting, seat_id, way, Source.DESK, now)


@atomic()
def leave(actor: Actor, sitting_id: int, seat_id: int, *, now: datetime) -> Recorded:
    """The desk writes that somebody has gone; a second time changes nothing."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    return _leave(actor, sitting, seat_id, Source.DESK, now)


@atomic()
def join_remote(actor: Actor, sitting_id: int, *, now: datetime) -> Recorded:
    """Whoever is accredited signs in from afar; the desk is not asked."""
    sitting = locked.sitting(sitting_id)
    held = standing.standing(actor, sitting_id)
    acting = standing.acting(actor, held)
    found = intervals.seat(sitting, held.seat_id, now)
    return _enter(acting, sitting, found.id, Way.REMOTE, Source.REMOTE, now, own=True)


@atomic()
def leave_myself(actor: Actor, sitting_id: int, *, now: datetime) -> Recorded:
    """Whoever is there says to leave."""
    sitting = locked.sitting(sitting_id)
    held = standing.standing(actor, sitting_id)
    acting = standing.acting(actor, held)
    claims.settle(acting, held.accreditation_id, held.seat_number, ClaimState.WITHDRAWN, now)
    return _leave(acting, sitting, held.seat_id, Source.OWN, now, own=True)


@atomic()
def claim(actor: Actor, sitting_id: int, *, now: datetime) -> int | None:
    """Whoever is accredited says to be in the room; the desk looks. Returns the claim that waits, if one is needed."""
    sitting = locked.sitting(sitting_id)
    held = standing.standing(actor, sitting_id)
    intervals.check_way(sitting, Way.ROOM)
    intervals.call_of(sitting, now)
    if held.present and held.mode is Way.ROOM:
        return None
    waiting = claims.waiting(held.accreditation_id)
    if waiting is not None:
        return waiting.id
    row = PresenceClaim(sitting_id=sitting_id, accreditation_id=held.accreditation_id, claimed_at=now)
    db.session.add(row)
    db.session.flush()
    record(PresenceClaimed(sitting_id, row.id, held.seat_number), actor=standing.acting(actor, held), now=now)
    return row.id


@atomic()
def settle_claim(
    actor: Actor, sitting_id: int, claim_id: int, *, confirmed: bool, reason: str = "", now: datetime
) -> Recorded:
    """The desk has looked: the person is there, or is not."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    row = db.session.get(PresenceClaim, claim_id, populate_existing=True)
    if row is None or row.sitting_id != sitting_id:
        raise NotFound()
    if row.state is not ClaimState.WAITING:
        raise Conflict(N_("Somebody has answered this already."), code="settled")
    seat_id = db.session.get_one(Accreditation, row.accreditation_id).seat_id
    seat = intervals.seat(sitting, seat_id, now)
    row.state = ClaimState.CONFIRMED if confirmed else ClaimState.REFUSED
    row.reason = typed(reason, field="reason", limit=REASON_LIMIT, required=False)
    row.decided_at, row.decided_by_id = now, actor.person_id
    if confirmed and seat.accreditation_id != row.accreditation_id:
        raise Conflict(N_("This accreditation has ended meanwhile: the seat was handed over."), code="handed_over")
    entry = record(PresenceClaimSettled(sitting_id, row.id, seat.number, row.state.value), actor=actor, now=now)
    if not confirmed:
        acts.done(sitting_id, "presence.claim", {"claim": row.id}, actor, now, of=seat_id)
        return Recorded(seat_id, None, True)
    return _enter(actor, sitting, seat_id, Way.ROOM, Source.OWN, now, settled=(row.id, entry.seq))


def _enter(
    actor: Actor,
    sitting: Sitting,
    seat_id: int,
    way: Way,
    source: Source,
    now: datetime,
    *,
    own: bool = False,
    settled: tuple[int, int] | None = None,
) -> Recorded:
    """One interval ends and another begins where somebody goes from afar into the room, or back."""
    with watched(sitting, actor, now):
        seat = intervals.seat(sitting, seat_id, now)
        if seat.present and seat.way is way:
            return Recorded(seat.id, seat.since, False)
        first, ended = settled[1] if settled else acts.next_entry(sitting.id), seat.presence_id
        if ended is not None:
            intervals.end(actor, sitting, seat, source, now)
        row = intervals.begin(actor, sitting, seat, way, source, now)
        claim_id = settled[0] if settled else claims.entered(actor, seat.accreditation_id, seat.number, way, now)
    if not own:
        before = {"opened": row.id, "closed": ended, "claim": claim_id}
        acts.done(sitting.id, "presence.entered", before, actor, now, first=first, of=seat.id)
    return Recorded(seat.id, row.from_at, True)


def _leave(
    actor: Actor, sitting: Sitting, seat_id: int, source: Source, now: datetime, *, own: bool = False
) -> Recorded:
    with watched(sitting, actor, now):
        seat = intervals.seat(sitting, seat_id, now)
        if seat.presence_id is None:
            return Recorded(seat.id, None, False)
        first = acts.next_entry(sitting.id)
        intervals.end(actor, sitting, seat, source, now)
        floor = tied.drop_seat(actor, sitting.id, seat.id, now)
    if not own:
        before = {"closed": seat.presence_id, "floor": floor}
        acts.done(sitting.id, "presence.left", before, actor, now, first=first, of=seat.id)
    return Recorded(seat.id, now, True)


def _of_badge(sitting_id: int, text: str) -> int:
    """The seat of a badge: the scanner gives its whole address, a hand its twelve signs."""
    found = _CODE.search(re.sub(r"[ \-]", "", text.strip().upper()))
    row = (
        db.session.scalars(sa.select(Accreditation).where(Accreditation.badge_code == found.group(1))).one_or_none()
        if found
        else None
    )
    if row is None:
        raise Invalid(N_("This is the code of no badge: type its twelve signs."), code="badge", field="code")
    if row.sitting_id != sitting_id:
        raise Invalid(N_("This badge is for another sitting."), code="badge", field="code")
    if row.state is not AccreditationState.GRANTED:
        raise Invalid(
            N_("This badge is worth nothing any more: the seat was handed over or taken back."),
            code="badge",
            field="code",
        )
    return row.seat_id
