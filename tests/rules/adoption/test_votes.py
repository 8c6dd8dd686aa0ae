"""What becomes of a vote of the Forum: legal number and majority in both calls, what is repeated, when one is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.kernel.errors import Conflict, Invalid
from portal.opinions.adoption.rules import Result, Taken, check_term, decided, next_vote, reminder_due, result_of
from portal.voting.conditions import parse
from portal.voting.rules import Choice, PollState
from portal.voting.shipped import RULES
from portal.voting.thresholds import Seat, evaluate

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
R9 = next(parse(rule.definition) for rule in RULES if rule.code == "R9")


def _result(seats: int, yes: int, no: int, abstain: int = 0, *, silent: int = 0, call: int = 1) -> Result:
    given = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain + [Choice.PRESENT_NOT_VOTING] * silent
    answers = dict(enumerate(given, 1))
    return result_of(evaluate(R9, [Seat(n) for n in range(1, seats + 1)], answers, call=call).verdict)


@pytest.mark.parametrize(
    ("seats", "answered", "call", "expected"),
    [
        (120, 60, 1, Result.PASSED),  # exactly a half
        (120, 59, 1, Result.NO_QUORUM),
        (121, 60, 1, Result.NO_QUORUM),  # 60.5 are needed: 61
        (121, 61, 1, Result.PASSED),
        (120, 30, 2, Result.PASSED),  # exactly a quarter
        (120, 29, 2, Result.NO_QUORUM),
        (121, 30, 2, Result.NO_QUORUM),  # 30.25 are needed: 31
        (121, 31, 2, Result.PASSED),
    ],
)
def test_the_legal_number_is_a_half_and_then_a_quarter(seats: int, answered: int, call: int, expected: Result) -> None:
    assert _result(seats, answered, 0, call=call) is expected


@pytest.mark.parametrize("call", [1, 2])
def test_more_are_in_favour_than_against_or_it_does_not_pass(call: int) -> None:
    assert _result(100, 26, 25, call=call) is Result.PASSED
    assert _result(100, 25, 25, call=call) is Result.NOT_PASSED


@pytest.mark.parametrize("call", [1, 2])
def test_abstaining_makes_the_number_and_no_majority(call: int) -> None:
    assert _result(100, 1, 0, 49, call=call) is Result.PASSED
    assert _result(100, 0, 0, 100, call=call) is Result.NOT_PASSED
    assert _result(100, 1, 0, 0, silent=49, call=call) is Result.PASSED


@pytest.mark.parametrize("call", [1, 2])
def test_a_vote_that_nobody_answers_has_no_legal_number(call: int) -> None:
    assert _result(100, 0, 0, call=call) is Result.NO_QUORUM


def test_a_vote_without_its_number_is_taken_again_in_the_second_call_and_no_more() -> None:
    first = Taken(7, PollState.PROCLAIMED, 1, Result.NO_QUORUM)
    assert next_vote(None, 1) == (1, None)
    assert next_vote(None, 2) == (2, None)  # the first call was deserted
    assert next_vote(first, 1) == (2, 7)
    assert not decided(Result.NO_QUORUM, 1)
    assert decided(Result.NO_QUORUM, 2)
    with pytest.raises(Conflict, match="decided"):
        next_vote(Taken(8, PollState.PROCLAIMED, 2, Result.NO_QUORUM), 2)


@pytest.mark.parametrize("result", [Result.PASSED, Result.NOT_PASSED])
def test_what_was_decided_is_not_voted_again(result: Result) -> None:
    with pytest.raises(Conflict, match="decided"):
        next_vote(Taken(7, PollState.PROCLAIMED, 1, result), 1)


@pytest.mark.parametrize("state", [PollState.PREPARED, PollState.OPEN, PollState.CLOSED])
def test_nothing_is_voted_twice_at_a_time(state: PollState) -> None:
    with pytest.raises(Conflict, match="not over"):
        next_vote(Taken(7, state, 1, None), 1)


def test_an_annulled_vote_is_taken_again_in_its_own_call() -> None:
    assert next_vote(Taken(7, PollState.ANNULLED, 2, None), 1) == (2, 7)


def test_a_vote_without_a_sitting_lasts_from_four_hours_to_fifteen_days() -> None:
    check_term(NOW, NOW + 4 * HOUR, NOW)
    check_term(NOW, NOW + timedelta(days=15), NOW)
    for end in (NOW, NOW + 4 * HOUR - timedelta(seconds=1), NOW + timedelta(days=15, seconds=1)):
        with pytest.raises(Invalid):
            check_term(NOW, end, NOW)


def test_reminders_come_three_days_one_day_and_two_hours_before_the_end() -> None:
    opens, closes = NOW, NOW + timedelta(days=5)
    assert reminder_due(opens, closes, closes - 72 * HOUR - timedelta(seconds=1)) is None
    assert reminder_due(opens, closes, closes - 72 * HOUR) == 72
    assert reminder_due(opens, closes, closes - 24 * HOUR) == 24
    assert reminder_due(opens, closes, closes - 2 * HOUR) == 2
    assert reminder_due(opens, closes, closes) is None


def test_no_reminder_is_due_from_before_the_vote_was_opened() -> None:
    closes = NOW + 20 * HOUR
    assert reminder_due(NOW, closes, NOW) is None
    assert reminder_due(NOW, closes, closes - HOUR) == 2
