"""Which steps a poll may take, who may not conduct it, and what may be repeated."""

from __future__ import annotations

import itertools

import pytest

from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.voting import rules
from portal.voting.rules import POLL_MACHINE, PollState

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


def test_a_seat_is_answered_for_under_its_own_mandate_alone() -> None:
    rules.check_own_seat(7, 7)
    for seat, acting in ((7, 8), (None, None), (None, 7), (7, None)):
        with pytest.raises(Forbidden):
            rules.check_own_seat(seat, acting)
