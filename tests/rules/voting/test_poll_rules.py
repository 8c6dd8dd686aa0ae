"""Which steps a poll may take, who may not conduct it, and what may be repeated."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from portal.kernel.errors import Conflict, Invalid
from portal.voting import rules
from portal.voting.rules import POLL_MACHINE, PollState, SeatPresence
from tests.factories import NOW

STEPS = {
    (PollState.PREPARED, PollState.OPEN),
    (PollState.PREPARED, PollState.ANNULLED),
    (PollState.OPEN, PollState.CLOSED),
    (PollState.OPEN, PollState.ANNULLED),
    (PollState.CLOSED, PollState.PROCLAIMED),
    (PollState.CLOSED, PollState.ANNULLED),
    (PollState.PROCLAIMED, PollState.ANNULLED),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(PollState, PollState)))
def test_only_the_steps_of_the_table_are_possible(before: PollState, after: PollState) -> None:
    assert POLL_MACHINE.allows(before, after) is ((before, after) in STEPS)


@pytest.mark.parametrize(
    ("state", "call", "met", "following"),
    [
        (PollState.CLOSED, 1, False, 2),
        (PollState.PROCLAIMED, 2, False, 3),
        (PollState.ANNULLED, 1, True, 1),
        (PollState.ANNULLED, 3, False, 3),
    ],
)
def test_what_did_not_pass_is_repeated_in_the_next_call_and_what_was_annulled_in_the_same(
    state: PollState, call: int, met: bool, following: int
) -> None:
    assert rules.next_call(state, call, met=met) == following


@pytest.mark.parametrize(
    ("state", "call", "met"),
    [
        (PollState.OPEN, 1, False),
        (PollState.PREPARED, 1, False),
        (PollState.CLOSED, 1, True),
        (PollState.CLOSED, 3, False),
    ],
)
def test_nothing_else_is_repeated(state: PollState, call: int, met: bool) -> None:
    with pytest.raises(Conflict):
        rules.next_call(state, call, met=met)


def test_a_secret_vote_is_refused_and_a_weighted_one_with_its_own_reason() -> None:
    rules.check_not_secret(False, weighted=True)
    codes = []
    for weighted in (True, False):
        with pytest.raises(Invalid) as refused:
            rules.check_not_secret(True, weighted=weighted)
        codes.append(refused.value.code)
    assert codes == ["weighted_secret", "secret"]


def test_an_answer_that_cannot_be_changed_is_confirmed_first() -> None:
    for may_change, confirmed in ((True, True), (True, False), (False, True)):
        rules.check_confirmed(may_change, confirmed)
    with pytest.raises(Conflict) as refused:
        rules.check_confirmed(False, False)
    assert refused.value.code == "confirm"


def test_a_seat_of_a_sitting_answers_only_if_somebody_was_in_the_hall() -> None:
    for presence in (None, SeatPresence.THERE, SeatPresence.LATE):
        rules.check_there(presence)
    with pytest.raises(Conflict):
        rules.check_there(SeatPresence.AWAY)


def test_an_end_that_was_told_is_put_off_but_never_brought_forward() -> None:
    later = NOW + timedelta(seconds=30)
    rules.check_end(later, None, NOW)
    rules.check_end(later, later, NOW)
    for at, told in ((NOW, None), (later, later + timedelta(seconds=1))):
        with pytest.raises((Conflict, Invalid)):
            rules.check_end(at, told, NOW)


def test_an_open_poll_is_over_at_its_instant_and_not_before() -> None:
    later = NOW + timedelta(seconds=30)
    assert rules.is_over(PollState.OPEN, later, later)
    assert not rules.is_over(PollState.OPEN, later, later - timedelta(microseconds=1))
    assert not rules.is_over(PollState.OPEN, None, later)
    rules.check_may_end(PollState.PREPARED, later, later)
    for state, closes_at in ((PollState.OPEN, NOW), (PollState.CLOSED, None), (PollState.ANNULLED, None)):
        with pytest.raises(Conflict):
            rules.check_may_end(state, closes_at, NOW)


def test_a_last_call_takes_from_ten_seconds_to_ten_minutes() -> None:
    assert [rules.check_seconds(seconds) for seconds in (10, 60, 600)] == [10, 60, 600]
    for seconds in (9, 601, -1):
        with pytest.raises(Invalid):
            rules.check_seconds(seconds)
