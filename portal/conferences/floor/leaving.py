"""What becomes of the floor when a seat is left, an item is over or the session stands still: steps for the hall.

They are called by verbs that hold the sitting's lock, and do nothing where there is nothing to do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.floor import hold, state, turns
from portal.conferences.floor.inverses import INVERSES
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import Ending, RequestState
from portal.db import db
from portal.kernel.actor import Actor


def drop_of(sitting_id: int, seat_id: int, actor: Actor, now: datetime) -> dict[str, Any]:
    """Nobody is there for a seat any more: its requests are withdrawn, its speech is over; returns the way back."""
    ended, one = None, state.running(sitting_id)
    if one is not None and one.seat_id == seat_id:
        ended = turns.ended(one, Ending.DONE, actor, now).before
    return {"ended": ended, "requests": _withdrawn(sitting_id, actor, now, FloorRequest.seat_id == seat_id)}


def back(before: dict[str, Any], now: datetime) -> None:
    """They are there after all: what `drop_of` did is undone."""
    if before["ended"]:
        INVERSES["speech.end"](before["ended"], now)
    for request_id in before["requests"]:
        INVERSES["request.withdraw"]({"request": request_id}, now)


def end_all(sitting_id: int, actor: Actor, now: datetime) -> None:
    """The item is left or the session is closed: whoever speaks has finished."""
    one = state.running(sitting_id)
    if one is not None:
        turns.ended(one, Ending.DONE, actor, now)


def withdraw_all(sitting_id: int, actor: Actor, now: datetime) -> None:
    """The session is closed: nobody waits any more."""
    _withdrawn(sitting_id, actor, now)


def stand(sitting_id: int, actor: Actor, now: datetime) -> int | None:
    """The session is suspended: the clock of whoever speaks stands still with it; returns the pause."""
    one = state.running(sitting_id)
    return hold.stand(one, actor, now) if one is not None and state.pause_of(one.id) is None else None


def go_on(pause_id: int, now: datetime) -> None:
    """It was not suspended after all: that pause did not happen."""
    INVERSES["speech.pause"]({"pause": pause_id}, now)


def _withdrawn(sitting_id: int, actor: Actor, now: datetime, *which: sa.ColumnElement[bool]) -> list[int]:
    item, _course = state.item_of(sitting_id)
    query = sa.select(FloorRequest).where(
        FloorRequest.sitting_id == sitting_id, FloorRequest.state == RequestState.WAITING, *which
    )
    rows = db.session.execute(query.execution_options(populate_existing=True)).scalars().all()
    for row in rows:
        turns.settle(row, RequestState.WITHDRAWN, actor, now, item.id if item else None)
    return [row.id for row in rows]
