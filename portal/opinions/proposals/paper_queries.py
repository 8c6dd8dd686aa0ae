"""Reading the Forum's document: what was adopted is public, what is being written is the Forum's."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.forum.models import Forum
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.opinions.proposals import locked
from portal.opinions.proposals.content import paper_content
from portal.opinions.proposals.models import Paper, PaperItem
from portal.opinions.proposals.queries import reads_unsent
from portal.opinions.proposals.rows import ItemRow, PaperRow

_PAPER: tuple[Any, ...] = (
    Paper.id, Paper.forum_id, Forum.key, Paper.number, Paper.title, Paper.preamble, Paper.begun_at, Paper.changed_at,
    Paper.adopted_on, Paper.adopted_at, Paper.act, Paper.poll_id, Paper.sha256,
)  # fmt: skip
_ITEM: tuple[Any, ...] = (
    PaperItem.id, PaperItem.number, PaperItem.key, PaperItem.title, PaperItem.text, PaperItem.reason,
    PaperItem.axis_code, PaperItem.axis_title,
)  # fmt: skip


def papers(actor: Actor) -> list[PaperRow]:
    """Every version that the actor may read, the newest of each Forum first."""
    rows = db.session.execute(_readable(actor).order_by(Forum.id, Paper.number.desc()))
    return [PaperRow(*row) for row in rows]


def paper(actor: Actor, paper_id: int) -> PaperRow:
    """One version."""
    row = db.session.execute(_readable(actor).where(Paper.id == paper_id)).one_or_none()
    if row is None:
        raise NotFound()
    return PaperRow(*row)


def in_force() -> list[PaperRow]:
    """The version adopted last, of each Forum that has one."""
    rows = db.session.execute(_adopted().order_by(Forum.id, Paper.number))
    return list({row.forum_id: row for row in (PaperRow(*found) for found in rows)}.values())


def items(paper_id: int) -> list[ItemRow]:
    """The items of a version in order."""
    rows = db.session.execute(sa.select(*_ITEM).where(PaperItem.paper_id == paper_id).order_by(PaperItem.number))
    return [ItemRow(*row) for row in rows]


def item(paper_id: int, number: int) -> ItemRow:
    """One item."""
    query = sa.select(*_ITEM).where(PaperItem.paper_id == paper_id, PaperItem.number == number)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return ItemRow(*row)


def content(paper_id: int) -> dict[str, Any]:
    """What the fingerprint of a version is taken of."""
    return paper_content(db.session.get_one(Paper, paper_id), locked.items(paper_id))


def _adopted() -> sa.Select[Any]:
    query = sa.select(*_PAPER).join(Forum, Forum.id == Paper.forum_id)
    return query.where(Paper.adopted_at.is_not(None))


def _readable(actor: Actor) -> sa.Select[Any]:
    return sa.select(*_PAPER).join(Forum, Forum.id == Paper.forum_id) if reads_unsent(actor) else _adopted()
