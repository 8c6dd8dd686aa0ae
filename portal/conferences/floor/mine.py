"""What a delegate's page says of the floor: my turn, what I may ask for, what became of what I asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.conferences.floor import order, state
from portal.conferences.floor.fairness import NEVER
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import FloorKind, Ordering, RequestState
from portal.conferences.floor.state import Hall
from portal.conferences.floor.timing import NOTHING, SpeechClock
from portal.conferences.hall import standing
from portal.conferences.hall.standing import Standing
from portal.conferences.models import Sitting
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.words import Words

OFFERED = (
    FloorKind.ORDINARY,
    FloorKind.REPLY,
    FloorKind.EXPLANATION_OF_VOTE,
    FloorKind.PERSONAL_STATEMENT,
    FloorKind.POINT_OF_ORDER,
)
RECENT = timedelta(minutes=5)


@dataclass(frozen=True)
class Turn:
    """A request of mine that waits."""

    id: int
    kind: FloorKind
    place: int
    wait: timedelta  # if everybody ahead uses the whole of their time

    @property
    def minutes(self) -> int:
        """The same in minutes, as people say it; never a promise of less than one."""
        return max(1, -(-self.wait // timedelta(minutes=1)))


@dataclass(frozen=True)
class Refused:
    """A request of mine that was refused a short while ago."""

    kind: FloorKind
    reason: str


@dataclass(frozen=True)
class Mine:
    """The floor as one delegate sees it."""

    sitting: int
    item_id: int | None
    speaking: SpeechClock | None
    turns: tuple[Turn, ...]
    refused: tuple[Refused, ...]
    offered: tuple[FloorKind, ...]
    why_not: Words | None  # why nothing can be asked for now
    queue_open: bool
    ordering: Ordering
    waiting: int
    allowed: dict[FloorKind, timedelta]
    key: str  # of the next request: sent twice, it asks once


def mine(actor: Actor, sitting_id: int, now: datetime) -> Mine:
    """For whoever takes part; a stranger is told what is missing."""
    own = standing.standing(actor, sitting_id)
    hall = state.hall(db.session.get_one(Sitting, sitting_id))
    queue = state.queue(sitting_id, hall.item_id, now)
    running = state.running(sitting_id)
    clock = state.clock(running) if running else None
    turns = _turns(own, hall, queue, clock.left(now) if clock else NOTHING)
    why_not = _why_not(actor, hall)
    return Mine(
        sitting=sitting_id,
        item_id=hall.item_id,
        speaking=clock if running and running.person_id == own.person_id else None,
        turns=turns,
        refused=_refused(own, sitting_id, now),
        offered=() if why_not else _offered(own, hall, {turn.kind for turn in turns}, now),
        why_not=why_not,
        queue_open=hall.queue_open,
        ordering=state.ordering_of(sitting_id),
        waiting=len(queue),
        allowed={kind: order.limit(kind, hall.rule) for kind in OFFERED},
        key=f"own-{state.asked(sitting_id, own.person_id)}",
    )


def _turns(own: Standing, hall: Hall, queue: list[FloorRequest], left: timedelta) -> tuple[Turn, ...]:
    return tuple(
        Turn(row.id, row.kind, place, order.wait((one.kind for one in queue[: place - 1]), hall.rule, left))
        for place, row in enumerate(queue, 1)
        if row.person_id == own.person_id
    )


def _refused(own: Standing, sitting_id: int, now: datetime) -> tuple[Refused, ...]:
    rows = db.session.execute(
        sa.select(FloorRequest.kind, FloorRequest.reason)
        .where(
            FloorRequest.sitting_id == sitting_id,
            FloorRequest.person_id == own.person_id,
            FloorRequest.state == RequestState.REFUSED,
            FloorRequest.settled_at > now - RECENT,
        )
        .order_by(FloorRequest.settled_at.desc())
    )
    return tuple(Refused(row.kind, row.reason) for row in rows)


def _why_not(actor: Actor, hall: Hall) -> Words | None:
    """The refusal that any request would meet now."""
    try:
        state.check_in_session(hall.sitting)
        standing.present(actor, hall.sitting.id)
    except DomainError as refusal:
        return refusal.words
    return None


def _offered(own: Standing, hall: Hall, waiting: set[FloorKind], now: datetime) -> tuple[FloorKind, ...]:
    spoken = state.heard(hall.sitting.id, hall.item_id, now).item.get(own.seat_id, NEVER).times
    return tuple(
        kind
        for kind in OFFERED
        if kind not in waiting and (kind is not FloorKind.REPLY or spoken) and _allows(hall, kind)
    )


def _allows(hall: Hall, kind: FloorKind) -> bool:
    item = hall.item.kind if hall.item else None
    try:
        order.check_kind(kind, item, queue_open=hall.queue_open, has_poll=state.has_poll(hall.item_id))
    except DomainError:
        return False
    return True
