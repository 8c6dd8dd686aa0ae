"""Rows that the verbs of the register need under their lock."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa

from portal.db import db
from portal.forum.models import Forum, ForumApplication, ForumMembership, ForumSuspension
from portal.forum.rules import Span
from portal.kernel.errors import NotFound

Row = TypeVar("Row")


def forum(forum_id: int) -> Forum:
    """A Forum, alone: who belongs to it changes under this lock."""
    return _alone(sa.select(Forum).where(Forum.id == forum_id))


def membership(membership_id: int) -> ForumMembership:
    """A membership, alone."""
    return _alone(sa.select(ForumMembership).where(ForumMembership.id == membership_id))


def suspension(suspension_id: int) -> ForumSuspension:
    """A suspension, alone."""
    return _alone(sa.select(ForumSuspension).where(ForumSuspension.id == suspension_id))


def application(application_id: int) -> ForumApplication:
    """A request to join, alone."""
    return _alone(sa.select(ForumApplication).where(ForumApplication.id == application_id))


def memberships_of(forum_id: int, body_id: int) -> list[Span]:
    """The days of all memberships of an organisation."""
    rows = db.session.execute(
        sa.select(ForumMembership.admitted_on, ForumMembership.left_on).where(
            ForumMembership.forum_id == forum_id, ForumMembership.body_id == body_id
        )
    )
    return [Span(row.admitted_on, row.left_on) for row in rows]


def suspensions_of(membership_id: int) -> list[Span]:
    """The days of all suspensions of a membership."""
    rows = db.session.execute(
        sa.select(ForumSuspension.starts_on, ForumSuspension.ends_on).where(
            ForumSuspension.membership_id == membership_id
        )
    )
    return [Span(row.starts_on, row.ends_on) for row in rows]


def _alone(query: sa.Select[Row]) -> Row:
    found: Row | None = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound()
    return found
