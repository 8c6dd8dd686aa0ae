"""A show of hands and a paper tally: one enters, another confirms, and then all of it counts or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts import two_persons
from portal.accounts.two_persons import Waiting
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.voting import cast, close, confirm_tally, propose_tally, queries, results, tallies
from portal.voting.rules import Channel, Choice
from tests.factories import NOW
from tests.votes import Hall, key

HANDS = {1: Choice.YES, 2: Choice.NO, 3: Choice.ABSTAIN}


def waiting(number: int) -> list[Waiting]:
    return two_persons.waiting(f"poll:{number}", tallies.KIND, now=NOW)


def test_nothing_counts_until_a_second_person_confirms() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.SHOW_OF_HANDS, now=NOW)
    assert queries.answered(number) == frozenset()
    assert [w.payload["answers"] for w in waiting(number)] == [{"1": "yes", "2": "no", "3": "abstain"}]
    receipts = confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW)
    assert queries.answered(number) == {1, 2, 3}
    assert {r.channel for r in receipts} == {Channel.SHOW_OF_HANDS}
    assert waiting(number) == []


def test_who_entered_does_not_confirm() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    with pytest.raises(Conflict, match="another person"):
        confirm_tally.confirm_tally(hall.clerk, number, request, now=NOW)
    with pytest.raises(Forbidden):
        confirm_tally.confirm_tally(Actor.system(), number, request, now=NOW)
    assert queries.answered(number) == frozenset()


def test_a_refused_tally_is_gone_and_is_not_confirmed_later() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    confirm_tally.refuse(hall.colleague, number, request, now=NOW)
    with pytest.raises(Conflict):
        confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW)


def test_who_entered_may_take_it_back() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    confirm_tally.refuse(hall.clerk, number, request, now=NOW)
    assert waiting(number) == []


def test_confirmed_once_is_confirmed_for_good() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW)
    with pytest.raises(Conflict):
        confirm_tally.confirm_tally(hall.general, number, request, now=NOW)
    close.close(hall.clerk, number, now=NOW)
    assert len(results.ballots(number)) == 3


def test_nobody_confirms_what_has_expired_or_belongs_to_another_poll() -> None:
    hall = Hall()
    number, other = hall.open(), hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    with pytest.raises(Gone):
        confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW + timedelta(hours=1))
    with pytest.raises(NotFound):
        confirm_tally.confirm_tally(hall.colleague, other, request, now=NOW)
    assert queries.answered(other) == frozenset()


def test_a_tally_confirmed_after_the_closing_counts_for_nothing() -> None:
    hall = Hall()
    number = hall.open()
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    close.close(hall.clerk, number, now=NOW)
    with pytest.raises(Conflict):
        confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW)
    assert results.ballots(number) == []


def test_seats_that_have_answered_are_named_and_replaced_only_if_said() -> None:
    hall = Hall()
    number = hall.open()
    cast.cast(hall.mayors[1], number, Choice.NO, key=key(), now=NOW)
    with pytest.raises(Conflict, match="Comune 001"):
        propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, now=NOW)
    request = propose_tally.propose_tally(hall.clerk, number, HANDS, Channel.PAPER, replace=True, now=NOW)
    confirm_tally.confirm_tally(hall.colleague, number, request, now=NOW)
    close.close(hall.clerk, number, now=NOW)
    assert results.answers(number)[1].choice is Choice.YES


@pytest.mark.parametrize("answers", [{}, {9: Choice.YES}, {2: Choice.YES}, {1: Choice.WITHDRAWN}])
def test_answers_of_no_seat_or_a_vacant_one_are_refused(answers: dict[int, Choice]) -> None:
    hall = Hall(vacant=[2])
    number = hall.open()
    with pytest.raises(Invalid):
        propose_tally.propose_tally(hall.clerk, number, answers, Channel.PAPER, now=NOW)


def test_mayors_and_visitors_enter_nothing() -> None:
    hall = Hall()
    number = hall.open()
    for who in (hall.mayors[1], Actor.anonymous()):
        with pytest.raises(Forbidden):
            propose_tally.propose_tally(who, number, HANDS, Channel.PAPER, now=NOW)
