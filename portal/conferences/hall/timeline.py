"""When each item is expected, shifted by what really happened. Instants only: a change of the clocks moves nothing.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.conferences.rules import Slot


@dataclass(frozen=True)
class Spent:
    """An item on its way: what was planned for it, how long it has taken, whether it still takes its turn."""

    minutes: int
    taken: timedelta
    ahead: bool  # in discussion or still to come


@dataclass(frozen=True)
class Expected:
    """What is still to come, and how far it is from what the notice announced."""

    slots: tuple[Slot | None, ...]
    ends_at: datetime
    delay: timedelta


def expected(items: Sequence[Spent], planned_end: datetime, begins: datetime) -> Expected:
    """Items in their order from `begins` on: now, the end of a suspension, or the hour of the call.

    An item that has taken longer than planned is expected to end at once; one that was left goes on where it stopped.
    """
    at, slots = begins, list[Slot | None]()
    for item in items:
        if not item.ahead:
            slots.append(None)
            continue
        ends = at + max(timedelta(minutes=item.minutes) - item.taken, timedelta(0))
        slots.append(Slot(at, ends))
        at = ends
    return Expected(tuple(slots), at, at - planned_end)


@dataclass(frozen=True)
class Stretch:
    """A stretch of time, still open while it has no end."""

    began_at: datetime
    ended_at: datetime | None


def taken(spells: Iterable[Stretch], pauses: Iterable[Stretch], now: datetime) -> timedelta:
    """How long an item was in discussion; while the session stood still, nothing was."""
    stood = list(pauses)
    whole = timedelta(0)
    for one in spells:
        end = one.ended_at or now
        still = (min(end, p.ended_at or now) - max(one.began_at, p.began_at) for p in stood)
        whole += max(end - one.began_at, timedelta(0)) - sum((max(s, timedelta(0)) for s in still), timedelta(0))
    return max(whole, timedelta(0))


def begins(now: datetime, starts_at: datetime, paused_until: datetime | None) -> datetime:
    """From when on what is still to come is counted."""
    return max(now, starts_at, paused_until or now)
