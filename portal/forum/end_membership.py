"""End a membership: its last day, the reason and the act; delegate and substitute end with the last one."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts.end_mandate import finish
from portal.accounts.models import Mandate
from portal.accounts.queries import is_open
from portal.db import atomic, db
from portal.forum import locked, rules
from portal.forum.events import OrganisationLeft
from portal.forum.models import ForumMembership
from portal.forum.rules import Span
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def end_membership(
    actor: Actor, membership_id: int, last_day: date, reason: str, act: str, *, now: datetime
) -> int:  # fmt: skip
    """Return the organisation, which stays in the register with what it did."""
    require(actor, Permission.FORUM_MANAGE)
    member = locked.membership(membership_id)
    if member.left_on is not None:
        raise Conflict(N_("This membership has its last day already."), code="left")
    rules.check_day(last_day, local_day(now), field="left_on")
    if not Span(member.admitted_on, None).holds_on(last_day):
        raise Invalid(N_("The last day comes before the first day."), code="term", field="left_on")
    member.left_reason = rules.check_reason(typed(reason, field="reason", limit=rules.REASON_LIMIT))
    member.left_on, member.left_act = last_day, typed(act, field="act", limit=rules.ACT_LIMIT)
    if not _is_elsewhere(member):
        _end_mandates(actor, member.body_id, last_day, now)
    event = OrganisationLeft(member.forum_id, member.id, member.body_id, last_day, text_digest(member.left_reason))
    record(event, actor=actor, now=now)
    return member.body_id


def _is_elsewhere(member: ForumMembership) -> bool:
    """True while the organisation is a member of another Forum, which keeps its delegate."""
    query = sa.select(ForumMembership.id).where(
        ForumMembership.body_id == member.body_id,
        ForumMembership.id != member.id,
        ForumMembership.left_on.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def _end_mandates(actor: Actor, body_id: int, last_day: date, now: datetime) -> None:
    query = sa.select(Mandate).where(Mandate.body_id == body_id, is_open(now)).with_for_update()
    for mandate in db.session.scalars(query.order_by(Mandate.id)).all():
        if mandate.starts_on > last_day:
            finish(actor, mandate, None, now=now)
        elif mandate.ends_on is None or mandate.ends_on > last_day:
            finish(actor, mandate, last_day, now=now)
