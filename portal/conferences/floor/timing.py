"""How long somebody has spoken and how much is left: arithmetic on instants of the server, no reader's clock in it.

A speech has an absolute end; a pause moves it by exactly as long as it lasted, an extension by what was granted.
Instants are compared in UTC, so a night on which the clocks change takes nothing from anybody. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.words import N_

WARNING = timedelta(seconds=60)
LEAST_EXTENSION, MOST_EXTENSION = timedelta(seconds=10), timedelta(minutes=30)
NOTHING = timedelta(0)


class Phase(StrEnum):
    """What the clock of a speech says."""

    RUNNING = "running"
    WARNING = "warning"
    OVERRUN = "overrun"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class SpeechClock:
    """The instants of one speech: all that is needed to say how much is left at any instant."""

    started_at: datetime
    ends_at: datetime
    allowed: timedelta
    paused_at: datetime | None = None
    ended_at: datetime | None = None

    def left(self, now: datetime) -> timedelta:
        """How much is left; less than nothing is how far the limit has been passed."""
        return _utc(self.ends_at) - self._at(now)

    def spoken(self, now: datetime) -> timedelta:
        """How long was spoken: pauses do not count."""
        return max(self.allowed - self.left(now), NOTHING)

    def overrun(self, now: datetime) -> timedelta:
        """By how much the limit has been passed."""
        return max(-self.left(now), NOTHING)

    def phase(self, now: datetime) -> Phase:
        """Running, in its last minute, beyond its end, paused or ended."""
        if self.ended_at is not None:
            return Phase.ENDED
        if self.paused_at is not None:
            return Phase.PAUSED
        left = self.left(now)
        if left < NOTHING:
            return Phase.OVERRUN
        return Phase.WARNING if left <= WARNING else Phase.RUNNING

    def _at(self, now: datetime) -> datetime:
        """The instant at which this clock stands: where it was stopped, else now, never before it began."""
        stood = self.ended_at if self.paused_at is None else self.paused_at
        return max(_utc(now if stood is None else stood), _utc(self.started_at))


@dataclass(frozen=True)
class Stretch:
    """A pause: from when, and until when if it is over."""

    began_at: datetime
    ended_at: datetime | None = None


def begun(now: datetime, allowed: timedelta) -> SpeechClock:
    """A speech that begins now."""
    return SpeechClock(_utc(now), _utc(now) + allowed, allowed)


def read(
    began_at: datetime, seconds: int, pauses: Iterable[Stretch] = (), ended_at: datetime | None = None
) -> SpeechClock:
    """The clock of a speech from what is kept of it: each pause that is over moves the end by as long as it lasted."""
    allowed, stood, since = timedelta(seconds=seconds), NOTHING, None
    for pause in pauses:
        until = pause.ended_at or ended_at
        if until is None:
            since = pause.began_at
        else:
            stood += max(_utc(until) - _utc(pause.began_at), NOTHING)
    return SpeechClock(_utc(began_at), _utc(began_at) + allowed + stood, allowed, since, ended_at)


def paused(clock: SpeechClock, now: datetime) -> SpeechClock:
    """The clock stands from now on."""
    _check_running(clock)
    if clock.paused_at is not None:
        raise Conflict(N_("The speech is paused already."), code="paused")
    return replace(clock, paused_at=max(_utc(now), _utc(clock.started_at)))


def resumed(clock: SpeechClock, now: datetime) -> SpeechClock:
    """The clock goes on; the end comes later by exactly as long as the pause lasted."""
    _check_running(clock)
    if clock.paused_at is None:
        raise Conflict(N_("The speech is not paused."), code="not_paused")
    return replace(clock, paused_at=None, ends_at=_utc(clock.ends_at) + _pause(clock, now))


def extended(clock: SpeechClock, by: timedelta) -> SpeechClock:
    """More time, granted by whoever presides."""
    _check_running(clock)
    if not LEAST_EXTENSION <= by <= MOST_EXTENSION:
        raise Invalid(N_("Grant between ten seconds and thirty minutes."), code="extension", field="seconds")
    return replace(clock, ends_at=_utc(clock.ends_at) + by, allowed=clock.allowed + by)


def ended(clock: SpeechClock, now: datetime) -> SpeechClock:
    """The speech is over; a pause that lasted until now does not count as spoken."""
    _check_running(clock)
    at = max(_utc(now), _utc(clock.started_at))
    if clock.paused_at is None:
        return replace(clock, ended_at=at)
    return replace(clock, paused_at=None, ends_at=_utc(clock.ends_at) + _pause(clock, now), ended_at=at)


def _check_running(clock: SpeechClock) -> None:
    if clock.ended_at is not None:
        raise Conflict(N_("This speech is over."), code="ended")


def _pause(clock: SpeechClock, now: datetime) -> timedelta:
    since = clock.paused_at or now
    return max(_utc(now) - _utc(since), NOTHING)


def _utc(instant: datetime) -> datetime:
    """Two instants of one zone are compared by what the wall shows: in UTC by what has really passed."""
    return instant.astimezone(UTC)
