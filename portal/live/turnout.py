"""How many have answered in the votes that are open, told at most four times a second: counts, never an answer.

Where many follow it is told more seldom, so that what else happens in the hall is heard as soon as in quiet.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.conferences.table import open_polls
from portal.conferences.table.open_polls import OpenPoll
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.live.hub import Hub
from portal.voting import queries
from portal.voting.queries import PollPage, SeatRow

EVERY = 0.25  # seconds between two looks, and so between two messages of a poll
CROWD = 1_000  # messages a second, at most, for each process
AGAIN = 5.0  # seconds after which the same is told once more, to whoever has missed it


@dataclass
class _Told:
    """What was told last of a poll."""

    last: int | None
    at: float


class Turnout:
    """Looks at the ballots themselves: they are rows of their own and leave no entries."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._looked = float("-inf")
        self._told: dict[int, _Told] = {}
        self._rolls: dict[int, tuple[str | None, Sequence[SeatRow]]] = {}

    def tell(self) -> int:
        """Say what is new, if it is time to look; return of how many polls."""
        at = time.monotonic()
        if at - self._looked < EVERY:
            return 0
        self._looked = at
        running = open_polls.running()
        for gone in self._told.keys() - {poll.id for poll in running}:
            self._told.pop(gone)
            self._rolls.pop(gone, None)
        following = self._hub.following if running else {}
        due = [poll for poll in running if self._is_due(poll, at, _pace(poll, following))]
        for poll in due:
            self._tell(poll)
            self._told[poll.id] = _Told(poll.last_ballot, at)
        return len(due)

    def _is_due(self, poll: OpenPoll, at: float, pace: float) -> bool:
        told = self._told.get(poll.id)
        if told is None:
            return True
        return at - told.at >= (pace if told.last != poll.last_ballot else AGAIN)

    def _tell(self, poll: OpenPoll) -> None:
        page = queries.poll(Actor.anonymous(), poll.id)
        rooms = [page.stream, *([f"sitting:{poll.sitting_id}"] if poll.sitting_id else [])]
        self._hub.tell(rooms, "turnout", counts(page, self._roll(page)))

    def _roll(self, page: PollPage) -> Sequence[SeatRow]:
        kept = self._rolls.get(page.id)
        if kept is None or kept[0] != page.roll_hash:
            kept = self._rolls[page.id] = page.roll_hash, queries.roll(page.id)
        return kept[1]


def _pace(poll: OpenPoll, following: Mapping[str, int]) -> float:
    """Seconds between two messages of a poll."""
    names = (f"poll:{poll.id}", f"sitting:{poll.sitting_id}")
    return sum(following.get(name, 0) for name in names) / CROWD


def counts(page: PollPage, seats: Sequence[SeatRow]) -> dict[str, Any]:
    """How many, and whether the thresholds can be reached; nothing of what anybody said."""
    found = queries.turnout(page, seats)
    return {
        "poll": page.id,
        "answered": found.answered,
        "asked": found.asked,
        "seats": found.seats,
        "vacant": found.vacant,
        "population_answered": found.population_answered,
        "population_base": found.population_base,
        "enough_possible": found.enough_possible,
        "enough_answered": found.enough_answered,
        "closes_at": int(page.closes_at.timestamp() * 1000) if page.closes_at else None,
        "now": int(clock.now().timestamp() * 1000),
    }
