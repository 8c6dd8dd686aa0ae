"""Working days in Italy: Monday to Friday, without the national holidays and the patron's day of the city.

L. 260/1949 and L. 151/2025 (4 October, from 2026 on); the patron's day is local, so it is given by whoever asks.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
_EVERY_YEAR = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
_ASSISI_SINCE = 2026
_SUNDAYS_AND_SATURDAYS = 5


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The national holidays of a year, Easter Monday included."""
    days = {date(year, month, day) for month, day in _EVERY_YEAR} | {easter(year), easter(year) + DAY}
    if year >= _ASSISI_SINCE:
        days.add(date(year, 10, 4))
    return frozenset(days)


def is_patron_day(text: str) -> bool:
    """True for nothing, and for a month and a day such as 09-19."""
    if not text:
        return True
    try:
        return f"{date.fromisoformat('2024-' + text):%m-%d}" == text
    except ValueError:
        return False


def is_working(day: date, patron: str = "") -> bool:
    """True for a day on which offices work."""
    return day.weekday() < _SUNDAYS_AND_SATURDAYS and day not in holidays(day.year) and f"{day:%m-%d}" != patron
