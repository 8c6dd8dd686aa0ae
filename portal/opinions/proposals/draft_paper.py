"""Write the Forum's document: its head, its numbered items, their order (art. 14 c.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.content import paper_content
from portal.opinions.proposals.events import ForumPaperBegun, ForumPaperWritten
from portal.opinions.proposals.models import Paper, PaperItem
from portal.opinions.proposals.rules import MOST_ITEMS, TEXT_LIMIT, TITLE_LIMIT


@dataclass(frozen=True)
class Item:
    """An item as it is written; the axis is a section of the plan, by code and title."""

    title: str
    text: str
    reason: str
    axis_code: str = ""
    axis_title: str = ""


@atomic()
def begin(actor: Actor, forum_id: int, title: str, preamble: str, *, now: datetime) -> int:
    """A version, with the items of the last one; one at a time is written."""
    require(actor, Permission.FORUM_MANAGE)
    known = list(db.session.scalars(sa.select(Paper).where(Paper.forum_id == forum_id).order_by(Paper.number)))
    if known and known[-1].adopted_at is None:
        raise Conflict(N_("A version is being written already."), code="open")
    row = Paper(forum_id=forum_id, number=len(known) + 1, begun_at=now, begun_by_id=actor.person_id)
    _head(row, title, preamble, now)
    db.session.add(row)
    db.session.flush()
    copied = _copy(known[-1].id, row.id) if known else 0
    record(ForumPaperBegun(row.id, forum_id, row.number, copied), actor=actor, now=now)
    return row.id


@atomic()
def write_head(actor: Actor, paper_id: int, title: str, preamble: str, *, now: datetime) -> None:
    """Title and preamble."""
    row = _open(actor, paper_id)
    _head(row, title, preamble, now)
    _record(actor, row, now)


@atomic()
def add_item(actor: Actor, paper_id: int, item: Item, *, now: datetime) -> int:
    """A further item; its number."""
    row = _open(actor, paper_id)
    number = len(locked.items(paper_id)) + 1
    if number > MOST_ITEMS:
        raise Conflict(N_("The document has at most %(most)d items."), code="too_many", most=MOST_ITEMS)
    key = next_numbers("forum_paper_item")[0]
    db.session.add(_filled(PaperItem(paper_id=paper_id, number=number, key=key), item))
    _record(actor, row, now)
    return number


@atomic()
def change_item(actor: Actor, paper_id: int, number: int, item: Item, *, now: datetime) -> int:
    """Write an item anew."""
    row = _open(actor, paper_id)
    _filled(locked.item(paper_id, number), item)
    _record(actor, row, now)
    return number


@atomic()
def remove_item(actor: Actor, paper_id: int, number: int, *, now: datetime) -> None:
    """Take an item away; those after it move up."""
    row = _open(actor, paper_id)
    db.session.delete(locked.item(paper_id, number))
    db.session.flush()
    _renumber(locked.items(paper_id))
    _record(actor, row, now)


@atomic()
def move_item(actor: Actor, paper_id: int, number: int, to: int, *, now: datetime) -> None:
    """Give an item another place."""
    row = _open(actor, paper_id)
    moved, rest = locked.item(paper_id, number), locked.items(paper_id)
    rest.remove(moved)
    rest.insert(max(0, min(to - 1, len(rest))), moved)
    _renumber(rest)
    _record(actor, row, now)


def _open(actor: Actor, paper_id: int) -> Paper:
    require(actor, Permission.FORUM_MANAGE)
    return locked.open_paper(paper_id)


def _head(row: Paper, title: str, preamble: str, now: datetime) -> None:
    row.title = typed(title, field="title", limit=TITLE_LIMIT)
    row.preamble = typed(preamble, field="preamble", limit=TEXT_LIMIT, required=False)
    row.changed_at = now


def _filled(row: PaperItem, item: Item) -> PaperItem:
    row.title = typed(item.title, field="title", limit=TITLE_LIMIT)
    row.text = typed(item.text, field="text", limit=TEXT_LIMIT)
    row.reason = typed(item.reason, field="reason", limit=TEXT_LIMIT, required=False)
    row.axis_code, row.axis_title = item.axis_code, item.axis_title
    return row


def _copy(earlier: int, paper_id: int) -> int:
    known = locked.items(earlier)
    names = ("number", "key", "title", "text", "reason", "axis_code", "axis_title")
    db.session.add_all(PaperItem(paper_id=paper_id, **{n: getattr(one, n) for n in names}) for one in known)
    db.session.flush()
    return len(known)


def _renumber(rows: list[PaperItem]) -> None:
    """By way of numbers that no item has, so that no two ever share one."""
    for step in (MOST_ITEMS, 0):
        for number, row in enumerate(rows, 1):
            row.number = number + step
        db.session.flush()


def _record(actor: Actor, row: Paper, now: datetime) -> None:
    db.session.flush()
    row.changed_at = now
    items = locked.items(row.id)
    record(ForumPaperWritten(row.id, len(items), digest(paper_content(row, items))), actor=actor, now=now)
