"""Reading people, mandates and sessions."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Mandate, Person, SignInSession
from portal.db import db
from portal.kernel.actor import Actor, Grant
from portal.kernel.clock import local_day


def actor_of_session(token_hash: str, *, acting: int | None, now: datetime) -> Actor | None:
    """The person behind a session with the mandates in force today; None if the session is over."""
    session = db.session.execute(
        sa.select(SignInSession)
        .join(SignInSession.person)
        .options(contains_eager(SignInSession.person))
        .where(SignInSession.token_hash == token_hash, SignInSession.ended_at.is_(None))
        .where(SignInSession.expires_at > now, Person.erased_at.is_(None))
    ).scalar_one_or_none()
    return _actor(session.person, session.id, acting, now) if session else None


def actor_of_person(person_id: int, *, acting: int | None = None, now: datetime) -> Actor | None:
    """The same without a session, for jobs and the command line."""
    person = db.session.get(Person, person_id)
    return _actor(person, None, acting, now) if person and not person.erased_at else None


def _actor(person: Person, session_id: int | None, acting: int | None, now: datetime) -> Actor:
    grants = grants_of(person.id, now)
    chosen = next((g for g in grants if g.mandate_id == acting), grants[0] if grants else None)
    return Actor(person.id, person.name, person.email or "", grants, chosen, session_id)


def grants_of(person_id: int, now: datetime) -> tuple[Grant, ...]:
    """The mandates in force on the day it is in Rome, oldest first."""
    today = local_day(now)
    rows = db.session.execute(
        sa.select(Mandate)
        .join(Mandate.body)
        .options(contains_eager(Mandate.body))
        .where(Mandate.person_id == person_id, Mandate.starts_on <= today)
        .where(sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today))
        .order_by(Mandate.starts_on, Mandate.id)
    ).scalars()
    return tuple(Grant(m.id, m.body_id, m.body.kind, m.body.name, m.office) for m in rows)
