"""Asking for the floor: who may, whose turn it is, and what one reads of it."""

from __future__ import annotations

import pytest

from portal.accounts.models import Person
from portal.conferences.floor import arrange, ask, settle
from portal.conferences.floor.board import floor_board
from portal.conferences.floor.mine import mine
from portal.conferences.floor.rules import FloorKind, Ordering
from portal.conferences.hall import session
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden
from tests import factories
from tests.speaking import ORDINARY, POINT, Floor


@pytest.fixture
def floor(database: None) -> Floor:
    """A session that goes on."""
    return Floor()


def test_whoever_is_present_asks_once_however_often_the_signal_is_lost(floor: Floor) -> None:
    first = floor.asks(1)
    assert floor.asks(1) == first
    with pytest.raises(Conflict, match="in the queue already"):
        floor.asks(1, key="another-tab")
    assert floor.asks(1, POINT) != first
    assert floor.waiting() == [1, 1]
    settle.withdraw(floor.people[1], floor.sitting, first, now=floor.at(2))
    assert floor.asks(1, key="again") != first


@pytest.mark.once
def test_nobody_asks_who_is_not_there_or_not_accredited_or_when_nothing_goes_on(floor: Floor) -> None:
    floor.leave(2)
    with pytest.raises(Forbidden, match="not counted as present"):
        floor.asks(2)
    with pytest.raises(Forbidden, match="not accredited"):
        ask.ask(floor.chamber.deputies[0], floor.sitting, ORDINARY, "deputy", now=floor.at(2))
    with pytest.raises(Forbidden, match="not accredited"):
        ask.ask(Actor.anonymous(), floor.sitting, ORDINARY, "stranger", now=floor.at(2))
    floor.end_mandate(3, floor.at(-1))
    ended = factories.actor(db.session.get_one(Person, floor.people[3].person_id), now=floor.at(2))
    with pytest.raises(Forbidden, match="not in force"):
        ask.ask(ended, floor.sitting, ORDINARY, "ended", now=floor.at(2))
    session.suspend(floor.secretariat, floor.sitting, "Verifica", now=floor.at(2))
    with pytest.raises(Conflict, match="suspended"):
        floor.asks(1)


@pytest.mark.once
def test_who_leaves_the_hall_leaves_the_queue_and_comes_back_with_the_undo(floor: Floor) -> None:
    floor.asks(1)
    floor.gives(floor.asks(2))
    floor.asks(2, POINT)
    floor.leave(2, now=floor.at(4))
    assert floor.waiting() == [1]
    assert floor.board().speaking is None
    floor.back(floor.at(4, 5))
    board = floor.board(floor.at(5))
    assert board.speaking is not None
    assert board.speaking.voice.seat == 2
    assert floor.waiting() == [2, 1]


@pytest.mark.once
def test_a_closed_list_takes_points_of_order_alone_and_the_next_item_has_its_own(floor: Floor) -> None:
    floor.asks(1)
    arrange.close_queue(floor.secretariat, floor.sitting, now=floor.at(2))
    with pytest.raises(Conflict, match="closed"):
        floor.asks(2)
    floor.asks(2, POINT)
    floor.call_item(2, now=floor.at(5))
    assert floor.waiting() == [2]
    floor.asks(1, FloorKind.EXPLANATION_OF_VOTE, now=floor.at(6))
    floor.asks(1, key="on-the-second", now=floor.at(6))
    assert floor.waiting() == [2, 1, 1]
    floor.close()
    assert floor.waiting() == []


def test_the_rule_and_the_hand_put_the_queue_in_order_and_both_can_be_taken_back(floor: Floor) -> None:
    floor.gives(floor.asks(1))
    floor.next(now=floor.at(4))
    second = floor.asks(1, key="second", now=floor.at(5))
    floor.asks(2, now=floor.at(5, 1))
    floor.asks(3, now=floor.at(5, 2))
    assert floor.waiting() == [1, 2, 3]
    arrange.set_ordering(floor.secretariat, floor.sitting, Ordering.FIRST_TIMERS, now=floor.at(6))
    assert floor.waiting() == [2, 3, 1]
    arrange.move(floor.secretariat, floor.sitting, second, -1, now=floor.at(7))
    assert floor.waiting() == [2, 1, 3]
    floor.back(floor.at(7, 9))
    assert floor.waiting() == [2, 3, 1]
    arrange.move(floor.secretariat, floor.sitting, second, -1, now=floor.at(8))
    arrange.set_ordering(floor.secretariat, floor.sitting, Ordering.ARRIVAL, now=floor.at(9))
    assert floor.waiting() == [1, 2, 3]


@pytest.mark.once
def test_a_delegate_reads_which_turn_it_is_and_about_how_long_that_is(floor: Floor) -> None:
    floor.gives(floor.asks(1), now=floor.at(10))
    for number in (2, 3):
        floor.asks(number, now=floor.at(11))
    own = mine(floor.people[3], floor.sitting, floor.at(11))
    assert [(turn.place, turn.minutes) for turn in own.turns] == [(2, 9)]
    assert own.offered == (FloorKind.PERSONAL_STATEMENT, POINT)
    assert mine(floor.people[1], floor.sitting, floor.at(11)).speaking is not None
    floor.leave(4)
    assert str(mine(floor.people[4], floor.sitting, floor.at(12)).why_not).startswith("You are not counted")


@pytest.mark.once
def test_names_are_told_to_those_who_conduct_and_of_those_who_sit_by_right(floor: Floor) -> None:
    deputy = floor.chamber.deputies[1]
    floor.accredit(2, deputy, now=floor.at(1))
    floor.people[2] = deputy
    floor.enter(2)
    floor.asks(1)
    floor.asks(2)
    staff = {one.voice.seat: one.voice.person for one in floor.board().queue}
    public = {
        one.voice.seat: one.voice.person for one in floor_board(Actor.anonymous(), floor.sitting, floor.at(3)).queue
    }
    assert staff == {1: floor.people[1].name, 2: deputy.name}
    assert public == {1: floor.people[1].name, 2: ""}
