"""Ask for a one-time sign-in link, by mail or, at the console, at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts.models import Person, SignInLink
from portal.accounts.rules import LINK_LIFE, normal_email
from portal.accounts.sessions import token_hash
from portal.db import atomic, db
from portal.jobs.queue import enqueue
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.words import N_


@dataclass(frozen=True)
class Letter:
    """What the door needs to write the message: the secret part of the address, and to whom it goes."""

    token: str
    name: str
    language: str
    expires_at: datetime


Compose = Callable[[Letter], tuple[str, str]]


@atomic()
def request_link(email: str, compose: Compose, *, now: datetime) -> bool:
    """Queue the mail if the address is known; who asks is told the same in both cases."""
    person = _person(normal_email(email))
    if person is None:
        return False
    link, token = _issue(person, LINK_LIFE, now)
    subject, text = compose(Letter(token, person.name, person.language, link.expires_at))
    enqueue(f"link:{link.id}", "sign_in_link", person.id, person.email or "", subject, text, now=now)
    return True


@atomic()
def issue_link(actor: Actor, email: str, *, life: timedelta = LINK_LIFE, now: datetime) -> str:
    """Return the secret part of a link to whoever holds the console; nobody else may sign in as another."""
    if not actor.is_system:
        raise Forbidden()
    person = _person(normal_email(email))
    if person is None:
        raise NotFound(
            N_("Nobody has the address %(email)s. Add the person first: parere user add."), field="email", email=email
        )
    return _issue(person, life, now)[1]


def _person(email: str) -> Person | None:
    return db.session.scalar(sa.select(Person).where(Person.email == email, Person.erased_at.is_(None)))


def _issue(person: Person, life: timedelta, now: datetime) -> tuple[SignInLink, str]:
    token = secrets.token_urlsafe(32)
    link = SignInLink(person_id=person.id, token_hash=token_hash(token), created_at=now, expires_at=now + life)
    db.session.add(link)
    db.session.flush()
    return link, token
