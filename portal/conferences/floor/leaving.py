"""What becomes of the floor when a seat is left, an item is over or the session stands still: steps for the hall.

They are called by verbs that hold the sitting's lock, and do nothing where there is nothing to do.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.floor import hold, state, turns
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import Ending, RequestState
from portal.db import db
from portal.kernel.actor import Actor


def drop_of(sitting_id: int, seat_id: int, actor: Actor, now: datetime) -> None:
    """Nobody is there for a seat any more: its requests are withdrawn, and its speech is over."""
    one = state.running(sitting_id)
    if one is not None and one.seat_id == seat_id:
        turns.ended(one, Ending.DONE, actor, now)
    _withdrawn(sitting_id, actor, now, FloorRequest.seat_id == seat_id)


def end_all(sitting_id: int, actor: Actor, now: datetime) -> None:
    """The item is left or the session is closed: whoever speaks has finished."""
    one = state.running(sitting_id)
    if one is not None:
        turns.ended(one, Ending.DONE, actor, now)


def withdraw_all(sitting_id: int, actor: Actor, now: datetime) -> None:
    """The session is closed: nobody waits any more."""
    _withdrawn(sitting_id, actor, now)


def stand(sitting_id: int, actor: Actor, now: datetime) -> None:
    """The session is suspended: the clock of whoever speaks stands still with it."""
    one = state.running(sitting_id)
    if one is not None and state.pause_of(one.id) is None:
        hold.stand(one, actor, now)


def _withdrawn(sitting_id: int, actor: Actor, now: datetime, *which: sa.ColumnElement[bool]) -> None:
    item, _course = state.item_of(sitting_id)
    query = sa.select(FloorRequest).where(
        FloorRequest.sitting_id == sitting_id, FloorRequest.state == RequestState.WAITING, *which
    )
    for row in db.session.execute(query.execution_options(populate_existing=True)).scalars().all():
        turns.settle(row, RequestState.WITHDRAWN, actor, now, item.id if item else None)
