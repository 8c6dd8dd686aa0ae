"""To whom letters go, and what a letter about a mandate needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import queries
from portal.accounts.models import Mandate, Person
from portal.db import db
from portal.kernel.clock import local_day
from portal.kernel.offices import SIGNATORIES, BodyKind, Office
from portal.territory.models import Body


@dataclass(frozen=True)
class Addressee:
    """Somebody a letter goes to."""

    person_id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Term:
    """A mandate in words."""

    person_id: int
    body_name: str
    office: Office
    starts_on: date
    ends_on: date | None


def addressees(persons: Iterable[int]) -> list[Addressee]:
    """Those of these persons who can still be written to."""
    rows: Any = db.session.execute(
        sa.select(Person.id, Person.name, Person.email, Person.language)
        .where(Person.id.in_(list(persons)), Person.email.is_not(None), Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return [Addressee(*row) for row in rows]


def acts_for(person_id: int, body_id: int, now: datetime) -> bool:
    """True while the person holds any office of the body."""
    return any(grant.body_id == body_id for grant in queries.grants_of(person_id, now))


def signatories(body_id: int, now: datetime) -> list[int]:
    """Who may sign for the body at this instant."""
    rows = db.session.execute(
        sa.select(Mandate.person_id)
        .where(Mandate.body_id == body_id, Mandate.office.in_(SIGNATORIES), Mandate.starts_on <= local_day(now))
        .order_by(Mandate.id)
    ).scalars()
    return [person for person in dict.fromkeys(rows) if _signs_for(person, body_id, now)]


def signatories_of(kinds: Iterable[BodyKind], now: datetime) -> list[int]:
    """Who may sign for any body of these kinds at this instant."""
    rows = db.session.execute(
        sa.select(Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind.in_(list(kinds)), Mandate.office.in_(SIGNATORIES), queries.is_in_force(now))
        .order_by(Mandate.person_id)
        .distinct()
    ).scalars()
    return list(rows)


def staff(offices: Iterable[Office], now: datetime) -> list[int]:
    """Who holds one of these offices at the metropolitan city at this instant."""
    rows = db.session.execute(
        sa.select(Mandate.person_id)
        .join(Body, Body.id == Mandate.body_id)
        .where(Body.kind == BodyKind.METROPOLITAN_CITY, Mandate.office.in_(list(offices)), queries.is_in_force(now))
        .order_by(Mandate.person_id)
        .distinct()
    ).scalars()
    return list(rows)


def _signs_for(person_id: int, body_id: int, now: datetime) -> bool:
    grants = queries.grants_of(person_id, now)
    return any(grant.body_id == body_id and grant.office in SIGNATORIES for grant in grants)


def term(mandate_id: int) -> Term:
    """What was granted or ended."""
    row: Any = db.session.execute(
        sa.select(Mandate.person_id, Body.name, Mandate.office, Mandate.starts_on, Mandate.ends_on)
        .join(Body, Body.id == Mandate.body_id)
        .where(Mandate.id == mandate_id)
    ).one()
    return Term(*row)
