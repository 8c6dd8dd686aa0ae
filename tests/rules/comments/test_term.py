"""Working days, and the term that rests while the author is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments.term import Pause, check_term, due_on, late_before
from portal.kernel.errors import Invalid
from portal.kernel.workdays import DAY, easter, is_patron_day, is_working

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PATRONS = st.sampled_from(["", "09-19", "09-29", "06-24"])


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_church_puts_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 29),  # Easter Monday
        date(2028, 4, 25),
        date(2028, 5, 1),
        date(2027, 6, 2),
        date(2028, 8, 15),
        date(2027, 11, 1),
        date(2027, 12, 8),
        date(2028, 12, 25),
        date(2028, 12, 26),
        date(2027, 10, 4),  # Saint Francis, again a holiday from 2026
        date(2027, 3, 6),  # a Saturday
        date(2027, 3, 7),
    ],
)
def test_offices_are_closed(day: date) -> None:
    assert not is_working(day)


def test_saint_francis_was_a_working_day_before() -> None:
    assert is_working(date(2024, 10, 4))


def test_the_patron_closes_the_offices_of_his_own_city_only() -> None:
    michael = date(2027, 9, 29)
    assert is_working(michael)
    assert not is_working(michael, "09-29")
    assert is_working(michael, "09-19")


def test_five_days_from_the_thursday_before_easter() -> None:
    assert due_on(date(2027, 3, 25), 5) == date(2027, 4, 2)


def test_the_patron_gives_one_day_more() -> None:
    assert due_on(date(2027, 9, 27), 3) == date(2027, 9, 30)
    assert due_on(date(2027, 9, 27), 3, patron="09-29") == date(2027, 10, 1)


def test_the_days_of_a_question_do_not_count() -> None:
    monday = date(2027, 3, 1)
    asked, answered = monday + DAY, monday + 3 * DAY
    assert due_on(monday, 5, [Pause(asked, answered)]) == date(2027, 3, 10)
    assert due_on(monday, 5, [Pause(asked, asked)]) == due_on(monday, 5)


@given(DAYS, st.integers(1, 30), PATRONS)
def test_the_term_holds_exactly_its_working_days(start: date, days: int, patron: str) -> None:
    due = due_on(start, days, patron=patron)
    between = [start + timedelta(n) for n in range(1, (due - start).days + 1)]
    assert sum(is_working(day, patron) for day in between) == days
    assert is_working(due, patron)


@given(DAYS, DAYS, st.integers(1, 30), PATRONS)
def test_one_day_tells_what_is_overdue(received: date, today: date, days: int, patron: str) -> None:
    assert (due_on(received, days, patron=patron) < today) is (received < late_before(today, days, patron))


@given(DAYS, st.integers(1, 20), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=4))
def test_a_question_never_shortens_the_term(start: date, days: int, asked: list[tuple[int, int]]) -> None:
    pauses = [Pause(start + timedelta(a), start + timedelta(a + b)) for a, b in asked]
    due = due_on(start, days, pauses)
    assert due >= due_on(start, days)
    assert not any(pause.holds(due) for pause in pauses)
    assert due_on(start, days, [*pauses, *pauses]) == due


@pytest.mark.parametrize("text", ["", "02-29", "09-19"])
def test_a_patrons_day_is_a_day_of_the_year(text: str) -> None:
    assert is_patron_day(text)
    check_term(5, text)


@pytest.mark.parametrize("text", ["13-01", "02-30", "19/09", "9-19", "x", "2-9"])
def test_other_texts_are_none(text: str) -> None:
    with pytest.raises(Invalid):
        check_term(5, text)


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_term_has_some_days_and_not_too_many(days: int) -> None:
    with pytest.raises(Invalid):
        check_term(days, "")
