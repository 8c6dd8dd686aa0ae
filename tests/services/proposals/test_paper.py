"""The Forum's document: written item by item, adopted once and for ever; what the plan answers to it, item by item."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from portal.opinions.proposals import adopt_paper, content, cover, coverage, draft_paper, locked, paper_queries
from portal.opinions.proposals.cover import Said
from portal.opinions.proposals.draft_paper import Item
from portal.opinions.proposals.models import Paper, PaperItem
from portal.opinions.proposals.rules import Degree
from tests import factories
from tests.factories import NOW
from tests.forum import Forum

TODAY = NOW.date()
VISITOR = Actor.anonymous()
pytestmark = pytest.mark.usefixtures("app", "database")


class Document(Forum):
    """A version with three items."""

    def __init__(self) -> None:
        super().__init__(1)
        self.paper = draft_paper.begin(self.secretary, self.id, "Documento del Forum", "Premessa.", now=NOW)
        for title in ("Casa", "Acqua", "Lavoro"):
            draft_paper.add_item(self.secretary, self.paper, Item(title, f"{title} per tutti.", ""), now=NOW)

    def titles(self, paper: int) -> list[str]:
        """Its items in order."""
        return [f"{one.number} {one.title}" for one in paper_queries.items(paper)]

    def adopt(self, paper: int | None = None) -> str:
        """By an act of today."""
        return adopt_paper.adopt(self.secretary, paper or self.paper, TODAY, "Verbale 3/2027", now=NOW)


class Answered(Document):
    """Adopted, with a version of the plan that has two actions, and somebody who drafts."""

    def __init__(self) -> None:
        super().__init__()
        self.adopt()
        self.plan = factories.version(actions=2)
        self.actions = [one.id for one in factories.actions_of(self.plan)]
        self.items = [one.id for one in paper_queries.items(self.paper)]
        self.drafter = factories.holder(Office.DRAFTING_OFFICER)

    def say(self, item: int, action: int | None, degree: Degree, reason: str = "") -> None:
        """What the plan answers to an item."""
        action_id = None if action is None else self.actions[action]
        cover.cover(self.drafter, self.items[item], Said(self.plan.id, action_id, degree, reason), now=NOW)

    def counts(self) -> tuple[int, int, int, int]:
        """Covered, in part, not covered, not looked at."""
        found = coverage.matrix(self.paper, self.plan.id).counts
        return (found[Degree.COVERED], found[Degree.PARTLY], found[Degree.NOT_COVERED], found[None])


def test_items_are_moved_and_taken_away_and_keep_their_numbers_without_gaps() -> None:
    doc = Document()
    draft_paper.move_item(doc.secretary, doc.paper, 3, 1, now=NOW)
    assert doc.titles(doc.paper) == ["1 Lavoro", "2 Casa", "3 Acqua"]
    draft_paper.remove_item(doc.secretary, doc.paper, 2, now=NOW)
    draft_paper.change_item(doc.secretary, doc.paper, 2, Item("Acqua", "Reti nuove.", "Perdite."), now=NOW)
    assert doc.titles(doc.paper) == ["1 Lavoro", "2 Acqua"]


def test_the_forum_reads_the_draft_and_everybody_what_was_adopted() -> None:
    doc = Document()
    assert [one.id for one in paper_queries.papers(doc.delegates[0])] == [doc.paper]
    with pytest.raises(NotFound):
        paper_queries.paper(VISITOR, doc.paper)
    sha256 = doc.adopt()
    assert paper_queries.paper(VISITOR, doc.paper).sha256 == sha256
    assert sha256 == digest(content.paper_content(db.session.get_one(Paper, doc.paper), locked.items(doc.paper)))


def test_what_was_adopted_is_refused_by_the_verbs_and_by_the_database() -> None:
    doc = Document()
    doc.adopt()
    with pytest.raises(Conflict):
        draft_paper.add_item(doc.secretary, doc.paper, Item("Altro", "Altro.", ""), now=NOW)
    for change in (
        sa.update(PaperItem).values(text="Altro."),
        sa.delete(PaperItem),
        sa.update(Paper).values(title="Altro"),
        sa.delete(Paper),
    ):
        db.session.rollback()
        with pytest.raises(sa.exc.IntegrityError, match="does not change"):
            db.session.execute(change)


def test_the_next_version_begins_with_the_items_of_the_last_and_only_one_is_written_at_a_time() -> None:
    doc = Document()
    with pytest.raises(Conflict):
        draft_paper.begin(doc.secretary, doc.id, "Documento", "", now=NOW)
    doc.adopt()
    later = draft_paper.begin(doc.secretary, doc.id, "Documento", "", now=NOW)
    assert [one.key for one in paper_queries.items(later)] == [one.key for one in paper_queries.items(doc.paper)]
    assert [row.id for row in paper_queries.in_force()] == [doc.paper]
    doc.adopt(later)
    assert [row.id for row in paper_queries.in_force()] == [later]


def test_nothing_is_adopted_without_items_nor_without_an_act_or_a_vote() -> None:
    forum = Forum(1)
    paper = draft_paper.begin(forum.secretary, forum.id, "Documento", "", now=NOW)
    with pytest.raises(Conflict):
        adopt_paper.adopt(forum.secretary, paper, TODAY, "Verbale", now=NOW)
    draft_paper.add_item(forum.secretary, paper, Item("Casa", "Casa.", ""), now=NOW)
    with pytest.raises(Invalid):
        adopt_paper.adopt(forum.secretary, paper, TODAY, "", now=NOW)


def test_every_item_is_counted_once_by_the_most_that_one_action_does() -> None:
    doc = Answered()
    assert doc.counts() == (0, 0, 0, 3)
    doc.say(0, 0, Degree.PARTLY, "Solo in centro.")
    doc.say(0, 1, Degree.COVERED)
    doc.say(1, 0, Degree.PARTLY, "Solo lo studio.")
    doc.say(2, None, Degree.NOT_COVERED, "Non è competenza della Città.")
    assert doc.counts() == (1, 1, 1, 0)
    found = coverage.of_actions(doc.actions)
    assert [one.number for one in found[doc.actions[0]]] == [1, 2]


def test_that_no_action_answers_and_that_one_does_take_each_others_place() -> None:
    doc = Answered()
    doc.say(0, None, Degree.NOT_COVERED, "Non ancora.")
    doc.say(0, 0, Degree.COVERED)
    assert doc.counts() == (1, 0, 0, 2)
    doc.say(0, None, Degree.NOT_COVERED, "L'azione è stata tolta.")
    assert doc.counts() == (0, 0, 1, 2)
    cover.unsay(doc.drafter, doc.items[0], doc.plan.id, None, now=NOW)
    assert doc.counts() == (0, 0, 0, 3)


def test_less_than_covered_needs_a_reason_and_an_action_of_that_version() -> None:
    doc = Answered()
    with pytest.raises(Invalid):
        doc.say(0, 0, Degree.PARTLY)
    with pytest.raises(Invalid):
        doc.say(0, None, Degree.COVERED)
    stranger = factories.actions_of(factories.version())[0].id
    with pytest.raises(Invalid):
        cover.cover(doc.drafter, doc.items[0], Said(doc.plan.id, stranger, Degree.COVERED), now=NOW)
    with pytest.raises(Forbidden):
        cover.cover(doc.secretary, doc.items[0], Said(doc.plan.id, doc.actions[0], Degree.COVERED), now=NOW)


def test_what_was_said_is_carried_over_where_items_and_actions_live_on() -> None:
    doc = Answered()
    doc.say(0, 0, Degree.COVERED)
    doc.say(1, 1, Degree.PARTLY, "Solo lo studio.")
    doc.say(2, None, Degree.NOT_COVERED, "Non è competenza della Città.")
    later = draft_paper.begin(doc.secretary, doc.id, "Documento", "", now=NOW)
    draft_paper.remove_item(doc.secretary, later, 2, now=NOW)
    doc.adopt(later)
    carried = cover.carry_over(doc.drafter, later, doc.plan.id, (doc.paper, doc.plan.id), now=NOW)
    again = cover.carry_over(doc.drafter, later, doc.plan.id, (doc.paper, doc.plan.id), now=NOW)
    assert (carried, again) == (2, 0)
    matrix = coverage.matrix(later, doc.plan.id)
    assert [line.degree for line in matrix.lines] == [Degree.COVERED, Degree.NOT_COVERED]
    assert matrix.is_complete
