"""A discussion of the Forum: its hours, its tables, statements, and how they are weighed until it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.db import db
from portal.forum import revise_rules, settings
from portal.forum.revise_rules import Revision
from portal.journal.models import Entry
from portal.kernel.errors import Conflict, DomainError, Forbidden, Invalid
from portal.opinions.deliberation import (
    annex,
    close,
    moderate,
    notes,
    offer,
    open_up,
    propose,
    queries,
    results,
    sheet,
    tables,
    weigh,
)
from portal.opinions.deliberation.consensus import Cell
from portal.opinions.deliberation.counting import Mark
from portal.opinions.deliberation.models import Weighing
from portal.opinions.deliberation.propose import Point
from portal.opinions.deliberation.rules import Origin, StatementState, Weight
from portal.opinions.deliberation.tables import Theme
from portal.opinions.requests import steps, withdraw
from portal.opinions.requests.steps import Step
from portal.opinions.requests.withdraw import TakenBack
from tests.discussion import ENDS, Discussion
from tests.factories import NOW
from tests.forum import Forum

LATER = NOW + timedelta(hours=1)
BEFORE_THE_END = ENDS - timedelta(milliseconds=1)


@pytest.fixture
def room(app: Flask) -> Discussion:
    """Seven organisations of two categories, a request, a discussion that has begun, one table."""
    return Discussion(organisations=7, categories=2)


def test_a_discussion_is_opened_once_and_ends_before_the_term(room: Discussion) -> None:
    assert Step.TABLES_OPENED in steps.taken(room.number)
    with pytest.raises(Conflict):
        open_up.open_up(room.forum.secretary, room.number, NOW, ENDS, now=NOW)
    with pytest.raises(Invalid) as refused:
        open_up.move_end(room.forum.secretary, room.number, NOW + timedelta(days=60), now=NOW)
    assert refused.value.code == "term"
    with pytest.raises(Forbidden):
        open_up.move_end(room.forum.delegates[0], room.number, ENDS, now=NOW)


def test_organisations_join_and_leave_tables_but_the_coordinator_stays(room: Discussion) -> None:
    tables.join(room.forum.delegates[1], room.number, 1, now=NOW)
    tables.join(room.forum.substitutes[1], room.number, 1, now=NOW)  # the same organisation: nothing more
    found = queries.table(room.number, 1)
    assert [one.body_id for one in queries.members(found.id)] == [room.forum.bodies[0].id, room.forum.bodies[1].id]
    tables.leave(room.forum.delegates[1], room.number, 1, now=NOW)
    with pytest.raises(Conflict):
        tables.leave(room.forum.delegates[0], room.number, 1, now=NOW)
    assert queries.table(room.number, 1).members == 1


def test_who_holds_no_seat_is_put_at_no_table(room: Discussion) -> None:
    outside = room.forum.add(admitted_on=None)
    with pytest.raises(Invalid):
        tables.put(room.forum.secretary, room.number, 1, room.forum.bodies[outside].id, now=NOW)
    with pytest.raises(Forbidden):
        tables.join(room.forum.delegates[outside], room.number, 1, now=NOW)


def test_a_note_is_public_once_another_person_has_approved_it(room: Discussion) -> None:
    leader, secretary, table = room.forum.delegates[0], room.forum.secretary, queries.table(room.number, 1)
    notes.write(leader, room.number, 1, NOW.date(), "Si è parlato di trasporti.", now=NOW)
    with pytest.raises(Forbidden):
        notes.approve(leader, room.number, 1, 1, now=NOW)
    assert queries.notes(table.id) == []
    notes.approve(secretary, room.number, 1, 1, now=NOW)
    notes.revise(leader, room.number, 1, 1, "Si è parlato di treni.", now=LATER)
    assert [one.text for one in queries.notes(table.id)] == ["Si è parlato di trasporti."]
    assert [one.text for one in queries.notes(table.id, drafts=True)] == ["Si è parlato di treni."]


def test_only_those_who_sit_at_a_table_propose(room: Discussion) -> None:
    point = Point("Aggiungere una fermata.", "Serve a tre Comuni.", room.action)
    with pytest.raises(Forbidden):
        propose.propose(room.forum.delegates[2], room.number, 1, point, now=NOW)
    assert propose.propose(room.forum.delegates[0], room.number, 1, point, now=NOW) == 1
    propose.withdraw(room.forum.secretary, room.number, 1, 1, now=LATER)
    assert queries.proposals(room.number) == []
    with pytest.raises(Invalid):
        propose.propose(room.forum.delegates[0], room.number, 1, Point("Altro", "Perché", 999_999), now=NOW)


def test_a_statement_of_an_organisation_waits_for_the_secretariat(room: Discussion) -> None:
    number = offer.offer(room.forum.delegates[0], room.number, "  Più treni\nla sera  ", now=NOW)
    assert queries.statement(room.number, number).text == "Più treni la sera"
    with pytest.raises(Conflict):
        weigh.weigh(room.forum.delegates[1], room.number, number, Weight.AGREE, now=NOW)
    moderate.admit(room.forum.secretary, room.number, number, now=NOW)
    weigh.weigh(room.forum.delegates[1], room.number, number, Weight.AGREE, now=NOW)


def test_a_statement_is_refused_with_a_reason_and_shown_nowhere(room: Discussion) -> None:
    number = offer.offer(room.forum.delegates[0], room.number, "Parola sgradita", now=NOW)
    with pytest.raises(Invalid):
        moderate.refuse(room.forum.secretary, room.number, number, " ", now=NOW)
    moderate.refuse(room.forum.secretary, room.number, number, "Non riguarda il Piano.", now=NOW)
    with pytest.raises(Conflict):
        moderate.admit(room.forum.secretary, room.number, number, now=NOW)
    close.close(room.number, now=ENDS)
    found = results.results(room.number, ENDS)
    assert found is not None
    assert "Parola sgradita" not in sheet.lines(found) + str(annex.content(room.number, ENDS))


def test_words_do_not_change_once_they_were_weighed(room: Discussion) -> None:
    owner, number = room.forum.delegates[0], room.stated("Più alberi")
    offer.reword(room.forum.secretary, room.number, number, "Più alberi in piazza", now=NOW)
    with pytest.raises(Forbidden):
        offer.reword(owner, room.number, number, "Meno alberi", now=NOW)
    weigh.weigh(owner, room.number, number, Weight.PASSES, now=NOW)
    with pytest.raises(Conflict):
        offer.reword(room.forum.secretary, room.number, number, "Alberi", now=LATER)
    with pytest.raises(Invalid):
        room.stated("Più alberi in piazza")
    offer.withdraw(room.forum.secretary, room.number, number, now=LATER)
    assert room.stated("Più alberi in piazza") == number + 1


def test_an_organisation_has_one_answer_the_last_of_delegate_and_substitute(room: Discussion) -> None:
    number = room.stated("Più treni")
    weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=NOW)
    weigh.weigh(room.forum.substitutes[0], room.number, number, Weight.DISAGREE, now=LATER)
    [row] = db.session.query(Weighing).all()
    assert (row.weight, row.person_id) == (Weight.DISAGREE, room.forum.substitutes[0].person_id)
    assert [one.weight for one in queries.own(room.number, room.forum.bodies[0].id)] == [Weight.DISAGREE]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(milliseconds=1)])
def test_nothing_is_weighed_from_the_last_instant_on(room: Discussion, late: timedelta) -> None:
    number = room.stated("Più treni")
    weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=BEFORE_THE_END)
    with pytest.raises(Conflict) as refused:
        weigh.weigh(room.forum.delegates[1], room.number, number, Weight.AGREE, now=ENDS + late)
    assert refused.value.code == "ended"


def test_suspended_and_foreign_organisations_do_not_weigh(room: Discussion) -> None:
    number = room.stated("Più treni")
    room.forum.suspend(0)
    outside = room.forum.add(admitted_on=None)
    for actor in (room.forum.delegates[0], room.forum.delegates[outside], room.forum.secretary):
        with pytest.raises(DomainError):
            weigh.weigh(actor, room.number, number, Weight.AGREE, now=NOW)
    assert results.turnout(room.number, NOW).some == 0


def test_nobody_goes_on_weighing_what_the_council_took_back(room: Discussion) -> None:
    number = room.stated("Più treni")
    act = TakenBack("15", NOW.date(), "Il testo del Piano cambia ancora.")
    withdraw.withdraw(room.request.clerk, room.number, act, now=NOW)
    with pytest.raises(Conflict) as refused:
        weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=LATER)
    assert refused.value.code == "withdrawn"


def test_results_are_hidden_from_everybody_until_the_end(room: Discussion) -> None:
    number = room.stated("Più treni")
    weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=NOW)
    assert results.results(room.number, BEFORE_THE_END) is None
    assert annex.content(room.number, BEFORE_THE_END)["weighing"] is None
    assert results.turnout(room.number, BEFORE_THE_END).some == 1
    told = [row.kind for row in db.session.query(Entry).filter_by(stream=f"forum-opinion:{room.number}")]
    assert "ForumStatementAdmitted" in told
    assert not [kind for kind in told if "eigh" in kind]


def test_the_least_weighed_statement_comes_next(room: Discussion) -> None:
    first, second = room.stated("Primo"), room.stated("Secondo")
    weigh.weigh(room.forum.delegates[1], room.number, first, Weight.AGREE, now=NOW)
    found = queries.next_to_weigh(room.number, room.forum.bodies[0].id)
    assert found is not None
    assert found.number == second
    weigh.weigh(room.forum.delegates[0], room.number, second, Weight.AGREE, now=NOW)
    weigh.weigh(room.forum.delegates[0], room.number, first, Weight.AGREE, now=NOW)
    assert queries.next_to_weigh(room.number, room.forum.bodies[0].id) is None


def test_a_discussion_goes_by_the_rules_of_its_forum(app: Flask) -> None:
    forum = Forum(1)
    written = settings.of(forum.id, NOW.date()).as_data() | {"statements_each": 1, "mapping_votes": 1, "least_shown": 1}
    revision = Revision(written, "Regolamento del Forum, art. 9", "Le regole cambiano da oggi.", NOW.date(), 1)
    revise_rules.revise_rules(forum.general, forum.id, revision, now=NOW)
    room = Discussion(organisations=2, categories=2)
    offer.offer(room.forum.delegates[0], room.number, "Meno auto", now=NOW)
    with pytest.raises(Conflict) as refused:
        offer.offer(room.forum.delegates[0], room.number, "Più bici", now=NOW)
    assert refused.value.code == "too_many"
    weigh.weigh(room.forum.delegates[1], room.number, room.stated("Più treni"), Weight.AGREE, now=NOW)
    found = results.results(room.number, ENDS)
    assert found is not None and not found.turnout.indicative
    assert found.statements[0].counted.lines[0].category is not None


def test_merging_moves_no_weighing(room: Discussion) -> None:
    first, second = room.stated("Più treni"), room.stated("Più corse di treni")
    weigh.weigh(room.forum.delegates[0], room.number, second, Weight.AGREE, now=NOW)
    with pytest.raises(Invalid):
        moderate.merge(room.forum.secretary, room.number, second, second, "", now=NOW)
    moderate.merge(room.forum.secretary, room.number, second, first, "Dice lo stesso.", now=NOW)
    found = results.results(room.number, ENDS)
    assert found is not None
    assert [one.counted.total for one in found.statements] == [Cell(), Cell(agree=1)]
    assert [one.statement.state for one in found.merged] == [StatementState.MERGED]


def test_the_count_is_the_same_on_every_way_out_and_has_a_fingerprint(room: Discussion) -> None:
    number = room.stated("Più treni", Origin.RAPPORTEUR)
    for n, actor in enumerate(room.forum.delegates):  # four of the first category, three of the second
        weigh.weigh(actor, room.number, number, Weight.AGREE if n < 6 else Weight.PASSES, now=NOW)
    assert not close.close(room.number, now=BEFORE_THE_END)
    assert close.close(room.number, now=ENDS)
    assert not close.close(room.number, now=ENDS)
    found = results.results(room.number, ENDS)
    assert found is not None
    [one] = found.statements
    assert one.counted.total == Cell(agree=6, passes=1)
    assert [(line.category, line.cell) for line in one.counted.lines] == [(None, Cell(agree=6, passes=1))]
    assert Mark.AGREED not in one.counted.marks  # neither category is large enough to speak of
    assert found.turnout.indicative
    row = queries.discussion(room.number, ENDS)
    assert row is not None
    assert (row.seats, row.sha256) == (7, results.fingerprint(found))
    assert annex.content(room.number, ENDS)["weighing"] == results.content(found)
    assert sheet.lines(found).splitlines()[1] == f"{number},Più treni,rapporteur,,admitted,,all,7,6,0,1,"
    assert Step.TABLES_CLOSED in steps.taken(room.number)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forum_weighing SET weight = 'disagree'",
        "DELETE FROM forum_weighing",
        "UPDATE forum_statement SET text = 'Meno treni'",
        "UPDATE forum_discussion SET seats = 1",
        "UPDATE forum_term SET days = 99",
        "DELETE FROM forum_rule_version",
    ],
)
def test_the_database_itself_keeps_what_was_weighed_and_the_rules_of_it(room: Discussion, change: str) -> None:
    number = room.stated("Più treni")
    weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=NOW)
    assert close.close(room.number, now=ENDS)
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.text(change))
    db.session.rollback()


def test_what_was_weighed_counts_in_the_category_of_that_day_and_the_seats_of_the_last(room: Discussion) -> None:
    number = room.stated("Più treni")
    weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=NOW)
    room.forum.suspend(0, starts_on=NOW.date() + timedelta(days=1))
    close.close(room.number, now=ENDS)
    found = results.results(room.number, ENDS)
    assert found is not None
    assert (found.turnout.seats, found.weighings) == (6, 1)


def test_tables_are_theme_by_theme_on_parts_of_this_version(room: Discussion) -> None:
    with pytest.raises(Invalid):
        tables.open_table(room.forum.secretary, room.number, Theme("Altro", 999_999), now=NOW)
    tables.change_table(room.forum.secretary, room.number, 1, Theme("Lavoro", None, room.forum.bodies[3].id), now=NOW)
    found = queries.table(room.number, 1)
    assert (found.title, found.coordinator_id, found.members) == ("Lavoro", room.forum.bodies[3].id, 2)
