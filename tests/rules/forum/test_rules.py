"""The days of a membership, the steps of a request to join, and the rules of a Forum as data."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forum.rules import APPLICATIONS, DECIDED_STATES, ApplicationState, Span, Standing, standing
from portal.forum.ruleset import LINES, ForumRules, parse
from portal.kernel.errors import Conflict, Invalid

FIRST = date(2027, 1, 1)
spans = st.builds(
    lambda start, length: Span(FIRST + timedelta(start), None if length is None else FIRST + timedelta(start + length)),
    st.integers(0, 60),
    st.none() | st.integers(0, 30),
)


@given(spans, st.lists(spans, max_size=3), st.integers(-5, 100))
def test_an_organisation_has_its_seat_within_its_days_and_outside_of_every_suspension(
    membership: Span, suspensions: list[Span], n: int
) -> None:
    day = FIRST + timedelta(n)
    found = standing(membership, suspensions, day)
    assert (found is Standing.MEMBER) == (
        membership.holds_on(day) and not any(one.holds_on(day) for one in suspensions)
    )
    assert (found is Standing.TO_COME) == (day < membership.starts_on)


@given(spans, spans)
def test_two_spans_overlap_if_they_share_a_day(one: Span, other: Span) -> None:
    days = [FIRST + timedelta(n) for n in range(100)]
    assert one.overlaps(other) == any(one.holds_on(day) and other.holds_on(day) for day in days)


@pytest.mark.parametrize("state", sorted(DECIDED_STATES))
def test_what_is_decided_stays_decided(state: ApplicationState) -> None:
    for target in ApplicationState:
        with pytest.raises(Conflict):
            APPLICATIONS.advance(state, target)


def test_the_rules_that_ship_are_those_of_the_law() -> None:
    rules = ForumRules()
    assert (rules.opinion_days, rules.after_interruption_days, rules.dissent_hours) == (20, 15, 24)
    assert (rules.minority, rules.mapping) == (Fraction(1, 5), Fraction(1, 4))
    assert (rules.agenda_months, rules.decision_months) == (3, 2)
    assert parse(rules.as_data()) == rules
    assert set(LINES) == set(rules.as_data())


@pytest.mark.parametrize(
    "wrong",
    [
        {"opinion_days": 0},
        {"opinion_days": "20"},
        {"opinion_days": True},
        {"minority_numerator": 6},
        {"least_shown": 99},
    ],
)
def test_a_number_out_of_its_range_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(ForumRules().as_data() | wrong)
    assert refusal.value.problems
