"""Correct a person's name, address and language: one's own, or anybody's by the secretariat."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.events import PersonCorrected
from portal.accounts.models import Person, SignInLink, SignInSession
from portal.accounts.rules import NAME_LONGEST, normal_email
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

LANGUAGES = ("it", "en")


@atomic()
def correct_own_data(actor: Actor, name: str, language: str, *, now: datetime) -> bool:
    """Change the name by which one is known here, and the language of pages and mail."""
    require(actor, Permission.SIGNED_IN)
    person = _person(actor.person_id)
    _write(person, name, language)
    record(PersonCorrected(person.id), actor=actor, now=now)
    return True


@atomic()
def correct_person(actor: Actor, person_id: int, name: str, email: str, language: str, *, now: datetime) -> bool:
    """The secretariat corrects a person; a new address ends the sessions and links of the old one."""
    require(actor, Permission.PEOPLE_CORRECT)
    person = _person(person_id)
    _write(person, name, language)
    address = normal_email(email)
    if address != person.email:
        taken = db.session.scalar(sa.select(Person.id).where(Person.email == address))
        if taken is not None:
            raise Invalid(N_("Somebody else has this address."), code="taken", field="email")
        person.email = address
        _shut(person.id, now)
    record(PersonCorrected(person.id), actor=actor, now=now)
    return True


def _person(person_id: int | None) -> Person:
    person = db.session.scalar(sa.select(Person).where(Person.id == person_id, Person.erased_at.is_(None)))
    if person is None:
        raise NotFound()
    return person


def _write(person: Person, name: str, language: str) -> None:
    person.name = " ".join(typed(name, field="name", limit=NAME_LONGEST).split())
    if language not in LANGUAGES:
        raise Invalid(N_("Choose one of the languages of the portal."), code="language", field="language")
    person.language = language


def _shut(person_id: int, now: datetime) -> None:
    for table, column in ((SignInSession, "ended_at"), (SignInLink, "used_at")):
        open_ones = sa.update(table).where(table.person_id == person_id, getattr(table, column).is_(None))
        db.session.execute(open_ones.values({column: now}))
