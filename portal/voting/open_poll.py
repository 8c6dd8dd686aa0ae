"""Open a poll: who sits on each seat, and by which title, is frozen; seats may answer from this instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import conditions, locked, roll, rules
from portal.voting.events import PollOpened
from portal.voting.hashes import roll_hash
from portal.voting.models import PollSeat
from portal.voting.rules import POLL_MACHINE, PollState


@dataclass(frozen=True)
class Opened:
    """How many seats may answer, and how many have nobody on them."""

    poll_id: int
    seats: int
    vacant: int
    roll_hash: str


@atomic()
def open_poll(actor: Actor, poll_id: int, *, now: datetime) -> Opened:
    """Vacant seats stay in the base; whoever opens holds no seat."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT)
    state = POLL_MACHINE.advance(poll.state, PollState.OPEN)
    seats = locked.seats_of(poll.id)
    _seat_all(seats, conditions.parse(poll.rule["definition"]), now)
    rules.check_no_seat(actor.person_id, (seat.person_id for seat in seats))
    vacant = sum(seat.mandate_id is None for seat in seats)
    if vacant == len(seats):
        raise Conflict(N_("No seat has anybody on it: grant the mandates first."), code="all_vacant")
    db.session.flush()

    poll.state, poll.opened_at = state, now
    poll.roll_hash = roll_hash(roll.as_facts(seat) for seat in seats)
    event = PollOpened(poll.id, now, poll.roll_hash, digest(poll.rule), len(seats), vacant)
    record(event, actor=actor, now=now)
    return Opened(poll.id, len(seats), vacant, poll.roll_hash)


def _seat_all(seats: Sequence[PollSeat], rule: conditions.RuleSet, now: datetime) -> None:
    standing = roll.sitters({s.body_id for s in seats}, (*rule.sits, *rule.by_delegation), now)
    present = {sitter.mandate_id for held in standing.values() for sitter in held}
    right = roll.by_right(seats, rule.sits, now)
    for seat in seats:
        if seat.delegated and seat.mandate_id in present:
            continue
        sitter = right.get(seat.number)
        seat.delegated, seat.title = False, sitter.title if sitter else ""
        seat.person_id = sitter.person_id if sitter else None
        seat.mandate_id = sitter.mandate_id if sitter else None
        seat.office = sitter.office if sitter else None
