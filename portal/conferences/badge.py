"""The personal one-time address of an accreditation: issued with its letter, again at the desk, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.accounts.queries import grants_of
from portal.accounts.rules import REFUSED_LINKS, LinkState
from portal.accounts.sessions import open_session, token_hash
from portal.conferences import locked
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import LINK_AFTER, AccreditationState
from portal.conferences.events import BadgeIssued
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Gone
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

METHOD = "badge"


@dataclass(frozen=True)
class Entered:
    """A session that a personal address has opened: for whom, under which mandate, at which sitting."""

    token: str
    mandate_id: int
    sitting_id: int


@atomic()
def issue(accreditation_id: int, *, now: datetime) -> str | None:
    """Return the secret part of a fresh address; None if the accreditation does not live any more."""
    row = db.session.scalar(
        sa.select(Accreditation)
        .where(Accreditation.id == accreditation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None or row.state is not AccreditationState.GRANTED:
        return None
    token = secrets.token_urlsafe(32)
    row.link_hash, row.link_used_at = token_hash(token), None
    row.link_expires_at = locked.calls(row.sitting_id)[-1].starts_at + LINK_AFTER
    return token


@atomic()
def issue_again(actor: Actor, sitting_id: int, accreditation_id: int, *, now: datetime) -> None:
    """Have a fresh address sent; the one before opens nothing any more."""
    locked.sitting(sitting_id)
    require(actor, Permission.ACCREDITATION_GRANT)
    row = locked.accreditation(sitting_id, accreditation_id)
    if row.state is not AccreditationState.GRANTED:
        raise Conflict(N_("Only what was granted has a badge."), code="state")
    if now > locked.calls(sitting_id)[-1].starts_at + LINK_AFTER:
        raise Conflict(N_("The sitting is over."), code="over")
    row.link_hash = None
    record(BadgeIssued(sitting_id, row.id), actor=actor, now=now)


@atomic()
def use(token: str, device: str, *, now: datetime) -> Entered:
    """Open a session for the person who was accredited; the address is worth nothing afterwards."""
    row = db.session.scalar(
        sa.select(Accreditation)
        .join(Person, Person.id == Accreditation.person_id)
        .where(Accreditation.link_hash == token_hash(token), Person.erased_at.is_(None))
        .with_for_update(of=Accreditation)
    )
    if row is None or row.state is not AccreditationState.GRANTED or row.link_expires_at is None:
        raise Gone(REFUSED_LINKS[LinkState.UNKNOWN], code="link_unknown")
    if row.link_used_at is not None:
        raise Gone(
            N_("This address has been used. Sign in with your e-mail address, or ask the secretariat for another."),
            code="link_used",
        )
    if now >= row.link_expires_at:
        raise Gone(N_("This address has expired: the sitting is over."), code="link_expired")
    if all(held.mandate_id != row.mandate_id for held in grants_of(row.person_id, now)):
        raise Gone(N_("The mandate of this accreditation is not in force any more."), code="mandate_ended")
    row.link_used_at = now
    return Entered(open_session(row.person_id, METHOD, device, now), row.mandate_id, row.sitting_id)
