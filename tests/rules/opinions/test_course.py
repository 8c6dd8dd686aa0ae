"""Statute art. 30 c.6: the days of the two further sittings, and what they amount to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Conflict
from portal.opinions import rules
from portal.opinions.rules import Attempt, DocumentKind, Result, Stage

DAY_0 = date(2026, 3, 2)


def sat(number: int, day: int, result: Result = Result.NOT_REACHED) -> Attempt:
    return Attempt(number, 1, DAY_0 + timedelta(days=day), result, None if result is Result.DESERTED else number)


def on(*attempts: Attempt, day: int) -> rules.Course:
    return rules.course(attempts, DAY_0 + timedelta(days=day))


def reasons(found: rules.Course, **more: bool) -> list[str]:
    at = rules.stage(found, text=True, document=None, transmitted=False)
    return [one.code for one in rules.blocked(at, found, document=False, overridden=more.get("overridden", False))]


def test_three_sittings_on_days_0_9_and_10_are_enough() -> None:
    found = on(sat(1, 0, Result.DESERTED), sat(2, 9, Result.DESERTED), sat(3, 10), day=10)
    assert found.exhausted
    assert rules.stage(found, text=True, document=None, transmitted=False) is Stage.NOT_RENDERED


def test_three_calls_of_one_notice_are_three_sittings() -> None:
    calls = [Attempt(7, n, DAY_0 + timedelta(days=n - 1), Result.DESERTED) for n in (1, 2, 3)]
    assert rules.course(calls, DAY_0 + timedelta(days=2)).exhausted


@pytest.mark.parametrize(("day", "enough"), [(30, True), (31, False)])
def test_the_thirtieth_day_belongs_to_the_term_and_the_next_does_not(day: int, enough: bool) -> None:
    found = on(sat(1, 0), sat(2, 15), sat(3, day), day=day)
    assert found.exhausted is enough
    assert found.last_day == date(2026, 4, 1)
    assert reasons(found) == (["no_document"] if enough else ["expired"])


def test_a_further_sitting_on_day_0_does_not_count() -> None:
    assert on(sat(1, 0), sat(2, 0), sat(3, 1), day=1).missing == 1


def test_an_opinion_reached_after_the_term_is_still_an_opinion() -> None:
    found = on(sat(1, 0), sat(2, 15), sat(3, 31, Result.REACHED), day=31)
    assert rules.stage(found, text=True, document=None, transmitted=False) is Stage.REACHED
    assert reasons(found) == ["no_document"]


@pytest.mark.parametrize(
    ("day", "alarm"), [(0, None), (19, None), (20, 20), (26, 20), (27, 27), (30, 27), (31, None)]
)  # fmt: skip
def test_alarms_are_given_at_day_20_and_27_while_there_is_time(day: int, alarm: int | None) -> None:
    assert on(sat(1, 0), day=day).alarm == alarm


def test_the_council_goes_on_once_the_document_is_transmitted_or_two_persons_say_so() -> None:
    found = on(sat(1, 0), day=40)
    assert reasons(found) == ["expired"]
    assert reasons(found, overridden=True) == []
    passed = on(sat(1, 0, Result.REACHED), day=1)
    at = rules.stage(passed, text=True, document=DocumentKind.OPINION, transmitted=True)
    assert rules.blocked(at, passed, document=True, overridden=False) == ()


def test_an_opinion_cannot_pass_without_a_text() -> None:
    with pytest.raises(Conflict):
        rules.stage(on(sat(1, 0, Result.REACHED), day=0), text=False, document=None, transmitted=False)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([Result.NOT_REACHED, Result.DESERTED])), max_size=6),
    st.integers(0, 90),
)
def test_days_are_counted_from_the_first_sitting_in_whatever_order_they_are_told(
    held: list[tuple[int, Result]], today: int
) -> None:
    attempts = [sat(n, day, result) for n, (day, result) in enumerate(held, 1)]
    found = on(*attempts, day=today)
    assert found == on(*reversed(attempts), day=today)
    if not attempts:
        assert (found.held, found.last_day, found.missing) == (0, None, 3)
        return
    first = min(day for day, _ in held)
    further = [day for day, _ in held if 1 <= day - first <= 30]
    assert found.held == 1 + min(len(further), 2)
    assert found.last_day == DAY_0 + timedelta(days=first + 30)
    assert found.exhausted is (len(further) >= 2)
    assert found.held + found.missing == 3
    rules.stage(found, text=False, document=None, transmitted=False)  # every course has a stage
