"""How to go back from what was done on the floor a moment ago; called by the undo of the sitting, under its lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from portal.conferences.floor import state
from portal.conferences.floor.models import FloorOrder, FloorRequest, Speech, SpeechPause
from portal.conferences.floor.rules import Ordering, RequestState
from portal.conferences.hall.models import ItemCourse
from portal.conferences.models import Sitting
from portal.conferences.rules import SittingState
from portal.conferences.table.models import SittingRemark
from portal.db import db
from portal.kernel.errors import Conflict
from portal.kernel.words import N_

Row = TypeVar("Row")


def _speech_given(before: dict[str, Any], now: datetime) -> None:
    """The speech was not made; its request waits again, and whoever had the floor has it still."""
    one = _row(Speech, before["speech"])
    request_id = one.request_id
    db.session.execute(sa.update(SittingRemark).where(SittingRemark.speech_id == one.id).values(speech_id=None))
    db.session.execute(sa.delete(SpeechPause).where(SpeechPause.speech_id == one.id))
    db.session.delete(one)
    db.session.flush()
    if request_id is not None:
        _waits(request_id)
    if before["ended"]:
        _speech_ended(before["ended"], now)


def _speech_ended(before: dict[str, Any], now: datetime) -> None:
    """The speech goes on as if it had not ended, in its pause if it stood in one."""
    one = _row(Speech, before["speech"])
    _check_may_go_on(one, now, paused=before["pause"] is not None)
    one.ended_at, one.ending = None, None
    if one.request_id is not None:
        _row(FloorRequest, one.request_id).state = RequestState.SPEAKING
    if before["pause"] is not None:
        _row(SpeechPause, before["pause"]).ended_at = None
    db.session.flush()


def _check_may_go_on(one: Speech, now: datetime, *, paused: bool) -> None:
    """The session goes on, with the same item, and whoever spoke is there: a colleague may have gone on meanwhile."""
    db.session.flush()
    sitting = db.session.get_one(Sitting, one.sitting_id, populate_existing=True)
    item, _course = state.item_of(one.sitting_id)
    gone = one.accreditation_id is not None and one.accreditation_id not in state.there(one.sitting_id, now)
    stands = sitting.state is SittingState.IN_SESSION or (paused and sitting.state is SittingState.SUSPENDED)
    if not stands or gone or (item.id if item else None) != one.item_id:
        raise Conflict(N_("Things have gone on since: this cannot be taken back any more."), code="moved_on")


def _paused(before: dict[str, Any], _now: datetime) -> None:
    db.session.delete(_row(SpeechPause, before["pause"]))


def _resumed(before: dict[str, Any], _now: datetime) -> None:
    _row(SpeechPause, before["pause"]).ended_at = None


def _extended(before: dict[str, Any], _now: datetime) -> None:
    _row(Speech, before["speech"]).limit_seconds = before["limit_seconds"]


def _settled(before: dict[str, Any], _now: datetime) -> None:
    _waits(before["request"])


def _queue_opened(before: dict[str, Any], _now: datetime) -> None:
    _row(ItemCourse, before["item"]).queue_open = before["is_open"]


def _moved(before: dict[str, Any], _now: datetime) -> None:
    for request_id, place in before["places"].items():
        _row(FloorRequest, int(request_id)).place = place


def _ordered(before: dict[str, Any], now: datetime) -> None:
    for row in db.session.scalars(sa.select(FloorOrder).where(FloorOrder.sitting_id == before["sitting"])):
        row.ordering = Ordering(before["ordering"])
    _moved(before, now)


def _row(model: type[Row], row_id: int) -> Row:
    return db.session.get_one(model, row_id, populate_existing=True)


def _waits(request_id: int) -> None:
    """Back into the queue, unless the same person has asked for the same meanwhile."""
    row = _row(FloorRequest, request_id)
    again = sa.select(FloorRequest.id).where(
        FloorRequest.sitting_id == row.sitting_id,
        FloorRequest.person_id == row.person_id,
        FloorRequest.kind == row.kind,
        FloorRequest.state == RequestState.WAITING,
    )
    if db.session.scalar(again.limit(1)):
        raise Conflict(N_("The same person has asked for the floor again meanwhile."), code="waiting")
    row.state, row.settled_at, row.reason = RequestState.WAITING, None, ""
    db.session.flush()


INVERSES: dict[str, Callable[[dict[str, Any], datetime], None]] = {
    "speech.give": _speech_given,
    "speech.end": _speech_ended,
    "speech.cut_off": _speech_ended,
    "speech.pause": _paused,
    "speech.resume": _resumed,
    "speech.extend": _extended,
    "request.withdraw": _settled,
    "request.refuse": _settled,
    "queue.open": _queue_opened,
    "queue.move": _moved,
    "queue.order": _ordered,
}
