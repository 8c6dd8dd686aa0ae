"""A body takes a remark back: possible until its answer is approved."""

from __future__ import annotations

from datetime import datetime

from portal.comments import withdraw as comments
from portal.db import atomic
from portal.drafting import queries
from portal.drafting.rules import SETTLED
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_


@atomic()
def withdraw(actor: Actor, number: int, *, now: datetime) -> int:
    """Withdraw a remark by its public number; refused once somebody approved the answer to it."""
    comment_id = comments.withdraw(actor, number, now=now)
    answer = queries.answer_for_update(comment_id)
    if answer is not None and answer.state in SETTLED:
        raise Conflict(N_("The answer to this remark is approved: it cannot be withdrawn any more."), code="answered")
    return comment_id
