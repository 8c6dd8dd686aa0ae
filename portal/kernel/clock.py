"""Time: stored in UTC, computed and shown in Europe/Rome. A deadline is an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The same instant as the clock on the town hall shows it."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(ROME)


def local_day(instant: datetime) -> date:
    """The calendar day in Rome on which an instant falls."""
    return local(instant).date()


def at_rome(day: date, hour: time = time(23, 59, 59)) -> datetime:
    """A day and hour in Rome as an instant in UTC."""
    return _in_utc(datetime.combine(day, hour, tzinfo=ROME))


def from_form(value: datetime) -> datetime:
    """What a person typed into a date-and-time field, read as Rome time."""
    return _in_utc(value.replace(tzinfo=ROME) if value.tzinfo is None else value)


def _in_utc(value: datetime) -> datetime:
    """The same instant in UTC; before the first one that can be written, that one."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def days_left(deadline: datetime, at: datetime) -> timedelta:
    """How long is left; never less than nothing."""
    return max(deadline - at, timedelta(0))
