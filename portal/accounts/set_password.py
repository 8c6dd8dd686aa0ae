"""Choose, change or take away one's own password."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts import passwords
from portal.accounts.events import PasswordSet
from portal.accounts.models import Person, SignInSession
from portal.accounts.queries import password_hash_of
from portal.accounts.rules import check_password
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


def set_password(actor: Actor, password: str, current: str, *, now: datetime) -> bool:
    """Replace the password and end the other sessions; whoever has one already must know it."""
    require(actor, Permission.SIGNED_IN)
    stored = _proved(actor, current)
    check_password(password, email=actor.email, name=actor.name)
    return _change(actor, stored, passwords.hashed(password), now=now)


def remove_password(actor: Actor, current: str, *, now: datetime) -> bool:
    """From now on sign in by link only."""
    require(actor, Permission.SIGNED_IN)
    return _change(actor, _proved(actor, current), None, now=now)


def _proved(actor: Actor, current: str) -> str | None:
    stored = password_hash_of(actor.email)
    if stored is not None and not passwords.fits(stored, current):
        raise Invalid(N_("The present password is not right."), code="credentials", field="current")
    return stored


@atomic()
def _change(actor: Actor, stored: str | None, fresh: str | None, *, now: datetime) -> bool:
    person = db.session.scalar(sa.select(Person).where(Person.id == actor.person_id, Person.erased_at.is_(None)))
    if person is None or person.password_hash != stored:
        raise Conflict()
    person.password_hash = fresh
    db.session.execute(
        sa.update(SignInSession)
        .where(SignInSession.person_id == person.id, SignInSession.ended_at.is_(None))
        .where(SignInSession.id != (actor.session_id or 0))
        .values(ended_at=now)
    )
    record(PasswordSet(person.id, kept=fresh is not None), actor=actor, now=now)
    return True
