"""Art. 12: when whoever may take part is reminded of a deadline. Pure: instants in, instants out."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.clock import at_rome, local


class Stage(StrEnum):
    """How long before the deadline."""

    WEEK = "7d"
    DAY = "1d"
    HOURS = "3h"


EARLIEST = timedelta(days=8)  # no reminder is due sooner than this before a deadline


def due_at(stage: Stage, deadline_at: datetime) -> datetime:
    """The instant of a reminder: seven days and one day before at the same hour in Rome, or three hours before."""
    if stage is Stage.HOURS:
        return deadline_at - timedelta(hours=3)
    wall = local(deadline_at)
    days = 7 if stage is Stage.WEEK else 1
    return at_rome(wall.date() - timedelta(days=days), wall.time())


def current(told_at: datetime, deadline_at: datetime, now: datetime) -> Stage | None:
    """The reminder that should have been given by now; None if there is none, or the deadline has passed.

    `told_at` is when the addressees last heard of this deadline: the opening, or the latest extension. A reminder whose
    instant came before that is not given; one that the next has overtaken, while nothing ran, is not given either.
    """
    if now >= deadline_at:
        return None
    past = [stage for stage in Stage if due_at(stage, deadline_at) <= now]
    if not past or due_at(past[-1], deadline_at) <= told_at:
        return None
    return past[-1]


def name_of(consultation_id: int, deadline_at: datetime, stage: Stage) -> str:
    """The name under which a reminder is given once; a deadline that moves has reminders of its own."""
    return f"remind:{consultation_id}:{int(deadline_at.timestamp())}:{stage.value}"
