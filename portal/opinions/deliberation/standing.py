"""Who takes part in the discussion of a request, and who may act for one of its tables."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.forum import members
from portal.forum.members import Member
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, Forbidden
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.opinions.deliberation.models import ForumTable, TableMember
from portal.opinions.requests import queries as requests


def member(actor: Actor, request_id: int, now: datetime) -> Member:
    """The organisation for which the actor speaks, or a refusal that says why there is none."""
    return members.standing(actor, requests.request(request_id).forum_id, now)


def member_or_none(actor: Actor, request_id: int, now: datetime) -> Member | None:
    """The same for pages, which show to others what they may do instead."""
    if not can(actor, Permission.FORUM_TAKE_PART) or actor.is_system:
        return None
    try:
        return member(actor, request_id, now)
    except DomainError:
        return None


def manages(actor: Actor) -> bool:
    """True for the secretariat of the Forum."""
    return can(actor, Permission.FORUM_MANAGE)


def sits_at(table: ForumTable, body_id: int) -> TableMember | None:
    """The organisation's place at a table now."""
    query = sa.select(TableMember).where(TableMember.table_id == table.id, TableMember.body_id == body_id)
    return db.session.scalars(query.where(TableMember.left_at.is_(None))).one_or_none()


def for_table(actor: Actor, table: ForumTable, now: datetime) -> Member | None:
    """The coordinator who speaks for a table; nobody where the secretariat itself does."""
    if manages(actor):
        return None
    found = member(actor, table.request_id, now)
    if found.body_id != table.coordinator_id:
        raise Forbidden(N_("The coordinator of the table does this, or the secretariat."), code="not_coordinator")
    return found


def at_table(actor: Actor, table: ForumTable, now: datetime) -> Member | None:
    """An organisation that sits at the table; nobody where the secretariat itself acts for it."""
    if manages(actor):
        return None
    found = member(actor, table.request_id, now)
    if sits_at(table, found.body_id) is None:
        raise Forbidden(N_("Join the table first: its members propose."), code="not_at_table")
    return found
