"""Who holds a seat in the Forum on a day, and who may speak for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.conferences import install_rules as sitting_rules
from portal.conferences import rule_queries, seats
from portal.conferences.models import Conference
from portal.conferences.rules import Organ
from portal.forum import members, queries
from portal.forum.rules import ForumKey
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.offices import ForumCategory, Office
from portal.voting import prepare
from portal.voting import queries as votes
from portal.voting.rules import Matter
from tests import factories
from tests.factories import NOW
from tests.forum import Forum

TODAY = NOW.date()


def test_a_seat_is_held_from_admission_but_for_the_days_of_a_suspension() -> None:
    forum = Forum(3)
    forum.add(admitted_on=TODAY + timedelta(days=1))
    forum.suspend(1, TODAY, TODAY + timedelta(days=2))
    bodies = [body.id for body in forum.bodies]
    on = {
        day: [seat.body_id for seat in queries.seats(forum.id, TODAY + timedelta(days=day))] for day in (-1, 0, 1, 2, 3)
    }
    assert on[-1] == bodies[:3]
    assert on[0] == [bodies[0], bodies[2]]
    assert on[1] == on[2] == [bodies[0], bodies[2], bodies[3]]
    assert on[3] == bodies


def test_delegate_and_substitute_speak_for_their_organisation() -> None:
    forum = Forum(1)
    delegate = members.standing(forum.delegates[0], forum.id, NOW)
    substitute = members.standing(forum.substitutes[0], forum.id, NOW)
    assert (delegate.body_id, delegate.office) == (forum.bodies[0].id, Office.FORUM_DELEGATE)
    assert (substitute.body_id, substitute.office) == (forum.bodies[0].id, Office.FORUM_SUBSTITUTE)
    assert delegate.category is ForumCategory.PRODUCTIVE_CATEGORY


def test_who_has_no_seat_is_told_why() -> None:
    forum = Forum(2)
    forum.suspend(1)
    outside = forum.add(admitted_on=None)
    reasons = {}
    for name, who in {
        "suspended": forum.delegates[1],
        "outside": forum.delegates[outside],
        "staff": forum.secretary,
    }.items():
        with pytest.raises(Forbidden) as refusal:
            members.standing(who, forum.id, NOW)
        reasons[name] = refusal.value.code
    assert reasons == {"suspended": "suspended", "outside": "not_admitted", "staff": "no_delegate"}


def test_a_mandate_that_is_over_speaks_for_nobody_even_if_the_page_was_opened_before() -> None:
    forum = Forum(1)
    ended = factories.mandate(factories.person(), forum.bodies[0], Office.FORUM_DELEGATE, ends_on=date(2027, 3, 1))
    late = factories.actor(ended.person, acting=ended)
    with pytest.raises(Forbidden) as refusal:
        members.standing(late, forum.id, NOW + timedelta(days=1))
    assert refusal.value.code == "mandate_over"


def test_the_roll_of_a_forum_is_drawn_from_its_own_register() -> None:
    forum, young = Forum(3), Forum(2, key=ForumKey.YOUTH)
    forum.suspend(0)
    forum.add(admitted_on=None)
    drawn = {}
    for matter in (Matter.FORUM_OPINION, Matter.YOUTH_FORUM_AMENDMENT):
        number = prepare.prepare(forum.clerk, prepare.Question("Si approva?", matter), now=NOW)
        drawn[matter] = [seat.key for seat in votes.roll(number)]
    assert drawn[Matter.FORUM_OPINION] == [body.key for body in forum.bodies[1:3]]
    assert drawn[Matter.YOUTH_FORUM_AMENDMENT] == [body.key for body in young.bodies]


def test_at_a_sitting_of_a_forum_its_own_members_have_a_place() -> None:
    forum, young = Forum(3), Forum(1, key=ForumKey.YOUTH)
    forum.suspend(0)
    sitting_rules.install_rules(Actor.system(), now=NOW)
    placed = {}
    for number, organ in enumerate((Organ.FORUM, Organ.YOUTH_FORUM), 901):
        factories.add(Conference(id=number, organ=organ, title="Plenaria", aim="Parere", opened_at=NOW))
        rule = rule_queries.holding(organ, TODAY).rule_set
        placed[organ] = [place.body_id for place in seats.draw(rule, number, None, NOW)]
    assert placed[Organ.FORUM] == [body.id for body in forum.bodies[1:]]
    assert placed[Organ.YOUTH_FORUM] == [body.id for body in young.bodies]
