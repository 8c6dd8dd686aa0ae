"""Acts that need two persons: one asks, another confirms or refuses, and what nobody confirms in time expires.

The verbs of other domains use these inside their own transaction and write their own entries in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person, SecondPersonRequest
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Conflict, Forbidden, Gone, NotFound
from portal.kernel.words import N_

USUAL_TERM = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """What somebody asked for and nobody has decided yet."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any]
    payload_hash: str
    requested_by_id: int
    requested_by: str
    requested_at: datetime
    expires_at: datetime


def ask(
    actor: Actor, kind: str, subject: str, payload: dict[str, Any], *, now: datetime, term: timedelta = USUAL_TERM
) -> SecondPersonRequest:
    """Write down what is asked for; nothing of it happens yet."""
    request = SecondPersonRequest(
        kind=kind,
        subject=subject,
        payload=payload,
        payload_hash=digest(payload),
        requested_by_id=_person(actor),
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        requested_at=now,
        expires_at=now + term,
    )
    db.session.add(request)
    db.session.flush()
    return request


def confirm(actor: Actor, request_id: int, kind: str, *, now: datetime) -> Waiting:
    """Another person agrees: what was asked for is handed out once, unchanged."""
    request = _undecided(request_id, kind, now)
    if request.requested_by_id == _person(actor):
        raise Conflict(N_("You entered this yourself: another person must confirm it."), code="second_person")
    found = _waiting(request, db.session.get_one(Person, request.requested_by_id).name)
    if digest(found.payload) != request.payload_hash:
        raise Conflict(N_("What was entered has been altered. Refuse it and enter it again."), code="altered")
    _decide(request, actor, True, now)
    return found


def refuse(actor: Actor, request_id: int, kind: str, *, now: datetime) -> Waiting:
    """Somebody, or who asked, takes it off the table."""
    request = _undecided(request_id, kind, now)
    found = _waiting(request, db.session.get_one(Person, request.requested_by_id).name)
    _decide(request, actor, False, now)
    return found


def waiting(subject: str, kind: str, *, now: datetime) -> list[Waiting]:
    """What waits for a second person, oldest first."""
    rows = db.session.execute(
        sa.select(SecondPersonRequest, Person.name)
        .join(Person, Person.id == SecondPersonRequest.requested_by_id)
        .where(SecondPersonRequest.subject == subject, SecondPersonRequest.kind == kind)
        .where(SecondPersonRequest.decided_at.is_(None), SecondPersonRequest.expires_at > now)
        .order_by(SecondPersonRequest.id)
        .limit(50)
    )
    return [_waiting(request, name) for request, name in rows]


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Forbidden(N_("Two persons are needed, and the console is nobody: use the pages."), code="no_person")
    return actor.person_id


def _undecided(request_id: int, kind: str, now: datetime) -> SecondPersonRequest:
    query = sa.select(SecondPersonRequest).where(SecondPersonRequest.id == request_id, SecondPersonRequest.kind == kind)
    query = query.with_for_update().execution_options(populate_existing=True)
    request = db.session.execute(query).scalar_one_or_none()
    if request is None:
        raise NotFound()
    if request.decided_at is not None:
        raise Conflict(N_("This has already been confirmed or refused."), code="decided")
    if now >= request.expires_at:
        raise Gone(N_("Nobody confirmed this in time. Enter it again."), code="expired")
    return request


def _decide(request: SecondPersonRequest, actor: Actor, confirmed: bool, now: datetime) -> None:
    if confirmed or actor.person_id != request.requested_by_id:
        request.decided_by_id = _person(actor)
    request.decided_at, request.confirmed = now, confirmed
    request.payload = None


def _waiting(request: SecondPersonRequest, name: str) -> Waiting:
    return Waiting(
        request.id,
        request.kind,
        request.subject,
        dict(request.payload or {}),
        request.payload_hash,
        request.requested_by_id,
        name,
        request.requested_at,
        request.expires_at,
    )
