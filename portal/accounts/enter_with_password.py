"""Sign in with an address and a password."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts import passwords
from portal.accounts.models import Person
from portal.accounts.queries import password_hash_of
from portal.accounts.rules import PASSWORD_LONGEST, normal_email
from portal.accounts.sessions import open_session
from portal.db import atomic, db
from portal.kernel.errors import Invalid
from portal.kernel.words import N_


def enter_with_password(email: str, password: str, device: str, *, now: datetime) -> str:
    """Return the token of the new session; a wrong address and a wrong password are refused in the same words.

    The slow comparison happens before the transaction, so that nobody else waits for it.
    """
    address = normal_email(email)
    stored = password_hash_of(address)
    if len(password) > PASSWORD_LONGEST or not passwords.fits(stored, password):
        raise _refusal()
    fresh = passwords.hashed(password) if stored and passwords.is_dated(stored) else None
    return _enter(address, stored, fresh, device, now=now)


@atomic()
def _enter(email: str, stored: str | None, fresh: str | None, device: str, *, now: datetime) -> str:
    person = db.session.scalar(
        sa.select(Person).where(Person.email == email, Person.password_hash == stored, Person.erased_at.is_(None))
    )
    if person is None:
        raise _refusal()  # it was changed while it was being compared
    person.password_hash = fresh or person.password_hash
    return open_session(person.id, "password", device, now)


def _refusal() -> Invalid:
    return Invalid(
        N_("The address or the password is not right. If you have no password, have a link sent to you."),
        code="credentials",
    )
