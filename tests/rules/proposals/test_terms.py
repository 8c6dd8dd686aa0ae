"""Three months to the agenda, two more to the decision: calendar months, to the last instant of the day in Rome."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.opinions.proposals.rules import (
    Awaited,
    Degree,
    Facts,
    ProposalStage,
    add_months,
    covered,
    standing,
    warning,
)

SENT = date(2027, 3, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),  # a leap year
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2027, 9, 30), 3, date(2027, 12, 30)),
        (date(2027, 10, 1), 3, date(2028, 1, 1)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),  # no leap year
        (date(2027, 12, 15), 24, date(2029, 12, 15)),
    ],
)
def test_calendar_months_end_with_the_month_that_has_no_such_day(day: date, months: int, end: date) -> None:
    assert add_months(day, months) == end


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(0, 40))
def test_a_month_later_is_never_in_another_month_and_never_goes_back(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day <= day.day
    assert add_months(day, months + 1) > end


def test_the_term_ends_with_the_last_instant_of_its_day_in_rome() -> None:
    facts = Facts(approved=True, sent_on=SENT)
    found = standing(facts, datetime(2027, 3, 2, tzinfo=UTC)).running
    assert found is not None and found.awaited is Awaited.AGENDA
    assert found.due_at == datetime(2027, 6, 1, 21, 59, 59, 999_999, tzinfo=UTC)
    assert not standing(facts, found.due_at).overdue
    late = standing(facts, found.due_at + timedelta(microseconds=1))
    assert late.overdue and late.days_late == 1 and late.left == -1


def test_the_two_months_run_from_the_agenda_if_it_was_in_time() -> None:
    facts = Facts(approved=True, sent_on=SENT, agenda_on=date(2027, 4, 30))
    terms = standing(facts, datetime(2027, 5, 1, tzinfo=UTC)).terms
    assert [term.last_day for term in terms] == [date(2027, 6, 1), date(2027, 6, 30)]
    assert [term.late for term in terms] == [0, 0]


def test_a_council_that_is_late_gains_no_time_by_it() -> None:
    facts = Facts(approved=True, sent_on=SENT, agenda_on=date(2027, 7, 20))
    stands = standing(facts, datetime(2027, 8, 4, 12, tzinfo=UTC))
    assert [term.last_day for term in stands.terms] == [date(2027, 6, 1), date(2027, 8, 1)]
    assert [term.late for term in stands.terms] == [49, 3]
    assert stands.stage is ProposalStage.ON_AGENDA and stands.days_late == 3


def test_a_decision_keeps_for_ever_how_late_it_was_and_nothing_runs_any_more() -> None:
    facts = Facts(True, SENT, date(2027, 5, 1), date(2027, 7, 11))
    stands = standing(facts, datetime(2029, 1, 1, tzinfo=UTC))
    assert stands.stage is ProposalStage.DECIDED
    assert stands.running is None and not stands.overdue
    assert stands.terms[1].late == 10


def test_a_proposal_taken_back_is_late_no_more() -> None:
    facts = Facts(True, SENT, withdrawn_on=date(2027, 6, 11))
    stands = standing(facts, datetime(2028, 1, 1, tzinfo=UTC))
    assert stands.stage is ProposalStage.WITHDRAWN and not stands.overdue
    assert stands.terms[0].late == 10


@pytest.mark.parametrize(
    ("left", "due"), [(31, ""), (30, "30"), (8, "30"), (7, "7"), (0, "7"), (-1, "overdue"), (-90, "overdue")]
)
def test_thirty_and_seven_days_before_and_the_day_after(left: int, due: str) -> None:
    last = datetime(2027, 6, 1, 12, tzinfo=UTC)
    assert warning(standing(Facts(True, SENT), last - left * DAY)) == due


def test_nothing_runs_before_it_is_sent() -> None:
    for facts, at in ((Facts(), ProposalStage.WRITTEN), (Facts(approved=True), ProposalStage.APPROVED)):
        stands = standing(facts, datetime(2030, 1, 1, tzinfo=UTC))
        assert (stands.stage, stands.terms, stands.running, warning(stands)) == (at, (), None, "")


@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ([], None),
        ([Degree.PARTLY], Degree.PARTLY),
        ([Degree.PARTLY, Degree.COVERED], Degree.COVERED),
        ([Degree.NOT_COVERED], Degree.NOT_COVERED),
    ],
)
def test_an_item_amounts_to_the_most_that_one_action_does(said: list[Degree], amounts: Degree | None) -> None:
    assert covered(said) is amounts
