"""Keep with a letter the documents in which it came."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments.letter_drafts import letter_for_update, touch
from portal.comments.registration_models import RegistrationDocument
from portal.db import atomic, db, upsert
from portal.files import receive
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.receive import Progress
from portal.files.rules import COUNT_LIMIT, tidy_name
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_


@atomic()
def announce(actor: Actor, letter_id: int, client_key: str, name: str, size: int, *, now: datetime) -> Progress | int:
    """Begin to send a document, or go on; one that is kept under this key already is told by its number."""
    letter_for_update(actor, letter_id)
    known = _one(letter_id, RegistrationDocument.client_key == client_key)
    if known:
        return known
    _check_count(letter_id)
    return receive.begin(actor, purpose(letter_id), client_key, name, size, now=now)


@atomic()
def attach(
    actor: Actor, letter_id: int, found: Examined, name: str, client_key: str, *, store: Store, now: datetime
) -> int:
    """Keep a document that was looked at and return its number; it is never public."""
    row = letter_for_update(actor, letter_id)
    same = sa.or_(RegistrationDocument.client_key == client_key, RegistrationDocument.sha256 == found.sha256)
    known = _one(letter_id, same)
    if known:
        return known
    _check_count(letter_id)
    values = {
        "registration_id": letter_id,
        "sha256": keep(store, found, now=now),
        "name": tidy_name(name, found.kind),
        "client_key": client_key,
        "person_id": actor.person_id,
        "added_at": now,
    }
    insert = upsert(RegistrationDocument).values(**values)
    new_id: int = db.session.execute(insert.returning(RegistrationDocument.id)).scalar_one()
    row.saved_at = now  # no new revision: what others are splitting is not changed by it
    return new_id


@atomic()
def remove(actor: Actor, document_id: int, *, now: datetime) -> int:
    """Take a document away before the letter is registered; returns the letter."""
    found = db.session.get(RegistrationDocument, document_id)
    if found is None:
        raise NotFound()
    row = letter_for_update(actor, found.registration_id)
    db.session.delete(found)
    touch(row, now)
    return row.id


def purpose(letter_id: int) -> str:
    """For what a file on its way is meant."""
    return f"letter:{letter_id}"


def _one(letter_id: int, which: sa.ColumnElement[bool]) -> int | None:
    query = sa.select(RegistrationDocument.id).where(RegistrationDocument.registration_id == letter_id, which)
    return db.session.execute(query.limit(1)).scalar_one_or_none()


def _check_count(letter_id: int) -> None:
    count = db.session.execute(
        sa.select(sa.func.count()).where(RegistrationDocument.registration_id == letter_id)
    ).scalar_one()
    if count >= COUNT_LIMIT:
        raise Conflict(
            N_("A letter holds at most %(limit)d documents: put them together in one PDF."),
            code="too_many_files",
            limit=COUNT_LIMIT,
        )
