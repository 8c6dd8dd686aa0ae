"""Give the floor: to a request, to the next in turn, to a seat that did not ask, to somebody who holds none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.conferences.floor import order, state, turns
from portal.conferences.floor.models import FloorRequest, Speech
from portal.conferences.floor.rules import SPEAKER_LIMIT, Ending, FloorKind, RequestState, SpeechKind
from portal.conferences.floor.state import Hall
from portal.conferences.floor.turns import Told, Voice
from portal.conferences.hall import acts
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

MOST_MINUTES = 120


@dataclass(frozen=True)
class Guest:
    """Somebody who holds no seat: whoever presides, a rapporteur, an expert; minutes, or none for the rule set's."""

    speaker: str
    kind: SpeechKind
    minutes: int | None = None


@atomic()
def give(actor: Actor, sitting_id: int, request_id: int, *, now: datetime) -> int:
    """To one who waits, in turn or out of it; whoever was speaking ends at the same instant."""
    hall = _alone(actor, sitting_id)
    row = state.request(sitting_id, request_id)
    passed = row.item_id != hall.item_id and row.kind not in order.ANYTIME
    if row.state is not RequestState.WAITING or passed:
        raise Conflict(N_("This request does not wait any more: somebody has dealt with it."), code="settled")
    if row.accreditation_id != state.somebody_at(sitting_id, state.seat_number(row.seat_id) or 0, now).accreditation_id:
        raise Conflict(N_("Somebody else sits there now: let that person ask."), code="handed_over")
    return _to_request(actor, hall, row, now)


@atomic()
def next_speaker(actor: Actor, sitting_id: int, after: int | None = None, *, now: datetime) -> int | None:
    """Whoever speaks ends, and the floor goes on: a point of order, then who was interrupted, then the queue.

    Where nobody waits the speech ends and nothing follows. `after` is the speech that was seen to run, zero for none.
    """
    hall = _alone(actor, sitting_id)
    state.check_seen(state.running(sitting_id), after)
    queue = state.queue(sitting_id, hall.item_id, now)
    first = queue[0] if queue else None
    waiting = interrupted(hall, now)
    if waiting is not None and (first is None or first.kind is not FloorKind.POINT_OF_ORDER):
        return _on(actor, hall, waiting, now)
    if first is not None:
        return _to_request(actor, hall, first, now, Ending.DONE)
    running = state.running(sitting_id)
    if running is None:
        raise Conflict(N_("Nobody waits for the floor."), code="nobody")
    ended = turns.ended(running, Ending.DONE, actor, now)
    acts.done(sitting_id, "speech.end", ended.before, actor, now)
    return None


@atomic()
def give_seat(
    actor: Actor, sitting_id: int, seat: int, kind: SpeechKind, minutes: int | None = None, *, now: datetime
) -> int:
    """To whoever is present for a seat, in one act; what that person had asked for of the same kind is answered."""
    hall = _alone(actor, sitting_id)
    there = state.somebody_at(sitting_id, seat, now)
    asked = next(
        (
            row
            for row in state.waiting(sitting_id, hall.item_id, now)
            if row.person_id == there.person_id and row.kind.value == kind.value
        ),
        None,
    )
    voice = Voice(kind, there.id, there.accreditation_id, there.person_id)
    return _begin(actor, hall, voice, _allowed(hall, kind, minutes), now, asked)


@atomic()
def give_guest(actor: Actor, sitting_id: int, guest: Guest, *, now: datetime) -> int:
    """To somebody who holds no seat, under the name that the minutes will say."""
    hall = _alone(actor, sitting_id)
    voice = Voice(guest.kind, speaker=typed(guest.speaker, field="speaker", limit=SPEAKER_LIMIT))
    return _begin(actor, hall, voice, _allowed(hall, guest.kind, guest.minutes), now)


@atomic()
def go_on(actor: Actor, sitting_id: int, *, now: datetime) -> int:
    """Whoever was interrupted goes on, with the time that was left."""
    hall = _alone(actor, sitting_id)
    waiting = interrupted(hall, now)
    if waiting is None:
        raise Conflict(N_("Nobody was interrupted."), code="nobody")
    return _on(actor, hall, waiting, now)


def interrupted(hall: Hall, now: datetime) -> Speech | None:
    """Whoever was interrupted by a point of order on the item in discussion, and has not gone on since."""
    before = (one for one in state.last(hall.sitting.id) if one.kind is not SpeechKind.POINT_OF_ORDER)
    one = next(before, None)
    if one is None or one.ending is not Ending.INTERRUPTED or one.item_id != hall.item_id:
        return None
    if one.accreditation_id is not None and one.accreditation_id not in state.there(hall.sitting.id, now):
        return None
    return one if state.clock(one).left(now) >= timedelta(seconds=1) else None


def _alone(actor: Actor, sitting_id: int) -> Hall:
    hall = state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    state.check_in_session(hall.sitting)
    return hall


def _allowed(hall: Hall, kind: SpeechKind, minutes: int | None) -> timedelta:
    if minutes is None:
        known = FloorKind.ORDINARY if kind is SpeechKind.REPORT else FloorKind(kind.value)
        return order.limit(known, hall.rule)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(
            N_("Write how many minutes, from 1 to %(most)d."), code="minutes", field="minutes", most=MOST_MINUTES
        )
    return timedelta(minutes=minutes)


def _to_request(actor: Actor, hall: Hall, row: FloorRequest, now: datetime, before: Ending | None = None) -> int:
    return _begin(actor, hall, turns.of_request(row), order.limit(row.kind, hall.rule), now, row, before)


def _on(actor: Actor, hall: Hall, one: Speech, now: datetime) -> int:
    left = timedelta(seconds=int(state.clock(one).left(now).total_seconds()))
    voice = Voice(one.kind, one.seat_id, one.accreditation_id, one.person_id, one.speaker)
    return _begin(actor, hall, voice, left, now, None, Ending.DONE)


def _begin(
    actor: Actor,
    hall: Hall,
    voice: Voice,
    allowed: timedelta,
    now: datetime,
    request: FloorRequest | None = None,
    ending: Ending | None = None,
) -> int:
    """End who speaks, begin who is called, and keep how to go back from both at once."""
    ended: Told | None = None
    running = state.running(hall.sitting.id)
    if running is not None and (running.seat_id, running.speaker, running.kind) == (
        voice.seat_id,
        voice.speaker,
        voice.kind,
    ):
        raise Conflict(N_("Whoever this is has the floor already."), code="speaking")
    if running is not None:
        way = ending or (Ending.INTERRUPTED if turns.interrupts(voice.kind) else Ending.DONE)
        ended = turns.ended(running, way, actor, now)
    begun = turns.begun(hall, voice, allowed, actor, now, request)
    before = {**begun.before, "ended": ended.before if ended else None}
    acts.done(hall.sitting.id, "speech.give", before, actor, now, first=ended.seq if ended else begun.seq)
    return int(begun.before["speech"])
