"""The queue as a whole: close and open it for an item, move one in it, choose the rule of its order."""

from __future__ import annotations

from datetime import datetime

from portal.conferences.floor import order, state
from portal.conferences.floor.events import QueueChanged
from portal.conferences.floor.models import FloorOrder
from portal.conferences.floor.order import Waiting
from portal.conferences.floor.rules import Ordering, RequestState
from portal.conferences.floor.state import Hall
from portal.conferences.hall import acts
from portal.conferences.rules import SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

BEFORE_THE_END = frozenset(
    {SittingState.CONVENED, SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED}
)


@atomic()
def close_queue(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """Nobody else asks to speak on the item in discussion; points of order are heard all the same."""
    _set_open(actor, sitting_id, False, now)


@atomic()
def open_queue(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """One may ask again."""
    _set_open(actor, sitting_id, True, now)


def _set_open(actor: Actor, sitting_id: int, is_open: bool, now: datetime) -> None:
    hall = _alone(actor, sitting_id)
    if hall.course is None:
        raise Conflict(N_("No item is in discussion."), code="no_item")
    if hall.course.queue_open is is_open:
        raise Conflict(code="state")
    hall.course.queue_open = is_open
    _told(actor, hall, now)
    acts.done(sitting_id, "queue.open", {"item": hall.item_id, "is_open": not is_open}, actor, now)


@atomic()
def move(actor: Actor, sitting_id: int, request_id: int, by: int, *, now: datetime) -> None:
    """One place up (-1) or down (+1) among requests of its kind; from then on that order stands as it was set."""
    hall = _alone(actor, sitting_id)
    row = state.request(sitting_id, request_id)
    queue = state.queue(sitting_id, hall.item_id, now)
    if row.state is not RequestState.WAITING or row.id not in {one.id for one in queue}:
        raise Conflict(N_("This request does not wait any more: somebody has dealt with it."), code="settled")
    seen = [Waiting(one.id, one.kind, one.seat_id, one.place, one.asked_at) for one in queue]
    placed = order.places(seen, row.id, by)
    before = {str(one.id): one.place for one in queue if one.id in placed}
    for one in queue:
        one.place = placed.get(one.id, one.place)
    _told(actor, hall, now)
    acts.done(sitting_id, "queue.move", {"places": before}, actor, now)


@atomic()
def set_ordering(actor: Actor, sitting_id: int, ordering: Ordering, *, now: datetime) -> None:
    """The rule that everybody reads; what had been put in order by hand follows it again."""
    hall = _alone(actor, sitting_id)
    row = db.session.get(FloorOrder, sitting_id)
    before = row.ordering if row else Ordering.ARRIVAL
    if row is None:
        db.session.add(FloorOrder(sitting_id=sitting_id, ordering=ordering))
    else:
        row.ordering = ordering
    places = {str(one.id): one.place for one in state.waiting(sitting_id, hall.item_id, now) if one.place is not None}
    for one in state.waiting(sitting_id, hall.item_id, now):
        one.place = None
    _told(actor, hall, now)
    acts.done(
        sitting_id, "queue.order", {"sitting": sitting_id, "ordering": before.value, "places": places}, actor, now
    )


def _alone(actor: Actor, sitting_id: int) -> Hall:
    hall = state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if hall.sitting.state not in BEFORE_THE_END:
        raise Conflict(N_("The floor is given while the session goes on."), code="not_in_session")
    return hall


def _told(actor: Actor, hall: Hall, now: datetime) -> None:
    db.session.flush()
    sitting_id = hall.sitting.id
    queue = tuple(one.id for one in state.queue(sitting_id, hall.item_id, now))
    ordering = state.ordering_of(sitting_id).value
    record(QueueChanged(sitting_id, hall.item_id, hall.queue_open, ordering, queue), actor=actor, now=now)
