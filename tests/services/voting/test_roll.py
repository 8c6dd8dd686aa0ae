"""The roll: bodies and residents when a poll is prepared, persons and titles when it is opened, then nothing moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.accounts import end_mandate, grant_mandate
from portal.accounts.grant_mandate import Appointment
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.territory.models import PopulationSnapshot
from portal.voting import cast, close, name_delegate, open_poll, prepare, queries, results
from portal.voting.conditions import Dimension
from portal.voting.rules import Choice, Matter
from tests import factories
from tests.factories import NOW
from tests.forum import Forum
from tests.votes import Hall, key

PUBLIC = Actor.anonymous()
LATER = NOW + timedelta(minutes=5)


def test_every_comune_has_a_seat_and_the_figures_are_frozen() -> None:
    hall = Hall((100, 50), vacant=[2])
    number = hall.prepared()
    assert [(s.number, s.name, s.population, s.office) for s in queries.roll(number)] == [
        (1, "Comune 001", 100, None),
        (2, "Comune 002", 50, None),
    ]
    assert db.session.get_one(PopulationSnapshot, hall.snapshot.id).frozen_at == NOW


def test_a_poll_that_is_not_open_yet_is_there_for_the_desk_alone() -> None:
    hall = Hall()
    number = hall.prepared()
    assert queries.poll(hall.clerk, number).id == number
    assert queries.polls(PUBLIC) == []
    with pytest.raises(NotFound):
        queries.poll(hall.mayors[1], number)


def test_a_vacant_seat_stays_in_the_base() -> None:
    hall = Hall((60, 40), vacant=[1])
    number = hall.closed({2: Choice.YES})
    outcome = queries.poll(PUBLIC, number).outcome
    assert outcome is not None
    assert [r.axis.total for r in outcome.results] == [2, 100]


def test_the_commissioner_sits_where_there_is_no_mayor_and_a_deputy_does_not() -> None:
    hall = Hall((10, 10, 10), vacant=[1, 2])
    factories.holder(Office.COMMISSIONER, hall.bodies[0])
    factories.holder(Office.DEPUTY_MAYOR, hall.bodies[1])
    assert [s.office for s in queries.roll(hall.open())] == [Office.COMMISSIONER, None, Office.MAYOR]


def test_a_deputy_sits_by_express_delegation() -> None:
    hall = Hall((10, 10))
    deputy = factories.holder(Office.DEPUTY_MAYOR, hall.bodies[0])
    number = hall.prepared()
    assert deputy.acting is not None
    name_delegate.name_delegate(hall.clerk, number, 1, deputy.acting.mandate_id, "Delega n. 4/2027", now=NOW)
    open_poll.open_poll(hall.clerk, number, now=NOW)
    assert cast.cast(deputy, number, Choice.YES, key=key(), now=NOW).seat == 1
    with pytest.raises(NotFound):
        cast.cast(hall.mayors[1], number, Choice.NO, key=key(), now=NOW)
    assert queries.roll(number)[0].title == "Delega n. 4/2027"


def test_an_officer_or_a_stranger_takes_no_seat_by_delegation() -> None:
    hall = Hall((10, 10))
    number = hall.prepared()
    for who in (factories.holder(Office.OFFICER, hall.bodies[0]), hall.mayors[2]):
        assert who.acting is not None
        with pytest.raises(Invalid):
            name_delegate.name_delegate(hall.clerk, number, 1, who.acting.mandate_id, "Delega", now=NOW)


def test_after_the_opening_nobody_is_seated_any_more() -> None:
    hall = Hall((10, 10), vacant=[1])
    deputy = factories.holder(Office.DEPUTY_MAYOR, hall.bodies[0])
    number = hall.open()
    assert deputy.acting is not None
    with pytest.raises(Conflict):
        name_delegate.name_delegate(hall.clerk, number, 1, deputy.acting.mandate_id, "Delega", now=NOW)


def test_a_mandate_that_changes_hands_alters_nothing_and_is_recorded() -> None:
    hall = Hall((10, 10))
    number = hall.open()
    was, roll_hash = hall.mayors[1], queries.poll(PUBLIC, number).roll_hash
    assert was.acting is not None
    end_mandate.end_mandate(hall.clerk, was.acting.mandate_id, None, now=NOW)
    successor = Appointment("nuovo@comune.example", "Nuovo", hall.bodies[0].id, Office.MAYOR, LATER.date())
    granted = grant_mandate.grant_mandate(hall.clerk, successor, now=LATER)
    new_mayor = factories.actor(db.session.get_one(type(factories.person()), granted.person_id), now=LATER)

    with pytest.raises(NotFound):
        cast.cast(new_mayor, number, Choice.YES, key=key(), now=LATER)
    close.close(hall.clerk, number, now=LATER)
    page = queries.poll(PUBLIC, number)
    assert page.roll_hash == roll_hash
    facts = db.session.scalar(sa.select(Entry.facts).where(Entry.kind == "RollDiffered"))
    assert facts == {"poll_id": number, "seats": [1]}


def test_a_comune_without_a_figure_is_named_and_nothing_is_prepared() -> None:
    hall = Hall()
    factories.body("Comune senza abitanti")
    with pytest.raises(Invalid) as refused:
        hall.prepared()
    assert [str(words) for words in refused.value.problems] == ["No figure for Comune senza abitanti."]
    assert queries.polls(hall.clerk) == []


def test_a_poll_cannot_be_opened_with_nobody_on_any_seat() -> None:
    hall = Hall((10, 10), vacant=[1, 2])
    with pytest.raises(Conflict):
        hall.open()


def test_who_holds_a_seat_conducts_nothing() -> None:
    hall = Hall((10, 10))
    person = factories.person()
    factories.mandate(person, hall.bodies[0], Office.MAYOR, starts_on=NOW.date() - timedelta(days=900))
    desk = factories.mandate(person, factories.city(), Office.SECRETARIAT)
    both = factories.actor(person, acting=desk)
    number = hall.prepared()
    with pytest.raises(Conflict):
        open_poll.open_poll(both, number, now=NOW)


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.MODERATOR, Office.ADMINISTRATOR, Office.AUDITOR])
def test_other_offices_prepare_and_open_nothing(office: Office) -> None:
    hall = Hall()
    stranger = factories.holder(office)
    with pytest.raises(Forbidden):
        prepare.prepare(stranger, prepare.Question("Si approva?", Matter.CONFERENCE_OPINION), now=NOW)
    with pytest.raises(Forbidden):
        open_poll.open_poll(stranger, hall.prepared(), now=NOW)


def test_the_forum_votes_with_one_seat_an_organisation() -> None:
    hall = Hall()
    forum = Forum(2)
    mandate = forum.delegates[1].acting
    assert mandate
    end_mandate.end_mandate(forum.general, mandate.mandate_id, None, now=NOW)
    number = hall.open(matter=Matter.FORUM_OPINION)
    cast.cast(forum.delegates[0], number, Choice.YES, key=key(), now=NOW)
    assert [s.office for s in queries.roll(number)] == [Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE]
    assert close.close(hall.clerk, number, now=NOW).outcome.met


def test_a_councillor_stands_for_the_comune_that_is_attested_and_each_comune_counts_once() -> None:
    hall = Hall((60, 40))
    city = factories.city()
    members = [factories.holder(Office.COUNCILLOR, city) for _ in range(3)]
    mandates = [m.acting.mandate_id for m in members if m.acting]
    attested = dict(zip(mandates, [hall.bodies[0].id, hall.bodies[0].id, hall.bodies[1].id], strict=True))
    number = hall.open(matter=Matter.PLAN_APPROVAL, attested=attested)
    for member in members[:2]:
        cast.cast(member, number, Choice.YES, key=key(), now=NOW)
    outcome = close.close(hall.clerk, number, now=NOW).outcome
    assert {r.condition.axis: (r.axis.got, r.axis.total) for r in outcome.results} == {
        Dimension.SEATS: (2, 3),
        Dimension.POPULATION: (60, 100),
    }
    assert outcome.met


def test_a_mayor_who_is_councillor_stands_for_the_own_comune() -> None:
    hall = Hall((60, 40))
    person = factories.person()
    factories.mandate(person, hall.bodies[1], Office.MAYOR)
    factories.mandate(person, factories.city(), Office.COUNCILLOR)
    seats = queries.roll(hall.open(matter=Matter.PLAN_APPROVAL))
    assert [(s.population, s.group) for s in seats] == [(40, hall.bodies[1].key)]


def test_a_repeated_vote_keeps_seats_residents_and_rule_set() -> None:
    hall = Hall((60, 40))
    first = hall.closed({1: Choice.NO})
    factories.snapshot(dict.fromkeys(hall.bodies, 1), source="ISTAT più recente")
    second = hall.closed({}, follows_id=first)
    assert [s.population for s in queries.roll(second)] == [60, 40]
    third = hall.open(follows_id=second)
    page = queries.poll(PUBLIC, third)
    assert (page.call, page.follows_id, queries.poll(PUBLIC, second).followed_by_id) == (3, second, third)
    close.close(hall.clerk, third, now=NOW)
    with pytest.raises(Conflict):
        hall.prepared(follows_id=third)


def test_what_has_passed_or_still_runs_is_not_repeated() -> None:
    hall = Hall((60, 40))
    for earlier in (hall.open(), hall.closed({1: Choice.YES})):
        with pytest.raises(Conflict):
            hall.prepared(follows_id=earlier)


def test_a_weighted_vote_cannot_be_secret_and_is_told_why() -> None:
    hall = Hall()
    with pytest.raises(Invalid) as refused:
        hall.prepared(secret=True)
    assert refused.value.code == "weighted_secret"
    assert "population" in str(refused.value)


def test_results_of_one_poll_say_nothing_of_another() -> None:
    hall = Hall((60, 40))
    done, running = hall.closed({1: Choice.YES}), hall.open()
    assert set(results.answers(done)) == {1}
    with pytest.raises(Conflict):
        results.answers(running)
