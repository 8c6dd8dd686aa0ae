"""Admit an organisation to a Forum, or correct what the register says of it (Statute art. 6, 14)."""

from __future__ import annotations

from datetime import date, datetime

from portal.db import atomic, db
from portal.forum import locked, register, rules
from portal.forum.events import OrganisationAdmitted, OrganisationDescribed
from portal.forum.models import ForumMembership
from portal.forum.register import Facts
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.territory.models import Body
from portal.territory.register_body import correct, enrol


@atomic()
def admit(actor: Actor, forum_id: int, facts: Facts, admitted_on: date, act: str, *, now: datetime) -> int:
    """Bring a new organisation into the register and admit it; returns its membership."""
    require(actor, Permission.FORUM_MANAGE)
    return admit_new(actor, locked.forum(forum_id).id, facts, admitted_on, act, now=now)


@atomic()
def admit_known(actor: Actor, forum_id: int, body_id: int, admitted_on: date, act: str, *, now: datetime) -> int:
    """Admit an organisation that the register knows: again, or to the other Forum."""
    require(actor, Permission.FORUM_MANAGE)
    body = organisation(body_id)
    return _member(actor, locked.forum(forum_id).id, body.id, admitted_on, act, now)


@atomic()
def describe(actor: Actor, forum_id: int, body_id: int, facts: Facts, *, now: datetime) -> None:
    """Correct what the register says; earlier votes keep the name and the family they were cast under."""
    require(actor, Permission.FORUM_MANAGE)
    body = organisation(body_id)
    facts = register.checked(facts)
    if (body.name, body.forum_category) != (facts.name, facts.category):
        correct(actor, body.id, facts.of_body(), now=now)
    fingerprint = register.store(body.id, facts)
    record(OrganisationDescribed(forum_id, body.id, fingerprint), actor=actor, now=now)


def admit_new(
    actor: Actor, forum_id: int, facts: Facts, admitted_on: date, act: str, *, key: str = "", now: datetime
) -> int:
    """Inside a verb: the organisation is in the register of bodies and a member; returns its membership."""
    facts = register.checked(facts)
    body = enrol(actor, facts.of_body(key), now=now)
    register.store(body.id, facts)
    return _member(actor, forum_id, body.id, admitted_on, act, now)


def _member(actor: Actor, forum_id: int, body_id: int, admitted_on: date, act: str, now: datetime) -> int:
    rules.check_admission(admitted_on, locked.memberships_of(forum_id, body_id), local_day(now))
    row = ForumMembership(
        forum_id=forum_id,
        body_id=body_id,
        admitted_on=admitted_on,
        act=typed(act, field="act", limit=rules.ACT_LIMIT),
        admitted_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(OrganisationAdmitted(forum_id, row.id, body_id, admitted_on), actor=actor, now=now)
    return row.id


def organisation(body_id: int) -> Body:
    """A body that can be a member of a Forum."""
    body = db.session.get(Body, body_id)
    if body is None or body.kind is not BodyKind.FORUM_ORGANISATION:
        raise NotFound()
    return body
