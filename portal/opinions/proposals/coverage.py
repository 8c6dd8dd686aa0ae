"""What the plan answers to the Forum's document: one count for the page, the print and the files (art. 14 c.3)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from portal.db import db
from portal.forum.rules import ForumKey
from portal.opinions.proposals import paper_queries
from portal.opinions.proposals.models import Coverage, PaperItem
from portal.opinions.proposals.rows import ItemRow
from portal.opinions.proposals.rules import Degree, covered


@dataclass(frozen=True)
class Cell:
    """How far an action answers to an item."""

    action_id: int
    degree: Degree
    reason: str


@dataclass(frozen=True)
class Line:
    """An item with the actions that answer to it; or why none does; or nothing, while it was not looked at."""

    item: ItemRow
    cells: tuple[Cell, ...]
    why_none: str

    @property
    def degree(self) -> Degree | None:
        """What the item amounts to."""
        return covered([cell.degree for cell in self.cells] or ([Degree.NOT_COVERED] if self.why_none else []))

    def cell(self, action_id: int) -> Cell | None:
        """What is said of one action."""
        return next((cell for cell in self.cells if cell.action_id == action_id), None)


@dataclass(frozen=True)
class Matrix:
    """All items of a version of the document against a version of the plan."""

    paper_id: int
    version_id: int
    lines: tuple[Line, ...]

    @property
    def items(self) -> int:
        """How many items there are: the base of every figure."""
        return len(self.lines)

    @cached_property
    def counts(self) -> dict[Degree | None, int]:
        """Items by what they amount to; together they are all items."""
        kinds = [line.degree for line in self.lines]
        return {degree: kinds.count(degree) for degree in (*Degree, None)}

    @property
    def looked_at(self) -> int:
        """Items of which something was said."""
        return self.items - self.counts[None]

    @property
    def is_complete(self) -> bool:
        """True once of every item something was said: the reference that the plan must make is there."""
        return self.items > 0 and self.looked_at == self.items

    def action_ids(self) -> set[int]:
        """The actions that answer to something."""
        return {cell.action_id for line in self.lines for cell in line.cells}


@dataclass(frozen=True)
class AnsweredItem:
    """An item that an action answers to, for the action's page."""

    forum: ForumKey
    paper_id: int
    number: int
    title: str
    degree: Degree
    reason: str


def matrix(paper_id: int, version_id: int) -> Matrix:
    """What was said of every item for a version of the plan."""
    items = paper_queries.items(paper_id)
    cells: dict[int, list[Cell]] = {}
    none: dict[int, str] = {}
    query = sa.select(Coverage.item_id, Coverage.action_id, Coverage.degree, Coverage.reason)
    query = query.where(Coverage.version_id == version_id, Coverage.item_id.in_([one.id for one in items]))
    for row in db.session.execute(query.order_by(Coverage.id)):
        if row.action_id is None:
            none[row.item_id] = row.reason
        else:
            cells.setdefault(row.item_id, []).append(Cell(row.action_id, row.degree, row.reason))
    lines = (Line(one, tuple(cells.get(one.id, ())), none.get(one.id, "")) for one in items)
    return Matrix(paper_id, version_id, tuple(lines))


def sources() -> list[tuple[int, int]]:
    """The versions of the document and of the plan of which something was said."""
    query = sa.select(PaperItem.paper_id, Coverage.version_id).join(PaperItem, PaperItem.id == Coverage.item_id)
    return sorted((row[0], row[1]) for row in db.session.execute(query.distinct()))


def of_actions(action_ids: Collection[int]) -> dict[int, list[AnsweredItem]]:
    """By action, the items of the documents in force that it answers to."""
    known = {paper.id: paper.forum for paper in paper_queries.in_force()}
    query = sa.select(
        Coverage.action_id, PaperItem.paper_id, PaperItem.number, PaperItem.title, Coverage.degree, Coverage.reason
    ).join(PaperItem, PaperItem.id == Coverage.item_id)
    query = query.where(Coverage.action_id.in_(list(action_ids)), PaperItem.paper_id.in_(list(known)))
    found: dict[int, list[AnsweredItem]] = {}
    for row in db.session.execute(query.order_by(PaperItem.paper_id, PaperItem.number)):
        one = AnsweredItem(known[row.paper_id], row.paper_id, row.number, row.title, row.degree, row.reason)
        found.setdefault(row.action_id, []).append(one)
    return found
