"""Instants in UTC, days in Rome."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.kernel import clock


def test_a_deadline_day_ends_at_the_last_second_in_rome() -> None:
    assert clock.at_rome(date(2027, 1, 15)) == datetime(2027, 1, 15, 22, 59, 59, tzinfo=UTC)
    assert clock.at_rome(date(2027, 7, 15)) == datetime(2027, 7, 15, 21, 59, 59, tzinfo=UTC)


def test_noon_before_and_after_summer_time() -> None:
    before = clock.at_rome(date(2027, 3, 27), time(12))
    after = clock.at_rome(date(2027, 3, 28), time(12))
    assert after - before == timedelta(hours=23)


def test_the_day_in_rome_begins_before_the_day_in_utc() -> None:
    assert clock.local_day(datetime(2027, 3, 1, 23, 30, tzinfo=UTC)) == date(2027, 3, 2)


def test_what_a_form_says_is_rome_time() -> None:
    assert clock.from_form(datetime(2027, 3, 15, 12, tzinfo=UTC).replace(tzinfo=None)) == datetime(
        2027, 3, 15, 11, tzinfo=UTC
    )


def test_nothing_is_left_after_the_deadline() -> None:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    assert clock.days_left(at, at + timedelta(seconds=1)) == timedelta(0)
    assert clock.days_left(at + timedelta(days=2), at) == timedelta(days=2)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.local(datetime(2027, 3, 1, tzinfo=UTC).replace(tzinfo=None))
