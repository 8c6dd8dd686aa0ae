"""A line from a delegate to the secretariat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.conferences.follow import help as line
from portal.conferences.follow import queries
from portal.conferences.follow.rules import Hindrance
from portal.kernel.errors import Conflict, Forbidden, Invalid
from tests.conftest import Clock
from tests.hall import Hall


def test_somebody_asks_once_and_the_desk_answers_once(clock: Clock) -> None:
    hall = Hall()
    who, key = hall.people[1], "a1b2c3d4e5f6"
    first = line.ask_help(who, hall.sitting, "Non sento.", key, now=hall.at(1))
    assert line.ask_help(who, hall.sitting, "Non sento.", key, now=hall.at(1)) == first
    with pytest.raises(Conflict):
        line.ask_help(who, hall.sitting, "Ancora.", "another-key", now=hall.at(2))
    assert [one.text for one in line.waiting(hall.secretariat, hall.sitting)] == ["Non sento."]
    line.answer_help(hall.moderator, hall.sitting, first, "Alzi il volume.", now=hall.at(3))
    with pytest.raises(Conflict):
        line.answer_help(hall.secretariat, hall.sitting, first, "Fatto.", now=hall.at(4))
    assert line.waiting(hall.auditor, hall.sitting) == []
    assert line.own(who, hall.sitting)[0].answer == "Alzi il volume."
    assert line.own(hall.people[2], hall.sitting) == []
    assert hall.told()[-2:] == ["HelpAsked", "HelpAnswered"]


def test_strangers_neither_ask_nor_answer(clock: Clock) -> None:
    hall = Hall()
    with pytest.raises(Forbidden):
        line.ask_help(hall.chamber.deputies[0], hall.sitting, "Aiuto.", "a1b2c3d4", now=hall.at())
    asked = line.ask_help(hall.people[1], hall.sitting, "Aiuto.", "a1b2c3d4", now=hall.at())
    with pytest.raises(Forbidden):
        line.answer_help(hall.auditor, hall.sitting, asked, "", now=hall.at())
    with pytest.raises(Invalid):
        line.ask_help(hall.people[2], hall.sitting, "x" * 10_000, "a1b2c3d4", now=hall.at())


def test_a_place_is_lost_with_the_mandate_and_with_the_seat(clock: Clock) -> None:
    hall = Hall()
    own = queries.own(hall.people[1], hall.sitting)
    assert own.takes_part and own.place is not None and own.place.seat == 1
    assert queries.own(replace(hall.people[1], grants=()), hall.sitting).hindrance is Hindrance.MANDATE_ENDED
    deputy = hall.chamber.deputies[0]
    assert queries.own(deputy, hall.sitting).hindrance is Hindrance.NOT_NAMED
    hall.accredit(1, deputy)
    assert queries.own(hall.people[1], hall.sitting).hindrance is Hindrance.HANDED_OVER
    assert queries.own(deputy, hall.sitting).takes_part
