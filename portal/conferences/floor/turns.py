"""How a speech begins and ends, as plain steps of the verbs that give and take the floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.conferences.floor import state
from portal.conferences.floor.events import FloorSettled, SpeechBegun, SpeechEnded
from portal.conferences.floor.models import FloorRequest, Speech
from portal.conferences.floor.rules import REQUESTS, Ending, FloorKind, RequestState, SpeechKind
from portal.conferences.floor.state import Hall
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor

_SETTLED = {Ending.CUT_OFF: RequestState.CUT_OFF}


@dataclass(frozen=True)
class Voice:
    """Who is to speak: somebody for a seat, or somebody who holds none and is named."""

    kind: SpeechKind
    seat_id: int | None = None
    accreditation_id: int | None = None
    person_id: int | None = None
    speaker: str = ""


@dataclass(frozen=True)
class Told:
    """A step that was taken: how to go back, and the number of its entry."""

    before: dict[str, Any]
    seq: int


def of_request(request: FloorRequest) -> Voice:
    """The voice of somebody who asked."""
    return Voice(SpeechKind(request.kind.value), request.seat_id, request.accreditation_id, request.person_id)


def ended(one: Speech, ending: Ending, actor: Actor, now: datetime) -> Told:
    """A speech is over; a pause in which it stood is over with it."""
    at = max(now, one.began_at)
    pause = state.pause_of(one.id)
    if pause is not None:
        pause.ended_at = max(at, pause.began_at)
    one.ended_at, one.ending = at, ending
    if one.request_id is not None:
        asked = state.request(one.sitting_id, one.request_id)
        asked.state = REQUESTS.advance(asked.state, _SETTLED.get(ending, RequestState.DONE))
    db.session.flush()
    seconds = int(state.clock(one).spoken(at).total_seconds())
    event = SpeechEnded(one.sitting_id, one.id, state.seat_number(one.seat_id), ending.value, seconds)
    entry = record(event, actor=actor, now=now)
    return Told({"speech": one.id, "pause": pause.id if pause else None}, entry.seq)


def begun(
    hall: Hall, voice: Voice, allowed: timedelta, actor: Actor, now: datetime, request: FloorRequest | None = None
) -> Told:
    """Somebody has the floor from now on, until an instant."""
    if request is not None:
        request.state, request.settled_at = REQUESTS.advance(request.state, RequestState.SPEAKING), now
    one = Speech(
        sitting_id=hall.sitting.id,
        call=hall.call,
        item_id=hall.item_id,
        request_id=request.id if request else None,
        seat_id=voice.seat_id,
        accreditation_id=voice.accreditation_id,
        person_id=voice.person_id,
        speaker=voice.speaker,
        kind=voice.kind,
        limit_seconds=int(allowed.total_seconds()),
        began_at=now,
    )
    db.session.add(one)
    db.session.flush()
    event = SpeechBegun(
        hall.sitting.id,
        speech=one.id,
        request=one.request_id,
        seat=state.seat_number(one.seat_id),
        item=one.item_id,
        speech_kind=one.kind.value,
        limit_seconds=one.limit_seconds,
        began_at=now,
        ends_at=now + allowed,
        waiting=len(state.waiting(hall.sitting.id, hall.item_id, now)),
    )
    return Told({"speech": one.id}, record(event, actor=actor, now=now).seq)


def interrupts(kind: SpeechKind) -> bool:
    """A point of order interrupts whoever speaks, who then goes on; anybody else follows."""
    return kind.value == FloorKind.POINT_OF_ORDER.value


def settle(
    row: FloorRequest, to: RequestState, actor: Actor, now: datetime, item_id: int | None, reason: str = ""
) -> int:
    """A request is out of the queue; returns the number of the entry that says so."""
    row.state, row.settled_at, row.reason = REQUESTS.advance(row.state, to), now, reason
    db.session.flush()
    waiting = len(state.waiting(row.sitting_id, item_id, now))
    event = FloorSettled(row.sitting_id, row.id, state.seat_number(row.seat_id) or 0, to.value, waiting)
    return record(event, actor=actor, now=now).seq
