"""Grant a mandate; a person who is not known yet becomes known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts import rules
from portal.accounts.events import MandateGranted, PersonAdded
from portal.accounts.models import Mandate, Person
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.territory.models import Body


@dataclass(frozen=True)
class Appointment:
    """Who is to hold which office of which body, from when to when, by which act."""

    email: str
    name: str
    body_id: int
    office: Office
    starts_on: date
    ends_on: date | None = None
    act_reference: str = ""
    language: str = "it"


@dataclass(frozen=True)
class Granted:
    """What came of it."""

    person_id: int
    mandate_id: int
    is_new_person: bool


@atomic()
def grant_mandate(actor: Actor, wanted: Appointment, *, now: datetime) -> Granted:
    """The secretariat grants any office; a signatory those of its own staff, in its own body alone."""
    require(actor, Permission.MANDATE_GRANT, wanted.body_id)
    body = db.session.get(Body, wanted.body_id)
    if body is None:
        raise NotFound()
    rules.check_office(body.kind, wanted.office)
    check_may_manage(actor, body.kind, wanted.office)
    return appoint(actor, wanted, body, now=now)


def appoint(actor: Actor, wanted: Appointment, body: Body, *, now: datetime) -> Granted:
    """What every appointment has in common; acts of other domains have their own permission for it."""
    rules.check_term(wanted.starts_on, wanted.ends_on, local_day(now))
    if body.ended_on is not None and body.ended_on < wanted.starts_on:
        raise Invalid(N_("This body no longer exists on the first day."), code="body_ended", field="starts_on")

    person, is_new = _known_or_new(actor, wanted, now)
    held = db.session.scalars(
        sa.select(Mandate).where(
            Mandate.person_id == person.id, Mandate.body_id == body.id, Mandate.office == wanted.office
        )
    ).all()
    term = rules.Term(wanted.starts_on, wanted.ends_on)
    rules.check_no_overlap(term, [rules.Term(m.starts_on, m.ends_on) for m in held if m.revoked_at is None])
    mandate = next((m for m in held if m.starts_on == wanted.starts_on), None) or Mandate(
        person_id=person.id, body_id=body.id, office=wanted.office, starts_on=wanted.starts_on
    )
    mandate.ends_on, mandate.granted_at, mandate.revoked_at = wanted.ends_on, now, None
    mandate.act_reference = typed(wanted.act_reference, field="act_reference", limit=rules.ACT_LONGEST, required=False)
    db.session.add(mandate)
    db.session.flush()
    record(
        MandateGranted(mandate.id, person.id, body.id, wanted.office.value, wanted.starts_on, wanted.ends_on),
        actor=actor,
        now=now,
    )
    return Granted(person.id, mandate.id, is_new)


def check_may_manage(actor: Actor, kind: BodyKind, office: Office) -> None:
    """Refuse a signatory who reaches beyond the staff of its own body."""
    if actor.is_system or actor.acting is None or actor.acting.body_kind is BodyKind.METROPOLITAN_CITY:
        return
    if office not in rules.own_staff(kind, actor.acting.office):
        raise Forbidden(
            N_("Your office may appoint the staff of your own body only. Ask the secretariat for this office."),
            code="own_staff",
            field="office",
        )


def _known_or_new(actor: Actor, wanted: Appointment, now: datetime) -> tuple[Person, bool]:
    email = rules.normal_email(wanted.email)
    person = db.session.scalar(sa.select(Person).where(Person.email == email))
    if person is not None:
        return person, False
    name = " ".join(typed(wanted.name, field="name", limit=rules.NAME_LONGEST).split())
    person = Person(email=email, name=name, language=wanted.language, created_at=now)
    db.session.add(person)
    db.session.flush()
    record(PersonAdded(person.id), actor=actor, now=now)
    return person, True
