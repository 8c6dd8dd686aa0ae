"""Take a request out of the queue: whoever asked gives it up, or the secretariat refuses it for a reason."""

from __future__ import annotations

from datetime import datetime

from portal.conferences.floor import state, turns
from portal.conferences.floor.rules import REASON_LIMIT, RequestState
from portal.conferences.hall import acts
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed


@atomic()
def withdraw(actor: Actor, sitting_id: int, request_id: int, *, now: datetime) -> None:
    """One's own request at any time; somebody else's for whoever conducts."""
    hall = state.alone(sitting_id)
    row = state.request(sitting_id, request_id)
    own = actor.person_id is not None and actor.person_id == row.person_id
    if not own and not can(actor, Permission.SITTING_CONDUCT):
        raise Forbidden()
    turns.settle(row, RequestState.WITHDRAWN, actor, now, hall.item_id)
    if not own:
        acts.done(sitting_id, "request.withdraw", {"request": row.id}, actor, now, of=row.id)


@atomic()
def refuse(actor: Actor, sitting_id: int, request_id: int, reason: str, *, now: datetime) -> None:
    """Whoever asked reads why."""
    hall = state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    row = state.request(sitting_id, request_id)
    turns.settle(row, RequestState.REFUSED, actor, now, hall.item_id, typed(reason, field="reason", limit=REASON_LIMIT))
    acts.done(sitting_id, "request.refuse", {"request": row.id}, actor, now, of=row.id)
