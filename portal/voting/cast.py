"""Cast a ballot from one's own seat (art. 30): by form, until the poll is closed, as often as the rule set allows."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.permissions import Permission, require
from portal.voting import ballots, rules
from portal.voting.ballots import Receipt
from portal.voting.rules import Channel, Choice


@atomic()
def cast(actor: Actor, poll_id: int, choice: Choice, *, key: str, confirmed: bool = True, now: datetime) -> Receipt:
    """Answer for the seat of the mandate acted under; `key` is the client's, and the same when it sends again.

    What can never be changed is `confirmed` by whoever answers before it is recorded.
    """
    require(actor, Permission.BALLOT_CAST)
    if actor.acting is None:
        raise Forbidden()
    seat = ballots.place_of_mandate(poll_id, actor.acting.mandate_id)
    rules.check_confirmed(seat.may_change, confirmed)
    return ballots.put(actor, seat, choice, Channel.FORM, key, now=now)
