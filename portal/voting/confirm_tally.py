"""Confirm or refuse the answers that a colleague entered from a show of hands or from paper."""

from __future__ import annotations

from datetime import datetime

from portal.accounts import two_persons
from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.voting import ballots, locked, rules, seating, tallies
from portal.voting.ballots import Receipt
from portal.voting.events import TallyConfirmed, TallyRefused
from portal.voting.rules import Channel, Choice


@atomic()
def confirm_tally(actor: Actor, poll_id: int, request_id: int, *, now: datetime) -> list[Receipt]:
    """A second person, who has compared them with the hall or the papers: all become ballots, or none."""
    require(actor, Permission.POLL_CONFIRM, locked.electorate_of(poll_id))
    rules.check_no_seat(actor.person_id, seating.voters_of(poll_id))
    asked = two_persons.confirm(actor, request_id, tallies.KIND, now=now)
    if asked.subject != f"poll:{poll_id}":
        raise NotFound()
    channel = Channel(asked.payload["channel"])
    receipts = [
        ballots.put(
            actor,
            ballots.place_of_number(poll_id, int(seat)),
            Choice(choice),
            channel,
            f"tally-{request_id}-{seat}",
            now=now,
        )
        for seat, choice in asked.payload["answers"].items()
    ]
    event = TallyConfirmed(poll_id, request_id, channel.value, len(receipts), asked.payload_hash)
    record(event, actor=actor, now=now)
    return receipts


@atomic()
def refuse(actor: Actor, poll_id: int, request_id: int, *, now: datetime) -> None:
    """The second person finds a mistake, or who entered it does: nothing of it counts."""
    require(actor, Permission.POLL_CONFIRM, locked.electorate_of(poll_id))
    asked = two_persons.refuse(actor, request_id, tallies.KIND, now=now)
    if asked.subject != f"poll:{poll_id}":
        raise NotFound()
    record(TallyRefused(poll_id, request_id, asked.payload_hash), actor=actor, now=now)
