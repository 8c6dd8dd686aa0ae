"""The clock of a speech: stop it, let it go on, give more time; and end a speech, in its time or beyond."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.conferences.floor import state, timing, turns
from portal.conferences.floor.events import SpeechExtended, SpeechPaused, SpeechResumed
from portal.conferences.floor.models import Speech, SpeechPause
from portal.conferences.floor.rules import Ending
from portal.conferences.hall import acts
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def pause(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """The clock stands still; what is left stays."""
    one = _running(actor, sitting_id)
    paused = stand(one, actor, now)
    acts.done(sitting_id, "speech.pause", {"speech": one.id, "pause": paused}, actor, now)


@atomic()
def resume(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """The clock goes on; the end comes later by as long as the pause lasted."""
    hall = state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    state.check_in_session(hall.sitting)
    one = _speaking(sitting_id)
    paused = go_on(one, actor, now)
    acts.done(sitting_id, "speech.resume", {"speech": one.id, "pause": paused}, actor, now)


@atomic()
def extend(actor: Actor, sitting_id: int, seconds: int, limit: int | None = None, *, now: datetime) -> None:
    """More time, as whoever presides grants; `limit` are the seconds that were seen to be allowed."""
    one = _running(actor, sitting_id)
    if limit is not None and limit != one.limit_seconds:
        raise Conflict(N_("Somebody was quicker: look how much time there is now."), code="seen")
    clock = timing.extended(state.clock(one), timedelta(seconds=seconds))
    before = one.limit_seconds
    one.limit_seconds = int(clock.allowed.total_seconds())
    record(SpeechExtended(sitting_id, one.id, one.limit_seconds, clock.ends_at), actor=actor, now=now)
    acts.done(sitting_id, "speech.extend", {"speech": one.id, "limit_seconds": before}, actor, now)


@atomic()
def end(actor: Actor, sitting_id: int, after: int | None = None, *, now: datetime) -> None:
    """Whoever speaks has finished; nobody follows yet. `after` is the speech that was seen to run."""
    _end(actor, sitting_id, after, Ending.DONE, "speech.end", now)


@atomic()
def cut_off(actor: Actor, sitting_id: int, after: int | None = None, *, now: datetime) -> None:
    """The floor is taken away."""
    _end(actor, sitting_id, after, Ending.CUT_OFF, "speech.cut_off", now)


def _end(actor: Actor, sitting_id: int, after: int | None, ending: Ending, kind: str, now: datetime) -> None:
    one = _running(actor, sitting_id)
    state.check_seen(one, after)
    acts.done(sitting_id, kind, turns.ended(one, ending, actor, now).before, actor, now)


def stand(one: Speech, actor: Actor, now: datetime) -> int:
    """A plain step: the clock of a speech stands from now on; returns the pause."""
    clock = timing.paused(state.clock(one), now)
    row = SpeechPause(speech_id=one.id, began_at=clock.paused_at or now)
    db.session.add(row)
    db.session.flush()
    left = int(clock.left(now).total_seconds())
    record(SpeechPaused(one.sitting_id, one.id, left), actor=actor, now=now)
    return row.id


def go_on(one: Speech, actor: Actor, now: datetime) -> int:
    """A plain step: the clock goes on; returns the pause that is over."""
    clock = timing.resumed(state.clock(one), now)
    row = state.pause_of(one.id)
    assert row is not None
    row.ended_at = max(now, row.began_at)
    db.session.flush()
    record(SpeechResumed(one.sitting_id, one.id, clock.ends_at), actor=actor, now=now)
    return row.id


def _running(actor: Actor, sitting_id: int) -> Speech:
    state.alone(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    return _speaking(sitting_id)


def _speaking(sitting_id: int) -> Speech:
    one = state.running(sitting_id)
    if one is None:
        raise Conflict(N_("Nobody has the floor."), code="nobody")
    return one
