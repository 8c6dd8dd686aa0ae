"""What happens when: acts with their instants, done in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from portal.kernel.clock import at_rome, local_day

Act = Callable[[datetime], None]
Story = Iterator[datetime]  # acts of which each is told by its instant before it is done
BEGINNING = timedelta(days=400)  # how long the portal of the invented city has existed


@dataclass
class Agenda:
    """Acts that wait for their turn; an act may put others on the agenda."""

    now: datetime
    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _count: int = 0

    def add(self, at: datetime, act: Act) -> None:
        """Do this at that instant."""
        self._count += 1
        heapq.heappush(self._waiting, (min(at, self.now).astimezone(UTC), self._count, act))

    def follow(self, story: Story) -> None:
        """Do the acts of a story one after the other, those of other stories in between where they come first."""
        at = next(story, None)
        if at is not None:
            self.add(at, lambda _at: self.follow(story))

    def run(self) -> None:
        """Do everything, earliest first."""
        while self._waiting:
            at, _, act = heapq.heappop(self._waiting)
            act(at)

    def after(self, at: datetime, how_long: timedelta) -> datetime:
        """Some time later; where that would be in the future, a part of the time that is left."""
        later = at + how_long
        return later if later < self.now else at + max(self.now - at, timedelta(0)) / 4

    def morning(self, day: date) -> datetime:
        """Nine o'clock in Rome on a day, or now if that comes first."""
        return min(at_rome(day, time(9)), self.now)

    def days_ago(self, days: int) -> datetime:
        """Nine o'clock in Rome some days ago."""
        return at_rome(local_day(self.now) - timedelta(days=days), time(9))
