"""Open a poll: who sits on each seat, and by which title, is frozen; seats may answer from this instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import locked, rules, seating
from portal.voting.events import PollOpened
from portal.voting.rules import POLL_MACHINE, PollState


@dataclass(frozen=True)
class Opened:
    """How many seats may answer, and how many have nobody on them."""

    poll_id: int
    seats: int
    vacant: int
    roll_hash: str


@atomic()
def open_poll(actor: Actor, poll_id: int, *, hall: Sequence[seating.Attendee] | None = None, now: datetime) -> Opened:
    """Vacant seats stay in the base; whoever opens holds no seat. `hall` is given where the poll is of a sitting."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_CONDUCT, poll)
    state = POLL_MACHINE.advance(poll.state, PollState.OPEN)
    if poll.closes_at is not None:
        rules.check_end(poll.closes_at, None, now)
    seats = locked.seats_of(poll.id)
    seating.seat_all(poll, seats, hall, now)
    vacant = sum(seat.mandate_id is None for seat in seats)
    if vacant == len(seats):
        raise Conflict(N_("No seat has anybody on it: grant the mandates first."), code="all_vacant")

    poll.roll_hash = seating.fingerprint(poll.id)
    rules.check_no_seat(actor.person_id, seating.voters_of(poll.id))
    poll.state, poll.opened_at = state, now
    event = PollOpened(poll.id, now, poll.roll_hash, digest(poll.rule), len(seats), vacant)
    record(event, actor=actor, now=now)
    return Opened(poll.id, len(seats), vacant, poll.roll_hash)
