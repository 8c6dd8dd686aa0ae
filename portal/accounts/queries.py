"""Reading people, mandates and sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Mandate, Person, SignInLink, SignInSession
from portal.accounts.rules import LinkState, link_state
from portal.db import db
from portal.kernel.actor import Actor, Grant
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, can
from portal.territory.models import Body


@dataclass(frozen=True)
class SessionRow:
    """A browser that is signed in."""

    id: int
    method: str
    device: str
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class PersonRow:
    """A person as the office sees one."""

    id: int
    name: str
    email: str | None
    language: str
    created_at: datetime
    erased_at: datetime | None


@dataclass(frozen=True)
class OwnData:
    """A person as one sees oneself."""

    id: int
    name: str
    email: str
    language: str
    has_password: bool
    notice_version: str | None
    notice_seen_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class MandateRow:
    """Who is what for whom, from when to when, by which act."""

    id: int
    person_id: int
    person_name: str
    email: str | None
    body_id: int
    body_key: str
    body_name: str
    body_kind: BodyKind
    office: Office
    starts_on: date
    ends_on: date | None
    act_reference: str
    revoked_at: datetime | None
    in_force: bool
    is_open: bool  # in force, or still to begin


def actor_of_session(token_hash: str, *, acting: int | None, now: datetime) -> Actor | None:
    """The person behind a session with the mandates in force today; None if the session is over."""
    at = {"token": token_hash, "now": now, "today": local_day(now)}
    rows = db.session.execute(_SESSION, at).all()
    if not rows:
        return None
    session_id, person_id, name, email, *_ = rows[0]
    grants = tuple(Grant(*row[4:]) for row in rows if row[4] is not None)
    return _acting(person_id, name, email, grants, session_id, acting)


def actor_of_person(person_id: int, *, acting: int | None = None, now: datetime) -> Actor | None:
    """The same without a session, for jobs and the command line."""
    person = db.session.get(Person, person_id)
    return _actor(person, None, acting, now) if person and not person.erased_at else None


def actor_of_email(email: str, *, now: datetime) -> Actor | None:
    """The same by address."""
    person = db.session.scalar(sa.select(Person).where(Person.email == email.strip().lower()))
    return _actor(person, None, None, now) if person and not person.erased_at else None


def _actor(person: Person, session_id: int | None, acting: int | None, now: datetime) -> Actor:
    return _acting(person.id, person.name, person.email, grants_of(person.id, now), session_id, acting)


def _acting(
    person_id: int, name: str, email: str | None, grants: tuple[Grant, ...], session_id: int | None, acting: int | None
) -> Actor:
    chosen = next((g for g in grants if g.mandate_id == acting), grants[0] if grants else None)
    return Actor(person_id, name, email or "", grants, chosen, session_id)


def is_in_force(now: datetime) -> sa.ColumnElement[bool]:
    """The one condition for a mandate that gives access at an instant; its days are those of Rome."""
    today = local_day(now)
    return sa.and_(
        Mandate.starts_on <= today,
        sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
        sa.or_(Mandate.revoked_at.is_(None), Mandate.revoked_at > now),
    )


# Asked at every request of whoever has signed in: one statement on the bare tables, built once.
_OPEN, _WHO, _HELD, _WHERE = (model.__table__ for model in (SignInSession, Person, Mandate, Body))
_SESSION = (
    sa.select(
        _OPEN.c.id,
        _WHO.c.id,
        _WHO.c.name,
        _WHO.c.email,
        _HELD.c.id,
        _HELD.c.body_id,
        _WHERE.c.kind,
        _WHERE.c.name,
        _HELD.c.office,
    )
    .join_from(_OPEN, _WHO, _WHO.c.id == _OPEN.c.person_id)
    .outerjoin(
        _HELD,
        sa.and_(
            _HELD.c.person_id == _WHO.c.id,
            _HELD.c.starts_on <= sa.bindparam("today"),
            sa.or_(_HELD.c.ends_on.is_(None), _HELD.c.ends_on >= sa.bindparam("today")),
            sa.or_(_HELD.c.revoked_at.is_(None), _HELD.c.revoked_at > sa.bindparam("now")),
        ),
    )
    .outerjoin(_WHERE, _WHERE.c.id == _HELD.c.body_id)
    .where(_OPEN.c.token_hash == sa.bindparam("token"), _OPEN.c.ended_at.is_(None))
    .where(_OPEN.c.expires_at > sa.bindparam("now"), _WHO.c.erased_at.is_(None))
    .order_by(_HELD.c.starts_on, _HELD.c.id)
)


def is_open(now: datetime) -> sa.ColumnElement[bool]:
    """In force, or still to begin: there is something left to end."""
    lasts = sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= local_day(now))
    return sa.and_(lasts, Mandate.revoked_at.is_(None))


def grants_of(person_id: int, now: datetime) -> tuple[Grant, ...]:
    """The mandates in force on the day it is in Rome, oldest first."""
    rows = db.session.execute(
        sa.select(Mandate)
        .join(Mandate.body)
        .options(contains_eager(Mandate.body))
        .where(Mandate.person_id == person_id, is_in_force(now))
        .order_by(Mandate.starts_on, Mandate.id)
    ).scalars()
    return tuple(Grant(m.id, m.body_id, m.body.kind, m.body.name, m.office) for m in rows)


def password_hash_of(email: str) -> str | None:
    """The stored hash, to compare outside of any transaction."""
    return db.session.scalar(sa.select(Person.password_hash).where(Person.email == email, Person.erased_at.is_(None)))


def state_of_link(token_hash: str, now: datetime) -> LinkState:
    """What a one-time link is worth, without using it up."""
    row = db.session.execute(
        sa.select(SignInLink.expires_at, SignInLink.used_at).where(SignInLink.token_hash == token_hash)
    ).one_or_none()
    return link_state(row.expires_at, row.used_at, now) if row else LinkState.UNKNOWN


def own_data(actor: Actor) -> OwnData:
    """What is kept about the actor."""
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or person.email is None:
        raise NotFound()
    return OwnData(
        person.id,
        person.name,
        person.email,
        person.language,
        person.password_hash is not None,
        person.notice_version,
        person.notice_seen_at,
        person.created_at,
    )


def person(person_id: int) -> PersonRow:
    """One person."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound()
    return PersonRow(found.id, found.name, found.email, found.language, found.created_at, found.erased_at)


