"""Reminders are instants: seven days and one day before at the same hour in Rome, three hours before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments.reminders import Stage, current, due_at, name_of
from portal.kernel.clock import at_rome, local

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FROM = datetime(2026, 2, 1, tzinfo=UTC)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=1000)).map(lambda after: FROM + after)
NOON = time(12)


@pytest.mark.parametrize(
    ("deadline", "week", "day"),
    [
        (date(2027, 3, 29), date(2027, 3, 22), date(2027, 3, 28)),
        (date(2027, 11, 1), date(2027, 10, 25), date(2027, 10, 31)),
    ],
    ids=["march", "october"],
)
def test_days_are_those_of_the_calendar_in_rome_also_when_the_hour_changes(
    deadline: date, week: date, day: date
) -> None:
    at = at_rome(deadline, NOON)
    assert due_at(Stage.WEEK, at) == at_rome(week, NOON)
    assert due_at(Stage.DAY, at) == at_rome(day, NOON)
    assert at - due_at(Stage.WEEK, at) != timedelta(days=7)


def test_hours_are_hours_also_in_the_night_when_the_clock_goes_back() -> None:
    deadline = at_rome(date(2027, 10, 31), time(4))  # the hour after two strikes twice
    assert deadline - due_at(Stage.HOURS, deadline) == timedelta(hours=3)
    assert local(due_at(Stage.HOURS, deadline)).hour == 2


def test_before_the_first_and_from_the_deadline_on_there_is_none() -> None:
    deadline = at_rome(date(2027, 3, 15), time(12))
    first = due_at(Stage.WEEK, deadline)
    assert current(LONG_AGO, deadline, first - timedelta(microseconds=1)) is None
    assert current(LONG_AGO, deadline, first) is Stage.WEEK
    assert current(LONG_AGO, deadline, deadline - timedelta(microseconds=1)) is Stage.HOURS
    assert current(LONG_AGO, deadline, deadline) is None


def test_who_has_just_heard_of_the_deadline_is_not_reminded_of_it() -> None:
    deadline = at_rome(date(2027, 3, 15), time(12))
    told = deadline - timedelta(days=5)
    assert current(told, deadline, told) is None
    assert current(told, deadline, deadline - timedelta(hours=20)) is Stage.DAY


def test_a_deadline_that_moves_has_reminders_of_its_own() -> None:
    deadline = at_rome(date(2027, 3, 15), time(12))
    names = {name_of(3, at, stage) for at in (deadline, deadline + timedelta(hours=2)) for stage in Stage}
    assert len(names) == 6
    assert all(len(name) <= 60 for name in names)


@given(deadline=INSTANTS, told=INSTANTS, before=st.timedeltas(timedelta(0), timedelta(days=12)))
def test_the_reminder_in_hand_is_the_last_whose_instant_has_passed(
    deadline: datetime, told: datetime, before: timedelta
) -> None:
    now = deadline - before
    stage = current(told, deadline, now)
    instants = [due_at(one, deadline) for one in Stage]
    assert instants == sorted(instants)
    if stage is None:
        assert now >= deadline or now < instants[0] or max(i for i in instants if i <= now) <= told
    else:
        later = [i for one, i in zip(Stage, instants, strict=True) if i > due_at(stage, deadline)]
        assert told < due_at(stage, deadline) <= now < min([*later, deadline])
