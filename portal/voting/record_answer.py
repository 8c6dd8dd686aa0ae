"""Record what a seat answers at the roll call: the clerk's keyboard, and the console."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import ballots, locked, rules, seating
from portal.voting.ballots import Receipt
from portal.voting.rules import Channel, Choice


@atomic()
def record_answer(actor: Actor, poll_id: int, seat: int, choice: Choice, *, key: str, now: datetime) -> Receipt:
    """Enter one answer; what comes back is read back. `withdrawn` undoes an entry that nobody gave."""
    place = ballots.place_of_number(poll_id, seat)
    require(actor, Permission.POLL_OPERATE, locked.electorate_of(poll_id))
    if actor.person_id is not None:
        rules.check_no_seat(actor.person_id, seating.voters_of(poll_id))
    if place.mandate_id is None:
        raise Conflict(N_("Not recorded: nobody sits on this seat."), code="vacant")
    channel = Channel.COMMAND_LINE if actor.is_system else Channel.CLERK
    return ballots.put(actor, place, choice, channel, key, now=now)
