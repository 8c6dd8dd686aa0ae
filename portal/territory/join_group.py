"""Say that a Comune is part of an Unione or zone, from one day to another."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory import rules
from portal.territory.events import MembershipAdded, MembershipEnded
from portal.territory.models import Body, Membership


@atomic()
def add_membership(
    actor: Actor, group_id: int, member_id: int, starts_on: date, ends_on: date | None = None, *, now: datetime
) -> Membership:
    """Add a Comune to a group; it is part of one group of a kind at a time."""
    require(actor, Permission.TERRITORY_MANAGE)
    group, member = db.session.get(Body, group_id), db.session.get(Body, member_id, with_for_update=True)
    if group is None or member is None:
        raise NotFound()
    rules.check_tie(group.kind, member.kind, starts_on, ends_on)
    same_kind = db.session.scalars(
        sa.select(Membership)
        .join(Body, Body.id == Membership.group_id)
        .where(Membership.member_id == member.id, Body.kind == group.kind)
    )
    ties = [rules.Tie(m.group_id, m.member_id, m.starts_on, m.ends_on) for m in same_kind]
    rules.check_single(ties, starts_on, ends_on)
    membership = Membership(group_id=group.id, member_id=member.id, starts_on=starts_on, ends_on=ends_on)
    db.session.add(membership)
    record(MembershipAdded(group.id, member.id, starts_on, ends_on), actor=actor, now=now)
    return membership


@atomic()
def end_membership(actor: Actor, membership_id: int, ends_on: date, *, now: datetime) -> Membership:
    """Set the last day on which a Comune is part of a group."""
    require(actor, Permission.TERRITORY_MANAGE)
    membership = db.session.get(Membership, membership_id, with_for_update=True)
    if membership is None:
        raise NotFound()
    if ends_on < membership.starts_on:
        raise Invalid(N_("The last day comes before the first day."), code="term", field="ends_on")
    if membership.ends_on is not None and membership.ends_on < ends_on:
        raise Invalid(N_("It already ended before that day."), code="term", field="ends_on")
    membership.ends_on = ends_on
    record(MembershipEnded(membership.group_id, membership.member_id, ends_on), actor=actor, now=now)
    return membership