def sessions_of(person_id: int, now: datetime) -> list[SessionRow]:
    """The browsers in which somebody is signed in, latest first."""
    rows = db.session.execute(
        sa.select(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
        .where(SignInSession.expires_at > now)
        .order_by(SignInSession.started_at.desc(), SignInSession.id.desc())
        .limit(100)
    ).scalars()
    return [SessionRow(s.id, s.method, s.device, s.started_at, s.expires_at) for s in rows]


def mandates_of_person(person_id: int, now: datetime) -> list[MandateRow]:
    """All of somebody's mandates, those in force first."""
    return _mandates(sa.select().where(Mandate.person_id == person_id), now)


def mandates_of_body(body_id: int, now: datetime) -> list[MandateRow]:
    """All mandates of a body, those in force first."""
    return _mandates(sa.select().where(Mandate.body_id == body_id), now)


def mandate(actor: Actor, mandate_id: int, now: datetime) -> MandateRow:
    """One mandate, for whoever may end mandates of that body; to others there is nothing here."""
    rows = _mandates(sa.select().where(Mandate.id == mandate_id), now)
    if not rows or not can(actor, Permission.MANDATE_GRANT, rows[0].body_id):
        raise NotFound()
    return rows[0]


def mandates_in_force(now: datetime) -> list[MandateRow]:
    """Who holds which office today."""
    return _mandates(sa.select().where(is_in_force(now)), now)


def _mandates(narrowed: sa.Select[Any], now: datetime) -> list[MandateRow]:
    in_force = is_in_force(now).label("in_force")
    query = (
        narrowed.add_columns(*MANDATE_COLUMNS, in_force, is_open(now))
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .order_by(in_force.desc(), Mandate.starts_on.desc(), Mandate.id.desc())
        .limit(500)
    )
    return [MandateRow(*row) for row in db.session.execute(query)]


MANDATE_COLUMNS = (
    Mandate.id,
    Person.id,
    Person.name,
    Person.email,
    Body.id,
    Body.key,
    Body.name,
    Body.kind,
    Mandate.office,
    Mandate.starts_on,
    Mandate.ends_on,
    Mandate.act_reference,
    Mandate.revoked_at,
)
