"""Straw indications: asked once, given by those who are there, counted at the close, never a vote."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.conferences import undo
from portal.conferences.hall import acts
from portal.conferences.table import indicate, polls, queries, votes
from portal.conferences.table.counting import Weight
from portal.conferences.table.models import Indication, IndicationRound, SittingPoll
from portal.conferences.table.rules import Stance
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.voting.prepare import Question
from portal.voting.rules import Matter
from tests.hall import Hall
from tests.races import at_once

VISITOR = Actor.anonymous()


def asked(hall: Hall) -> int:
    hall.open(1, 2, 3)
    item = hall.call_item(2)
    action = hall.chamber.actions[0].id
    return indicate.open_round(hall.secretariat, hall.sitting, item, action, now=hall.at(2))


def test_what_bodies_say_is_told_when_the_round_closes_with_both_figures() -> None:
    hall = Hall()
    number = asked(hall)
    indicate.indicate(hall.people[1], hall.sitting, number, Stance.CONTRARY, now=hall.at(3))
    indicate.indicate(hall.people[1], hall.sitting, number, Stance.FAVOURABLE, now=hall.at(4))
    indicate.indicate(hall.people[1], hall.sitting, number, Stance.FAVOURABLE, now=hall.at(4, 1))  # pressed twice
    indicate.indicate_for(hall.secretariat, hall.sitting, number, 2, Stance.WITH_REMARKS, now=hall.at(4))
    hidden = queries.sheet(VISITOR, hall.sitting, number, now=hall.at(5))
    assert hidden.counts is None and {one.stance for one in hidden.rows} == {None} and hidden.round.answered == 2
    with pytest.raises(Forbidden):
        indicate.indicate(hall.people[4], hall.sitting, number, Stance.FAVOURABLE, now=hall.at(5))

    found = indicate.close_round(hall.secretariat, hall.sitting, number, now=hall.at(6))
    assert (found.favourable, found.with_remarks, found.contrary) == (Weight(1, 1_000), Weight(1, 2_000), Weight())
    assert found.silent == Weight(1, 3_000) and found.entitled.bodies == len(hall.people)
    hall.leave(1, now=hall.at(7))
    shown = queries.sheet(VISITOR, hall.sitting, number, now=hall.at(8))
    assert shown.counts == found and shown.rows[0].stance is Stance.FAVOURABLE
    assert len(queries.versions(VISITOR, hall.sitting, number)) == 3
    with pytest.raises(Conflict):
        indicate.indicate(hall.people[2], hall.sitting, number, Stance.CONTRARY, now=hall.at(9))


def test_one_round_at_a_time_on_an_action_of_the_item_and_back_within_ten_seconds() -> None:
    hall = Hall()
    number = asked(hall)
    item = hall.items[1].id
    asking = hall.chamber.actions[1].id
    with pytest.raises(Conflict):
        indicate.open_round(hall.secretariat, hall.sitting, item, asking, now=hall.at(3))
    last = acts.last(hall.secretariat, hall.sitting, hall.at(2, 5))
    assert last is not None
    undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(2, 5))
    assert db.session.query(IndicationRound).count() == 0
    with pytest.raises(Invalid):
        indicate.open_round(hall.secretariat, hall.sitting, hall.items[0].id, asking, now=hall.at(3))

    number = indicate.open_round(hall.secretariat, hall.sitting, item, asking, now=hall.at(3))
    indicate.close_round(hall.secretariat, hall.sitting, number, now=hall.at(4))
    last = acts.last(hall.secretariat, hall.sitting, hall.at(4, 5))
    assert last is not None
    undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(4, 5))
    indicate.indicate(hall.people[1], hall.sitting, number, Stance.CONTRARY, now=hall.at(5))
    hall.call_item(3, now=hall.at(6))  # the round was open before, and is not in the way back
    last = acts.last(hall.secretariat, hall.sitting, hall.at(6, 5))
    assert last is not None
    undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(6, 5))
    hall.close()
    closed = queries.sheet(VISITOR, hall.sitting, number, now=hall.at(95))
    assert not closed.round.is_open and closed.counts and closed.counts.contrary.bodies == 1
    assert closed.counts.silent.bodies == 2


def test_two_windows_of_one_seat_leave_one_answer(app: Flask) -> None:
    hall = Hall()
    number = asked(hall)
    who = [hall.people[1], hall.people[1], hall.people[2], hall.people[3]]
    acts_at_once = [
        lambda one=one: indicate.indicate(who[one], hall.sitting, number, list(Stance)[one % 3], now=hall.at(3))
        for one in range(len(who))
    ]
    outcomes = at_once(app, acts_at_once)
    db.session.rollback()
    standing = db.session.query(Indication).filter(Indication.replaced_at.is_(None)).all()
    assert outcomes.count(None) >= 3
    assert sorted(row.seat_id for row in standing) == [hall.seats[seat] for seat in (1, 2, 3)]


def test_votes_belong_to_opinions_and_resolutions_alone() -> None:
    hall = Hall()
    hall.open()
    question = Question("Si approva il parere?", Matter.CONFERENCE_OPINION)
    with pytest.raises(Invalid):
        polls.prepare_poll(hall.secretariat, hall.sitting, hall.items[2].id, question, now=hall.at(2))
    number = polls.prepare_poll(hall.secretariat, hall.sitting, hall.items[1].id, question, now=hall.at(2))
    assert db.session.get_one(SittingPoll, number).item_id == hall.items[1].id
    with pytest.raises(Conflict):
        polls.tie_poll(hall.secretariat, hall.sitting, hall.items[1].id, number, now=hall.at(3))
    polls.open_it(hall.secretariat, number, now=hall.at(4))
    (line,) = votes.poll_lines(hall.secretariat, hall.sitting, hall.at(4))
    assert line.reachable and len(line.missing) == 4
    for seat in (2, 3, 4):
        hall.leave(seat, now=hall.at(4))
    (line,) = votes.poll_lines(hall.secretariat, hall.sitting, hall.at(4, 30))
    assert not line.reachable and line.turnout and line.turnout.enough_possible
    polls.close_it(hall.secretariat, number, now=hall.at(5))
    assert [kind for kind in hall.told() if kind.startswith("Poll")] == ["PollTied", "PollMoved", "PollMoved"]
