"""A file of organisations is imported whole or not at all; the rules of a Forum have a history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.forum import import_members, install, queries, register_queries, revise_rules, settings
from portal.forum.import_members import Imported
from portal.forum.revise_rules import Revision
from portal.forum.ruleset import ForumRules
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import Office
from tests.factories import NOW
from tests.forum import Forum

HEAD = "name;category;tax_code;admitted_on;delegate;delegate_email;substitute;substitute_email\n"
GOOD = HEAD + (
    "Ordine A;professional_order;90000000001;2026-02-01;Anna;anna@a.example;Ugo;ugo@a.example\n"
    "Lega B;Terzo settore;90000000002;;Bea;bea@b.example;;\n"
)
TODAY = NOW.date()


def brought(forum: Forum, text: str) -> Imported:
    return import_members.import_members(forum.secretary, forum.id, text.encode(), "Atto 9", now=NOW)


def test_organisations_come_in_with_their_people_and_a_second_time_nothing_happens() -> None:
    forum = Forum(0)
    assert brought(forum, GOOD) == Imported(2, 0, 3)
    assert brought(forum, GOOD) == Imported(0, 2, 0)
    rows = register_queries.members(forum.id, TODAY)
    people = register_queries.holders([row.body_id for row in rows], NOW)
    assert [(row.name, row.act, row.admitted_on.isoformat()) for row in rows] == [
        ("Lega B", "Atto 9", "2027-03-01"),
        ("Ordine A", "Atto 9", "2026-02-01"),
    ]
    assert [one.office for one in people[rows[1].body_id]] == [Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE]


def test_a_file_with_faults_changes_nothing_and_names_every_line() -> None:
    forum = Forum(0)
    wrong = GOOD + "Gruppo C;club;;;;;;\nRete D;association;12;;;;;\n"
    with pytest.raises(Invalid) as refusal:
        brought(forum, wrong)
    assert [problem.params["line"] for problem in refusal.value.problems] == [4, 5]
    assert queries.seats(forum.id, TODAY) == []


@pytest.mark.parametrize("text", ["", "name\nA\n", HEAD, "name;category\n" + "A;association\n" * 2_001])
def test_a_file_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        brought(Forum(0), text)


def test_both_forums_are_set_up_once() -> None:
    assert len(install.install(Actor.system(), now=NOW)) == 2
    assert install.install(Actor.system(), now=NOW) == []


def test_rules_are_revised_from_a_day_on_and_the_old_ones_still_hold_before() -> None:
    forum, later = Forum(0), TODAY + timedelta(days=30)
    definition = ForumRules().as_data() | {"opinion_days": 30}
    wanted = Revision(definition, "Regolamento, art. 3", "Serve più tempo.", later, 1)
    revise_rules.revise_rules(forum.general, forum.id, wanted, now=NOW)
    assert [settings.of(forum.id, day).opinion_days for day in (TODAY, later)] == [20, 30]
    assert [row.number for row in settings.history(forum.id)] == [2, 1]
    with pytest.raises(Conflict):
        revise_rules.revise_rules(forum.general, forum.id, wanted, now=NOW)
    with pytest.raises(Forbidden):
        revise_rules.revise_rules(forum.secretary, forum.id, wanted, now=NOW)
