"""Choose how often to hear of what the law does not owe."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.events import MailChosen
from portal.accounts.models import MailChoice, Person
from portal.accounts.rules import Pace
from portal.db import atomic, db, upsert
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def choose_mail(actor: Actor, pace: Pace, *, now: datetime) -> Pace:
    """At once, once a day, or not at all; receipts, decisions, answers and deadlines are sent whatever one chooses."""
    require(actor, Permission.SIGNED_IN)
    known = sa.select(Person.id).where(Person.id == actor.person_id, Person.erased_at.is_(None)).with_for_update()
    person_id = db.session.scalar(known)
    if person_id is None:
        raise NotFound()
    if pace_of(person_id) is pace:
        return pace
    insert = upsert(MailChoice).values(person_id=person_id, news=pace)
    db.session.execute(insert.on_conflict_do_update(index_elements=[MailChoice.person_id], set_={"news": pace}))
    record(MailChosen(person_id, pace.value), actor=actor, now=now)
    return pace


def pace_of(person_id: int) -> Pace:
    """What a person chose; once a day for who chose nothing."""
    found = db.session.scalar(sa.select(MailChoice.news).where(MailChoice.person_id == person_id))
    return found or Pace.DAILY
