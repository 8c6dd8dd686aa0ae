"""Seat somebody by express delegation (art. 30 c.7), before the opening, or later if late arrivals are admitted."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest, text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.voting import conditions, locked, roll, seating
from portal.voting.events import SeatDelegated
from portal.voting.models import Poll, PollSeat
from portal.voting.rules import PollState


@atomic()
def name_delegate(actor: Actor, poll_id: int, seat: int, mandate_id: int, title: str, *, now: datetime) -> None:
    """Put the holder of a mandate of the same body on a seat; `title` is the act that delegates for this vote."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_PREPARE, poll)
    place = next((s for s in locked.seats_of(poll_id) if s.number == seat), None)
    if place is None:
        raise NotFound()
    rule = conditions.parse(poll.rule["definition"])
    _check_time(poll, place, late_arrivals=rule.late_arrivals)
    held = roll.sitters([place.body_id], (*rule.sits, *rule.by_delegation), now).get(place.body_id, [])
    sitter = next((s for s in held if s.mandate_id == mandate_id), None)
    if sitter is None or place.reserved_for_id is not None:
        raise Invalid(N_("This office cannot take the seat of this body."), code="office", field="mandate_id")

    place.title = typed(title, field="title", limit=200)
    place.person_id, place.mandate_id, place.office = sitter.person_id, sitter.mandate_id, sitter.office
    place.delegated = True
    if poll.state is PollState.OPEN:
        poll.roll_hash = seating.fingerprint(poll_id)
    record(
        SeatDelegated(poll.id, place.number, mandate_id, digest([place.number, text_digest(place.title)])),
        actor=actor,
        now=now,
    )


def _check_time(poll: Poll, place: PollSeat, *, late_arrivals: bool) -> None:
    if poll.state is PollState.PREPARED:
        return
    if poll.state is PollState.OPEN and late_arrivals and place.mandate_id is None:
        return
    raise Conflict(N_("Who sits was fixed when the poll was opened."), code="roll_frozen")
