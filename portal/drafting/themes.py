"""Reading themes and kept views."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting.models import CommentTag, SavedView, Tag
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can


@dataclass(frozen=True)
class Theme:
    """A theme with its officer, and how many admitted remarks carry it."""

    id: int
    name: str
    officer_id: int | None
    officer: str | None
    retired: bool
    remarks: int


@dataclass(frozen=True)
class Label:
    """A theme as a remark carries it."""

    id: int
    name: str


@dataclass(frozen=True)
class View:
    """Kept filters."""

    id: int
    name: str
    filters: dict[str, Any]
    shared: bool
    own: bool
    may_drop: bool


def themes(*, retired: bool = False) -> list[Theme]:
    """Those in use by name, or all of them, those not in use any more at the end."""
    carried = (
        sa.select(sa.func.count())
        .select_from(CommentTag)
        .join(Comment, Comment.id == CommentTag.comment_id)
        .where(CommentTag.tag_id == Tag.id, Comment.state == CommentState.ADMITTED)
        .scalar_subquery()
    )
    query = (
        sa.select(Tag.id, Tag.name, Tag.officer_id, Person.name, Tag.retired_at, carried)
        .outerjoin(Person, Person.id == Tag.officer_id)
        .order_by(Tag.retired_at.is_not(None), Tag.key)
    )
    rows = db.session.execute(query if retired else query.where(Tag.retired_at.is_(None)))
    return [Theme(i, name, officer_id, officer, gone is not None, n) for i, name, officer_id, officer, gone, n in rows]


def theme(tag_id: int) -> Theme:
    """One of them."""
    found = next((one for one in themes(retired=True) if one.id == tag_id), None)
    if found is None:
        raise NotFound()
    return found


def labels_of(comment_ids: Collection[int]) -> dict[int, list[Label]]:
    """The themes that each of these remarks carries, by name."""
    if not comment_ids:
        return {}
    rows = db.session.execute(
        sa.select(CommentTag.comment_id, Tag.id, Tag.name)
        .join(Tag, Tag.id == CommentTag.tag_id)
        .where(CommentTag.comment_id.in_(comment_ids))
        .order_by(Tag.key)
    )
    found: dict[int, list[Label]] = {}
    for comment_id, tag_id, name in rows:
        found.setdefault(comment_id, []).append(Label(tag_id, name))
    return found


def views(actor: Actor) -> list[View]:
    """One's own and the shared ones, shared ones first, by name."""
    leads = can(actor, Permission.ANSWER_ASSIGN)
    rows = db.session.execute(
        sa.select(SavedView)
        .where(sa.or_(SavedView.shared, SavedView.person_id == actor.person_id))
        .order_by(SavedView.shared.desc(), SavedView.name)
    ).scalars()
    return [_view(row, row.person_id == actor.person_id, leads) for row in rows]


def _view(row: SavedView, own: bool, leads: bool) -> View:
    return View(row.id, row.name, dict(row.filters), row.shared, own, own or leads)
