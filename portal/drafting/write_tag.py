"""Make, change and retire the themes of the drafting team; a theme can have an officer of its own."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import TagChanged, TagMade, TagRetired
from portal.drafting.models import Tag
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def make_tag(actor: Actor, name: str, officer_id: int | None, *, now: datetime) -> Tag:
    """A theme under a name that no other has."""
    require(actor, Permission.ANSWER_ASSIGN)
    words = _name(name, None)
    _check_officer(officer_id, now)
    tag = Tag(name=words, key=rules.tag_key(words), officer_id=officer_id, made_at=now)
    db.session.add(tag)
    db.session.flush()
    record(TagMade(tag.id, officer_id), actor=actor, now=now)
    return tag


@atomic()
def change_tag(actor: Actor, tag_id: int, name: str, officer_id: int | None, *, now: datetime) -> Tag:
    """Another name or another officer; what was given to the one before stays with them."""
    require(actor, Permission.ANSWER_ASSIGN)
    tag = _in_use(tag_id)
    words = _name(name, tag.id)
    _check_officer(officer_id, now)
    tag.name, tag.key, tag.officer_id = words, rules.tag_key(words), officer_id
    record(TagChanged(tag.id, officer_id), actor=actor, now=now)
    return tag


@atomic()
def retire_tag(actor: Actor, tag_id: int, *, now: datetime) -> Tag:
    """Offer it no more; the remarks that carry it keep it."""
    require(actor, Permission.ANSWER_ASSIGN)
    tag = _in_use(tag_id)
    tag.retired_at = now
    record(TagRetired(tag.id), actor=actor, now=now)
    return tag


def _in_use(tag_id: int) -> Tag:
    tag = queries.tag_for_update(tag_id)
    if tag is None:
        raise NotFound()
    if tag.retired_at is not None:
        raise Conflict(N_("This theme is not in use any more."), code="retired")
    return tag


def _name(name: str, own_id: int | None) -> str:
    words = " ".join(typed(name, field="name", limit=rules.TAG_LIMIT).split())
    taken = db.session.scalar(sa.select(Tag.id).where(Tag.key == rules.tag_key(words)))
    if taken not in {None, own_id}:
        raise Invalid(N_("There is a theme of this name already."), code="taken", field="name")
    return words


def _check_officer(officer_id: int | None, now: datetime) -> None:
    if officer_id is not None and officer_id not in {officer.person_id for officer in queries.officers(now)}:
        raise Invalid(N_("Choose somebody of the drafting team."), code="officer", field="officer")
