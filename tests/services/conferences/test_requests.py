"""Art. 29: a fifth of the mayors ask, and the ten days begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.conferences import ask_to_convene, desk_queries, plan_sitting, requests
from portal.conferences.rules import Organ
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.sittings import Chamber

VISITOR = Actor.anonymous()


def asked(chamber: Chamber, *others: int) -> int:
    """The first mayor asks, others join."""
    number = ask_to_convene.ask(chamber.mayors[0], "Torrenti", "Le piene di ottobre.", now=NOW)
    for n in others:
        ask_to_convene.support(chamber.mayors[n], number, now=NOW)
    return number


def test_one_of_six_is_not_a_fifth_and_two_are(clock: Clock, mail: Callable[[], list[Mail]]) -> None:
    chamber = Chamber(comuni=6)
    number = asked(chamber)
    row = requests.request(chamber.mayors[3], number, now=NOW)
    assert (row.count.supporters, row.count.needed, row.count.seats, row.reached_at) == (1, 2, 6, None)
    ask_to_convene.support(chamber.mayors[1], number, now=NOW)
    row = requests.request(VISITOR, number, now=NOW)
    assert row.reached_at == NOW and row.due_on == (NOW + timedelta(days=10)).date()
    assert {one.template for one in mail()} == {"request_reached"}


def test_until_it_is_reached_only_mayors_and_staff_read_it(clock: Clock) -> None:
    chamber = Chamber(comuni=6)
    number = asked(chamber)
    assert requests.requests(VISITOR, now=NOW) == []
    with pytest.raises(NotFound):
        requests.request(VISITOR, number, now=NOW)
    assert requests.request(chamber.secretary, number, now=NOW).subject == "Torrenti"


def test_a_comune_counts_once_and_may_leave_until_it_is_reached(clock: Clock) -> None:
    chamber = Chamber(comuni=11)
    number = asked(chamber, 1)
    with pytest.raises(Conflict):
        ask_to_convene.support(chamber.mayors[1], number, now=NOW)
    ask_to_convene.withdraw(chamber.mayors[1], number, now=NOW)
    assert requests.count(number, NOW).supporters == 1
    ask_to_convene.support(chamber.mayors[1], number, now=NOW)
    ask_to_convene.support(chamber.mayors[2], number, now=NOW)
    for act in (ask_to_convene.withdraw, ask_to_convene.support):
        with pytest.raises(Conflict):
            act(chamber.mayors[2], number, now=NOW)


def test_only_mayors_ask(clock: Clock) -> None:
    chamber = Chamber()
    for nobody in (chamber.deputies[0], chamber.president, chamber.secretary, VISITOR):
        with pytest.raises(Forbidden):
            ask_to_convene.ask(nobody, "Oggetto", "Motivi", now=NOW)


def test_the_sitting_asked_for_begins_with_its_object_and_says_when_it_is_late(clock: Clock) -> None:
    chamber = Chamber()
    number = asked(chamber)  # one of five is a fifth
    conference = chamber.conference()
    sitting = chamber.planned(NOW + timedelta(days=12), conference=conference, request_id=number)
    assert desk_queries.agenda(chamber.secretary, sitting)[0].title == "Torrenti"
    said = [str(one.words) for one in desk_queries.preview(chamber.secretary, sitting, now=NOW).cautions]
    assert any("fifth of the mayors" in words for words in said)
    assert requests.waiting() == []
    with pytest.raises(Invalid):
        chamber.planned(conference=conference, request_id=number)


def test_a_request_that_is_not_reached_has_no_sitting(clock: Clock) -> None:
    chamber = Chamber(comuni=6)
    number = asked(chamber)
    plan = chamber.plan(request_id=number)
    with pytest.raises(Invalid):
        plan_sitting.plan_sitting(chamber.secretary, chamber.conference(), plan, now=NOW)


def test_other_bodies_cannot_be_asked_for(clock: Clock) -> None:
    chamber = Chamber(organ=Organ.PROGRAMMING)
    number = asked(chamber)
    plan = chamber.plan(request_id=number)
    with pytest.raises(Invalid):
        plan_sitting.plan_sitting(chamber.secretary, chamber.conference(), plan, now=NOW)


def test_a_commissioner_asks_as_a_mayor_would(clock: Clock) -> None:
    chamber = Chamber(comuni=6)
    commissioner = factories.holder(Office.COMMISSIONER, factories.body("Comune commissariato"))
    number = ask_to_convene.ask(commissioner, "Oggetto", "Motivi", now=NOW)
    assert requests.request(commissioner, number, now=NOW).supported
    assert chamber.mayors
