"""Art. 30 c.7: who takes each seat when a poll is opened, and who else may answer for it. All of it is frozen there.

In a poll of a sitting a seat is answered for by whoever was accredited and in the hall at that instant; who comes in
later may answer only where the rule set says so. Elsewhere it is whoever holds the office, and, where the rule set has
alternates, everybody who holds one of its offices for that seat: one vote a seat, and the last one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest, text_digest
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.voting import conditions, locked, roll
from portal.voting.conditions import RuleSet
from portal.voting.events import SeatTakenLate
from portal.voting.hashes import roll_hash
from portal.voting.models import Poll, PollAlternate, PollSeat
from portal.voting.roll import Sitter
from portal.voting.rules import PollState, SeatPresence


@dataclass(frozen=True)
class Attendee:
    """Whoever is accredited for a seat at a sitting, and whether they are in the hall, in the room or from afar."""

    body_id: int
    reserved_for_id: int | None
    sitter: Sitter
    delegated: bool
    there: bool

    def takes(self, seat: PollSeat) -> bool:
        """True if the seat is of this body, or of this councillor."""
        if seat.reserved_for_id is None:
            return seat.body_id == self.body_id
        return self.reserved_for_id == seat.reserved_for_id or self.sitter.person_id == seat.person_id


def seat_all(poll: Poll, seats: Sequence[PollSeat], hall: Sequence[Attendee] | None, now: datetime) -> None:
    """Put on each seat whoever answers for it."""
    rule = conditions.parse(poll.rule["definition"])
    held = roll.sitters({seat.body_id for seat in seats}, (*rule.sits, *rule.by_delegation), now)
    _by_right(seats, rule, {sitter.mandate_id for found in held.values() for sitter in found}, now)
    if hall is not None:
        _of_hall(seats, rule, hall)
    elif rule.alternates:
        _alternates(poll, seats, rule, held)


def _by_right(seats: Sequence[PollSeat], rule: RuleSet, standing: set[int], now: datetime) -> None:
    right = roll.by_right(seats, rule.sits, now)
    for seat in seats:
        if not (seat.delegated and seat.mandate_id in standing):
            _take(seat, right.get(seat.number), delegated=False)


def _of_hall(seats: Sequence[PollSeat], rule: RuleSet, hall: Sequence[Attendee]) -> None:
    offices = {*rule.sits, *rule.by_delegation}
    able = [one for one in hall if one.sitter.office in offices]
    for seat in seats:
        found = next((one for one in able if one.takes(seat)), None)
        seat.presence = SeatPresence.THERE if found is not None and found.there else SeatPresence.AWAY
        if found is not None:
            _take(seat, found.sitter, delegated=found.delegated)
    if all(seat.presence is SeatPresence.AWAY for seat in seats):
        raise Conflict(
            N_("Nobody who may vote is counted as present: have presence recorded first."), code="nobody_there"
        )


def _alternates(poll: Poll, seats: Sequence[PollSeat], rule: RuleSet, held: dict[int, list[Sitter]]) -> None:
    for seat in seats:
        for sitter in held.get(seat.body_id, []):
            if sitter.office in rule.sits and sitter.mandate_id != seat.mandate_id and seat.reserved_for_id is None:
                db.session.add(_alternate(poll.id, seat.id, sitter))


def _alternate(poll_id: int, seat_id: int, sitter: Sitter) -> PollAlternate:
    return PollAlternate(
        poll_id=poll_id,
        seat_id=seat_id,
        mandate_id=sitter.mandate_id,
        person_id=sitter.person_id,
        office=sitter.office,
        title=sitter.title,
    )


def _take(seat: PollSeat, sitter: Sitter | None, *, delegated: bool) -> None:
    seat.delegated, seat.title = delegated, sitter.title if sitter else ""
    seat.person_id = sitter.person_id if sitter else None
    seat.mandate_id = sitter.mandate_id if sitter else None
    seat.office = sitter.office if sitter else None


def fingerprint(poll_id: int) -> str:
    """The fingerprint of the roll as it stands."""
    db.session.flush()
    return roll_hash(roll.facts_of(poll_id, locked.seats_of(poll_id)))


def come_in(actor: Actor, poll_id: int, who: Attendee, *, now: datetime) -> bool:
    """A plain step: somebody comes into the hall while a poll is open. True if they may answer from now on."""
    rule = conditions.parse(
        db.session.execute(sa.select(Poll.rule).where(Poll.id == poll_id)).scalar_one()["definition"]
    )
    if not rule.late_arrivals:
        return False
    poll = locked.poll_for_update(poll_id)
    seat = next((one for one in locked.seats_of(poll_id) if who.takes(one)), None)
    if poll.state is not PollState.OPEN or seat is None:
        return False
    if seat.presence is not SeatPresence.AWAY or who.sitter.office not in {*rule.sits, *rule.by_delegation}:
        return False
    _take(seat, who.sitter, delegated=who.delegated)
    seat.presence = SeatPresence.LATE
    poll.roll_hash = fingerprint(poll_id)
    facts = digest([seat.number, text_digest(seat.title)])
    record(SeatTakenLate(poll_id, seat.number, who.sitter.mandate_id, facts), actor=actor, now=now)
    return True


def voters_of(poll_id: int) -> set[int]:
    """Everybody who may answer for a seat: none of them conducts the poll or records what others say."""
    seats = sa.select(PollSeat.person_id).where(PollSeat.poll_id == poll_id, PollSeat.person_id.is_not(None))
    besides = sa.select(PollAlternate.person_id).where(PollAlternate.poll_id == poll_id)
    return {person for person in db.session.scalars(sa.union_all(seats, besides)) if person is not None}
