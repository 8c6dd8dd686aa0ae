"""Reading the register: the Forums, and which organisations hold a seat on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.db import db
from portal.forum.models import Forum, ForumMembership, ForumSuspension
from portal.forum.rules import ForumKey
from portal.kernel.errors import NotFound
from portal.kernel.offices import ForumCategory
from portal.territory.models import Body


@dataclass(frozen=True)
class ForumRow:
    """A Forum."""

    id: int
    key: ForumKey


@dataclass(frozen=True)
class Seat:
    """An organisation that is admitted and not suspended."""

    body_id: int
    key: str
    name: str
    category: ForumCategory


def forums() -> list[ForumRow]:
    """Those that are set up, the metropolitan one first."""
    rows = db.session.execute(sa.select(Forum.id, Forum.key))
    return sorted((ForumRow(*row) for row in rows), key=lambda row: list(ForumKey).index(row.key))


def forum(forum_id: int) -> ForumRow:
    """One Forum."""
    return _one(Forum.id == forum_id)


def by_key(key: ForumKey) -> ForumRow:
    """One Forum by what it is."""
    return _one(Forum.key == key)


def _one(which: sa.ColumnElement[bool]) -> ForumRow:
    row = db.session.execute(sa.select(Forum.id, Forum.key).where(which)).one_or_none()
    if row is None:
        raise NotFound()
    return ForumRow(*row)


def is_member_on(day: date) -> sa.ColumnElement[bool]:
    """The one condition for a membership that holds on a day, suspended or not."""
    return sa.and_(
        ForumMembership.admitted_on <= day,
        sa.or_(ForumMembership.left_on.is_(None), ForumMembership.left_on >= day),
    )


def is_suspended_on(day: date) -> sa.ColumnElement[bool]:
    """True of a membership in the days of a suspension, the last one included."""
    return sa.exists(
        sa.select(ForumSuspension.id)
        .where(
            ForumSuspension.membership_id == ForumMembership.id,
            ForumSuspension.starts_on <= day,
            sa.or_(ForumSuspension.ends_on.is_(None), ForumSuspension.ends_on >= day),
        )
        .correlate(ForumMembership)
    )


def seats(forum_id: int, day: date) -> list[Seat]:
    """Who holds a seat on a day: admitted and not suspended, in order of name."""
    return _read(_seated(day).where(ForumMembership.forum_id == forum_id))


def seats_of(key: ForumKey, day: date) -> list[Seat]:
    """The same, by what the Forum is; nobody, if it was never set up."""
    query = _seated(day).join(Forum, Forum.id == ForumMembership.forum_id)
    return _read(query.where(Forum.key == key))


def _seated(day: date) -> sa.Select[int, str, str, ForumCategory | None]:
    query = sa.select(Body.id, Body.key, Body.name, Body.forum_category)
    query = query.join(ForumMembership, ForumMembership.body_id == Body.id)
    return query.where(is_member_on(day), sa.not_(is_suspended_on(day))).order_by(Body.name, Body.id)


def _read(query: sa.Select[int, str, str, ForumCategory | None]) -> list[Seat]:
    rows = db.session.execute(query)
    return [Seat(body_id, key, name, category) for body_id, key, name, category in rows if category is not None]


def category_of(body_id: int) -> ForumCategory | None:
    """The family of an organisation; nothing for bodies of other kinds."""
    return db.session.scalar(sa.select(Body.forum_category).where(Body.id == body_id))


def categories() -> dict[int, ForumCategory]:
    """The families of all organisations by body."""
    rows = db.session.execute(sa.select(Body.id, Body.forum_category).where(Body.forum_category.is_not(None)))
    return {row.id: row.forum_category for row in rows}
