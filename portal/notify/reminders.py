"""Letters about deadlines that come near: each addressee gets each reminder once, whenever the worker runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts import letters as accounts
from portal.comments import reminder_queries
from portal.comments.reminder_queries import Ending, Left
from portal.comments.reminders import Stage, current, name_of
from portal.db import atomic
from portal.jobs import timers
from portal.kernel import clock
from portal.notify.letter import address, post


@dataclass(frozen=True)
class Reminder:
    """What one addressee is reminded of."""

    title: str
    deadline_at: datetime
    left: timedelta
    bodies: tuple[Left, ...]

    @property
    def in_days(self) -> bool:
        """True while the time left is told in days; in hours below a day and a half."""
        return self.left >= timedelta(hours=36)

    @property
    def days(self) -> int:
        """Days that are left, to the nearest."""
        return round(self.left / timedelta(days=1))

    @property
    def hours(self) -> int:
        """Hours that are left, to the nearest, at least one."""
        return max(1, round(self.left / timedelta(hours=1)))


def remind() -> int:
    """Give the reminders that are due; return how many letters were written."""
    now, written = clock.now(), 0
    for ending in reminder_queries.ending(now):
        stage = current(ending.told_at, ending.deadline_at, now)
        if stage and not timers.is_done(name_of(ending.id, ending.deadline_at, stage)):
            written += _give(ending, stage, now)
    return written


@atomic()
def _give(ending: Ending, stage: Stage, now: datetime) -> int:
    """All letters of one reminder and the mark that it was given, or nothing of it."""
    name = name_of(ending.id, ending.deadline_at, stage)
    if not timers.once(name, now=now):
        return 0
    people = reminder_queries.to_remind(ending.id, now)
    for person in accounts.addressees(people):
        it = Reminder(ending.title, ending.deadline_at, ending.deadline_at - now, tuple(people[person.person_id]))
        post(name, "deadline", person, it, address("comments.desk"))
    return len(people)
