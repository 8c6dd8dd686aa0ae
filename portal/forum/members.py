"""Whether somebody may speak for a member organisation now, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate
from portal.db import db
from portal.forum.models import ForumMembership, ForumSuspension
from portal.forum.rules import Span
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden
from portal.kernel.offices import ForumCategory, Office
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.territory.models import Body

NOBODY = N_("Only the delegate of a member organisation of the Forum, or the substitute, does this.")


@dataclass(frozen=True)
class Member:
    """Who speaks for which organisation, and by which mandate."""

    body_id: int
    name: str
    category: ForumCategory
    office: Office
    person_id: int
    mandate_id: int


def standing(actor: Actor, forum_id: int, now: datetime) -> Member:
    """The member for whom the actor speaks, or a refusal that says why there is none."""
    acting = actor.acting
    if acting is None or actor.person_id is None or not can(actor, Permission.FORUM_TAKE_PART, acting.body_id):
        raise Forbidden(NOBODY, code="no_delegate")
    if not _holds(acting.mandate_id, now):
        raise Forbidden(N_("Your mandate for this organisation is over."), code="mandate_over")
    _check_seat(forum_id, acting.body_id, local_day(now))
    body = db.session.execute(sa.select(Body.name, Body.forum_category).where(Body.id == acting.body_id)).one()
    return Member(acting.body_id, body.name, body.forum_category, acting.office, actor.person_id, acting.mandate_id)


def _holds(mandate_id: int, now: datetime) -> bool:
    query = sa.select(Mandate.id).where(Mandate.id == mandate_id, accounts.is_in_force(now))
    return db.session.scalar(query) is not None


def _check_seat(forum_id: int, body_id: int, today: date) -> None:
    rows = db.session.execute(
        sa.select(ForumMembership.id, ForumMembership.admitted_on, ForumMembership.left_on).where(
            ForumMembership.forum_id == forum_id, ForumMembership.body_id == body_id
        )
    ).all()
    current = next((row.id for row in rows if Span(row.admitted_on, row.left_on).holds_on(today)), None)
    if current is None:
        raise _not_admitted([row.left_on for row in rows], today)
    suspended = db.session.execute(
        sa.select(ForumSuspension.starts_on, ForumSuspension.ends_on).where(ForumSuspension.membership_id == current)
    ).all()
    since = next((row.starts_on for row in suspended if Span(row.starts_on, row.ends_on).holds_on(today)), None)
    if since is not None:
        raise Forbidden(
            N_("Your organisation has been suspended since %(day)s: it holds no seat."), code="suspended", day=since
        )


def _not_admitted(last_days: list[date | None], today: date) -> Forbidden:
    left = max((day for day in last_days if day is not None and day < today), default=None)
    if left is None:
        return Forbidden(N_("Your organisation has not been admitted to this Forum."), code="not_admitted")
    words = N_("Your organisation left the Forum: its last day was %(day)s.")
    return Forbidden(words, code="not_admitted", day=left)
