"""Votes of a sitting: who may answer is who was there at the opening; when a vote ends; who conducts which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.conferences.accreditation_rules import Presence
from portal.conferences.hall.rules import Way
from portal.conferences.table import polls
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.voting import (
    cast,
    close,
    end_at,
    export,
    name_delegate,
    prepare,
    queries,
    record_answer,
    revise_rule,
    rule_queries,
)
from portal.voting.may_vote import may_vote
from portal.voting.prepare import Question
from portal.voting.rules import Choice, Matter, PollState, SeatPresence
from portal.voting.verifier import Check
from tests import factories, votes
from tests.factories import NOW
from tests.hall import Hall
from tests.votes import key

YES, NO = Choice.YES, Choice.NO


def revised(general: Actor, code: str = "R1", **more: Any) -> None:
    """From now on this rule set says something else."""
    first = next(rule for rule in rule_queries.in_force(NOW.date()) if rule.code == code)
    wanted = revise_rule.Revision(first.definition | more, "Regolamento", "Lo vuole il regolamento.", NOW.date(), 1)
    revise_rule.revise_rule(general, code, wanted, now=NOW)


def vote(hall: Hall, minutes: float = 10) -> int:
    """A vote of the sitting, open."""
    question = Question("Si approva il parere?", Matter.CONFERENCE_OPINION)
    number = polls.prepare_poll(hall.secretariat, hall.sitting, hall.items[1].id, question, now=hall.at(minutes))
    polls.open_it(hall.secretariat, number, now=hall.at(minutes))
    return number


def refusal(hall: Hall, number: int, who: Actor) -> str:
    """Why somebody may not answer: what is said beforehand is what the verb says."""
    told = may_vote(who, number, hall.at(12))
    assert not told.allowed and str(told.words)
    with pytest.raises(DomainError):
        cast.cast(who, number, YES, key=key(), now=hall.at(12))
    return told.code


def test_who_was_in_the_hall_at_the_opening_answers_and_who_comes_later_is_told_why_not() -> None:
    hall = Hall()
    hall.open(1, 2, 5)
    number = vote(hall)
    hall.enter(3, now=hall.at(11))
    assert may_vote(hall.people[1], number, hall.at(12)).code == "may"
    assert [refusal(hall, number, hall.people[n]) for n in (3, 4, 5)] == ["away", "away", "no_seat"]
    with pytest.raises(Conflict):
        record_answer.record_answer(hall.colleague, number, 3, YES, key=key(), now=hall.at(12))
    cast.cast(hall.people[1], number, YES, key=key(), now=hall.at(12))
    assert may_vote(hall.people[1], number, hall.at(12)).code == "may_change"
    assert [seat.number for seat in queries.not_answered(hall.secretariat, number)] == [2]
    turnout = queries.turnout(queries.poll(hall.secretariat, number))
    assert (turnout.answered, turnout.asked, turnout.seats) == (1, 2, 4)
    polls.close_it(hall.secretariat, number, now=hall.at(13))
    assert refusal(hall, number, hall.people[1]) == "closed"
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []


def test_nothing_is_opened_in_an_empty_hall() -> None:
    hall = Hall()
    hall.open(5)
    with pytest.raises(Conflict) as refused:
        vote(hall)
    assert refused.value.code == "nobody_there"


def test_where_the_rules_say_so_who_comes_later_answers_from_then_on() -> None:
    hall = Hall()
    revised(factories.holder(Office.SECRETARY_GENERAL), late_arrivals=True)
    hall.open(1, 2)
    number = vote(hall)
    assert refusal(hall, number, hall.people[3]) == "come"
    hall.enter(3, now=hall.at(11))
    assert may_vote(hall.people[3], number, hall.at(12)).allowed
    cast.cast(hall.people[3], number, YES, key=key(), now=hall.at(12))
    polls.close_it(hall.secretariat, number, now=hall.at(13))
    document = export.document(Actor.anonymous(), number)
    assert [seat.get("presence") for seat in document["roll"]] == ["there", "there", "late", "away"]
    assert Check(document).run().faults == []


def test_a_mayor_from_afar_and_a_deputy_in_the_room_are_one_seat_and_nothing_changes_hands_in_a_vote() -> None:
    hall = Hall(accredited=False)
    for number in (2, 3):
        hall.accredit(number)
    hall.accredit(1, means=Presence.REMOTE)
    hall.open(2, 3)
    hall.enter(1, Way.REMOTE, now=hall.at(1))
    deputy = hall.chamber.deputies[0]
    number = vote(hall)
    with pytest.raises(Conflict) as refused:
        hall.accredit(1, deputy, now=hall.at(11))
    assert refused.value.code == "poll_open"
    assert refusal(hall, number, deputy) == "held_by_other"
    cast.cast(hall.people[1], number, YES, key=key(), now=hall.at(12))
    polls.close_it(hall.secretariat, number, now=hall.at(13))

    hall.accredit(1, deputy, now=hall.at(14))
    again = vote(hall, 20)
    seat = queries.roll(again)[0]
    assert (seat.mandate_id, seat.delegated) == (deputy.acting and deputy.acting.mandate_id, True)
    assert seat.presence is SeatPresence.THERE
    assert cast.cast(deputy, again, NO, key=key(), now=hall.at(21)).seat == 1
    assert may_vote(hall.people[1], again, hall.at(21)).code == "held_by_other"


def test_an_office_that_one_statute_refuses_sits_by_delegation_under_another() -> None:
    hall = votes.Hall()
    assessor = factories.holder(Office.OFFICER, hall.bodies[0])
    assert assessor.acting is not None
    with pytest.raises(Invalid):
        name_delegate.name_delegate(hall.clerk, hall.prepared(), 1, assessor.acting.mandate_id, "Atto 3", now=NOW)
    revised(hall.general, by_delegation=[Office.DEPUTY_MAYOR.value, Office.OFFICER.value])
    number = hall.prepared()
    name_delegate.name_delegate(hall.clerk, number, 1, assessor.acting.mandate_id, "Atto 3", now=NOW)
    assert queries.roll(number)[0].mandate_id == assessor.acting.mandate_id


def test_at_the_last_instant_an_answer_is_refused_and_a_moment_before_it_counts() -> None:
    hall = votes.Hall()
    number = hall.open()
    ends = end_at.last_call(hall.clerk, number, 30, now=NOW)
    assert ends == NOW + timedelta(seconds=30)
    before = ends - timedelta(microseconds=1)
    kept = key()
    receipt = cast.cast(hall.mayors[1], number, YES, key=kept, now=before)
    for who, sent in ((hall.mayors[2], key()), (hall.mayors[1], key())):
        with pytest.raises(Conflict) as refused:
            cast.cast(who, number, NO, key=sent, now=ends)
        assert refused.value.code == "time_over"
    assert may_vote(hall.mayors[2], number, ends).code == "time_over"
    assert cast.cast(hall.mayors[1], number, YES, key=kept, now=ends).code == receipt.code

    assert polls.close_due(before) == 0
    assert polls.close_due(ends) == 1
    assert polls.close_due(ends) == 0
    page = queries.poll(Actor.anonymous(), number)
    assert page.state is PollState.CLOSED and page.closed_at == ends
    assert Check(export.document(Actor.anonymous(), number)).run().faults == []


def test_a_last_call_is_put_off_or_lifted_but_nobody_is_left_with_less_time() -> None:
    hall = votes.Hall()
    number = hall.open()
    end_at.last_call(hall.clerk, number, 60, now=NOW)
    with pytest.raises(Conflict) as refused:
        end_at.last_call(hall.clerk, number, 20, now=NOW)
    assert refused.value.code == "earlier"
    assert end_at.last_call(hall.clerk, number, 90, now=NOW) == NOW + timedelta(seconds=90)
    assert end_at.end_at(hall.clerk, number, None, now=NOW) is None
    cast.cast(hall.mayors[1], number, YES, key=key(), now=NOW + timedelta(hours=1))
    with pytest.raises(Forbidden):
        end_at.last_call(hall.mayors[1], number, 30, now=NOW)


def test_a_mandate_that_ends_while_a_vote_is_open_answers_no_more_and_the_seat_stays_in_the_base() -> None:
    hall = votes.Hall()
    number = hall.open()
    mayor = hall.mayors[2]
    ended = Actor(person_id=mayor.person_id)
    assert may_vote(ended, number, NOW).code == "mandate_ended"
    with pytest.raises(Forbidden):
        cast.cast(ended, number, YES, key=key(), now=NOW)
    close.close(hall.clerk, number, now=NOW)
    outcome = queries.poll(Actor.anonymous(), number).outcome
    assert outcome is not None and outcome.results[0].axis.total == 5
    assert may_vote(Actor.anonymous(), hall.open(), NOW).code == "visitor"


def test_the_secretary_of_the_forum_conducts_votes_of_a_forum_and_no_others() -> None:
    hall = votes.Hall()
    secretary = factories.holder(Office.FORUM_SECRETARY)
    prepared = hall.prepared()
    with pytest.raises(NotFound):
        queries.poll(secretary, prepared)
    number = hall.open()
    for act in (
        lambda: close.close(secretary, number, now=NOW),
        lambda: end_at.last_call(secretary, number, 30, now=NOW),
        lambda: record_answer.record_answer(secretary, number, 1, YES, key=key(), now=NOW),
        lambda: queries.not_answered(secretary, number),
        lambda: prepare.prepare(secretary, Question("Parere?", Matter.CONFERENCE_OPINION), now=NOW),
    ):
        with pytest.raises(Forbidden):
            act()
    assert [row.id for row in queries.polls(secretary)] == [number]
    db.session.rollback()
