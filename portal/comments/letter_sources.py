"""The documents in which letters came, and what a receipt tells of the way: for who may have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.comments.registration_models import Registration, RegistrationDocument
from portal.comments.registration_rules import LetterChannel
from portal.comments.rules import Reader
from portal.comments.visibility import reader_of
from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import FileKind
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office


@dataclass(frozen=True)
class Document:
    """What came: for the secretariat and the body's own people."""

    id: int
    name: str
    kind: FileKind
    size: int
    sha256: str
    is_hidden: bool = False

    @property
    def is_picture(self) -> bool:
        """True for what can be looked at as a picture."""
        return self.kind is not FileKind.PDF


def documents_of(letter_id: int) -> tuple[Document, ...]:
    """All documents of a letter, for the verbs and pages of whoever registers it."""
    return _documents(RegistrationDocument.registration_id == letter_id)


def _documents(which: sa.ColumnElement[bool]) -> tuple[Document, ...]:
    rows: Any = db.session.execute(
        sa.select(
            RegistrationDocument.id, RegistrationDocument.name, StoredFile.kind, StoredFile.size, StoredFile.sha256
        )
        .join(StoredFile, StoredFile.sha256 == RegistrationDocument.sha256)
        .join(Registration, Registration.id == RegistrationDocument.registration_id)
        .where(which)
        .order_by(RegistrationDocument.id)
    )
    return tuple(Document(*row) for row in rows)


def document(actor: Actor, document_id: int) -> Document:
    """One document, for the secretariat and the people of the body whose letter it is."""
    body_id = db.session.execute(
        sa.select(Registration.body_id)
        .join(RegistrationDocument, RegistrationDocument.registration_id == Registration.id)
        .where(RegistrationDocument.id == document_id)
    ).scalar_one_or_none()
    if body_id is None or reader_of(actor, body_id) not in {Reader.SECRETARIAT, Reader.OWN_BODY}:
        raise NotFound()
    return _documents(RegistrationDocument.id == document_id)[0]


@dataclass(frozen=True)
class Source:
    """By which way a submission came; its documents only for who may have them."""

    letter_id: int
    channel: LetterChannel
    protocol_number: str
    protocol_date: date
    received_at: datetime
    signed_as: Office | None
    documents: tuple[Document, ...]


def source_of(actor: Actor, submission_id: int) -> Source | None:
    """What was registered on behalf of the body; None for what it sent by itself."""
    row = db.session.execute(
        sa.select(Registration).where(Registration.submission_id == submission_id)
    ).scalar_one_or_none()
    if row is None:
        return None
    may = reader_of(actor, row.body_id) in {Reader.SECRETARIAT, Reader.OWN_BODY}
    documents = documents_of(row.id) if may else ()
    facts = (row.id, row.channel, row.protocol_number, row.protocol_date, row.received_at, row.signed_as)
    return Source(*facts, documents)
