"""Erase one's own data, as far as the record of a public procedure allows.

Erased: name, address, password, sessions with their devices, links, and the mail that was sent. Kept: the number, the
mandates, and what was done under them, which are acts of the body and part of the procedure (Reg. (EU) 2016/679,
art. 17 par. 3 letters b and d).
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.events import PersonErased
from portal.accounts.models import MailChoice, Mandate, Person, SignInLink, SignInSession
from portal.accounts.rules import is_over
from portal.db import atomic, db
from portal.jobs import queue
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def erase_person(actor: Actor, *, now: datetime) -> bool:
    """Erase whoever asks for it, once no mandate of theirs is in force or still to begin."""
    require(actor, Permission.SIGNED_IN)
    person = db.session.scalar(
        sa.select(Person).where(Person.id == actor.person_id, Person.erased_at.is_(None)).with_for_update()
    )
    if person is None:
        raise NotFound()
    today = local_day(now)
    mandates = db.session.scalars(sa.select(Mandate).where(Mandate.person_id == person.id))
    if any(not is_over(m.ends_on, m.revoked_at, today) for m in mandates):
        raise Conflict(
            N_(
                "You hold a mandate in force: as long as you act for a body, it must be known who you are. "
                "Ask for the mandate to be ended, then erase your data."
            ),
            code="mandate_in_force",
        )
    person.name, person.email, person.password_hash = f"Persona cancellata {person.id}", None, None
    person.notice_version, person.notice_seen_at, person.erased_at = None, None, now
    db.session.execute(sa.delete(SignInSession).where(SignInSession.person_id == person.id))
    db.session.execute(sa.delete(SignInLink).where(SignInLink.person_id == person.id))
    db.session.execute(sa.delete(MailChoice).where(MailChoice.person_id == person.id))
    queue.forget(person.id, now=now)
    record(PersonErased(person.id), actor=Actor(person_id=person.id), now=now)
    return True
