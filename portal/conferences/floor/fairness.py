"""Who has had the floor, how often and how long: told to everybody, and one of the ways to order a queue. Pure.

A seat is a body's, and in the Council a member's: whoever sits on it, its voice is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.conferences.floor.timing import NOTHING, SpeechClock


@dataclass(frozen=True)
class Spoken:
    """How often and how long the voice of a seat was heard."""

    times: int = 0
    time: timedelta = NOTHING

    def plus(self, time: timedelta) -> Spoken:
        """One speech more."""
        return Spoken(self.times + 1, self.time + time)


@dataclass(frozen=True)
class Said:
    """A speech as fairness counts it: whose it was, at which item, its clock, and whether it was interrupted."""

    seat_id: int
    item_id: int | None
    clock: SpeechClock
    interrupted: bool = False


NEVER = Spoken()


def tally(speeches: Iterable[Said], now: datetime, *, item_id: int | None = None) -> dict[int, Spoken]:
    """For each seat that has spoken, at all items or at one; a speech that goes on counts up to now.

    Speeches come in the order in which they were made: one that was interrupted and taken up again counts once.
    """
    found: dict[int, Spoken] = {}
    taken_up: set[tuple[int, int | None]] = set()
    for said in reversed(list(speeches)):
        if item_id is not None and said.item_id != item_id:
            continue
        thread = (said.seat_id, said.item_id)
        so_far, time = found.get(said.seat_id, NEVER), said.clock.spoken(now)
        once = said.interrupted and thread in taken_up
        found[said.seat_id] = Spoken(so_far.times, so_far.time + time) if once else so_far.plus(time)
        taken_up.add(thread)
    return found


def shares(spoken: Mapping[int, Spoken]) -> dict[int, int]:
    """Each seat's part of all that was spoken, in per mille, for the bars; nothing while nobody has spoken."""
    whole = sum((one.time for one in spoken.values()), NOTHING)
    if whole <= NOTHING:
        return dict.fromkeys(spoken, 0)
    return {seat: one.time * 1000 // whole for seat, one in spoken.items()}
