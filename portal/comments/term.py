"""Art. 12 and 9: how long admission before publication may take, in working days; it rests while the author is asked.

The day of receipt does not count, the last day does. From the day after a question to the day of its answer, or to the
day until which the author had time, no day counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.kernel.workdays import DAY, is_patron_day, is_working

USUAL_DAYS = 5
MOST_DAYS = 60
TIME_TO_ANSWER = timedelta(days=10)


@dataclass(frozen=True)
class Pause:
    """The author was asked on one day and the question ended on another; the days after the first do not count."""

    asked: date
    ended: date

    def holds(self, day: date) -> bool:
        """True for a day that does not count."""
        return self.asked < day <= self.ended


def check_term(working_days: int, patron_day: str) -> None:
    """Refuse a term that is no term, and a patron's day that is no day of the year."""
    if not 1 <= working_days <= MOST_DAYS:
        raise Invalid(N_("Choose between 1 and %(most)d working days."), field="working_days", most=MOST_DAYS)
    if not is_patron_day(patron_day):
        raise Invalid(N_("Write the patron’s day as day and month, such as 19/09."), field="patron_day")


def due_on(received: date, working_days: int, pauses: Iterable[Pause] = (), patron: str = "") -> date:
    """The last day of the term."""
    resting, day, left = tuple(pauses), received, working_days
    while left:
        day += DAY
        if is_working(day, patron) and not any(pause.holds(day) for pause in resting):
            left -= 1
    return day


def late_before(today: date, working_days: int, patron: str = "") -> date:
    """What was received before this day, and never rested, is overdue today."""
    day, left = today, working_days
    while left:
        day -= DAY
        if is_working(day, patron):
            left -= 1
    return day
