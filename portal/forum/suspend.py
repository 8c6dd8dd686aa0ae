"""Suspend a member for a time or until further notice, and let it come back: days, reason and act are kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal.db import atomic, db
from portal.forum import locked, rules
from portal.forum.events import OrganisationReadmitted, OrganisationSuspended
from portal.forum.models import ForumSuspension
from portal.forum.rules import Span
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed


@atomic()
def suspend(actor: Actor, membership_id: int, days: Span, reason: str, act: str, *, now: datetime) -> int:
    """The member holds no seat on these days; rolls that are drawn already keep it in their base."""
    require(actor, Permission.FORUM_MANAGE)
    member = locked.membership(membership_id)
    rules.check_day(days.starts_on, local_day(now), field="starts_on")
    rules.check_suspension(Span(member.admitted_on, member.left_on), locked.suspensions_of(member.id), days)
    row = ForumSuspension(
        membership_id=member.id,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        reason=rules.check_reason(typed(reason, field="reason", limit=rules.REASON_LIMIT)),
        act=typed(act, field="act", limit=rules.ACT_LIMIT),
        suspended_at=now,
    )
    db.session.add(row)
    db.session.flush()
    event = OrganisationSuspended(
        member.forum_id, member.id, member.body_id, row.id, row.starts_on, row.ends_on, text_digest(row.reason)
    )
    record(event, actor=actor, now=now)
    return row.id


@atomic()
def readmit(actor: Actor, suspension_id: int, back_on: date, act: str, *, now: datetime) -> int:
    """The member holds its seat again from a day on; returns the membership."""
    require(actor, Permission.FORUM_MANAGE)
    row = locked.suspension(suspension_id)
    member = locked.membership(row.membership_id)
    rules.check_day(back_on, local_day(now), field="back_on")
    last = back_on - timedelta(days=1)
    rules.check_readmission(Span(row.starts_on, row.ends_on), last, local_day(now))
    row.ends_on, row.readmitted_at = last, now
    row.readmitted_act = typed(act, field="act", limit=rules.ACT_LIMIT)
    event = OrganisationReadmitted(member.forum_id, member.id, member.body_id, row.id, last)
    record(event, actor=actor, now=now)
    return member.id
