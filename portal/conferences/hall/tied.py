"""What hangs on the course of a sitting and belongs to its other parts: an open vote, who speaks, who waits to speak.

Plain steps of the verbs of this package; each returns what is needed to go back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.floor import leaving, state
from portal.conferences.floor.inverses import INVERSES
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import RequestState
from portal.conferences.table import rounds
from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.voting.models import Poll
from portal.voting.rules import PollState

Floor = dict[str, Any]


def has_open_poll(sitting_id: int) -> bool:
    """True while a vote of this sitting is open."""
    query = (
        sa.select(Poll.id)
        .join(SittingPoll, SittingPoll.poll_id == Poll.id)
        .where(SittingPoll.sitting_id == sitting_id, Poll.state == PollState.OPEN)
        .limit(1)
    )
    return db.session.scalar(query) is not None


def check_no_open_poll(sitting_id: int) -> None:
    """Who votes, and on what, does not change while a vote of this sitting is open."""
    if has_open_poll(sitting_id):
        raise Conflict(N_("A vote of this sitting is open: close it first."), code="poll_open")


def is_idle(sitting_id: int, since: datetime) -> bool:
    """True if nobody speaks with the clock running, no body is asked since an instant, and no vote is open."""
    one, asked = state.running(sitting_id), rounds.running(sitting_id)
    speaks = one is not None and state.pause_of(one.id) is None
    asks = asked is not None and asked.opened_at >= since
    return not (speaks or asks or has_open_poll(sitting_id))


def end_speech(actor: Actor, sitting_id: int, now: datetime) -> Floor:
    """The speech that runs ends with its item."""
    kept = _speaking(sitting_id)
    leaving.end_all(sitting_id, actor, now)
    return kept


def hold_speech(actor: Actor, sitting_id: int, now: datetime) -> Floor:
    """The speech that runs stands still with the session."""
    before = _speaking(sitting_id)
    leaving.stand(sitting_id, actor, now)
    after = _speaking(sitting_id)
    return after if before != after else {}


def drop_seat(actor: Actor, sitting_id: int, seat_id: int, now: datetime) -> Floor:
    """Nobody is there for a seat any more: it neither speaks nor waits."""
    speaks = state.running(sitting_id)
    kept = _speaking(sitting_id) if speaks is not None and speaks.seat_id == seat_id else {}
    waiting = sa.select(FloorRequest.id).where(
        FloorRequest.sitting_id == sitting_id,
        FloorRequest.seat_id == seat_id,
        FloorRequest.state == RequestState.WAITING,
    )
    requests = list(db.session.scalars(waiting))
    leaving.drop_of(sitting_id, seat_id, actor, now)
    return {**kept, **({"requests": requests} if requests else {})}


def end_floor(actor: Actor, sitting_id: int, now: datetime) -> None:
    """The session is closed: nobody speaks, nobody waits."""
    leaving.end_all(sitting_id, actor, now)
    leaving.withdraw_all(sitting_id, actor, now)


def end_indications(actor: Actor, sitting_id: int, now: datetime) -> None:
    """Nobody is asked any more: a round that is open ends with the session, and its figures are told."""
    rounds.end_all(actor, sitting_id, now)


def give_back(kept: Floor, now: datetime) -> None:
    """Whoever spoke speaks, whoever waited waits."""
    if "speech" in kept:
        INVERSES["speech.end"](kept, now)
    for request in kept.get("requests", ()):
        INVERSES["request.withdraw"]({"request": request}, now)


def go_on(kept: Floor, now: datetime) -> None:
    """The speech that stood still with the session goes on as if it had not."""
    if kept:
        INVERSES["speech.pause"](kept, now)


def _speaking(sitting_id: int) -> Floor:
    one = state.running(sitting_id)
    if one is None:
        return {}
    pause = state.pause_of(one.id)
    return {"speech": one.id, "pause": pause.id if pause else None}
