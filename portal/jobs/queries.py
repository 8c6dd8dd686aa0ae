"""Reading the queue: what was written to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Mail


@dataclass(frozen=True)
class Line:
    """A message in the list."""

    id: int
    recipient: str
    subject: str
    queued_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str


@dataclass(frozen=True)
class Message(Line):
    """A message with its text."""

    text: str


_LINE = (Mail.id, Mail.recipient, Mail.subject, Mail.queued_at, Mail.sent_at, Mail.attempts, Mail.error)


def messages(recipient: str = "", *, before: int | None = None, limit: int = 50) -> list[Line]:
    """Newest first; to one address if given; `before` is the number of the last one already shown."""
    query = sa.select(*_LINE).order_by(Mail.id.desc()).limit(limit)
    if recipient:
        query = query.where(Mail.recipient == recipient.strip().lower())
    if before is not None:
        query = query.where(Mail.id < before)
    return [Line(*row) for row in db.session.execute(query)]


def message(mail_id: int) -> Message | None:
    """One message with its text."""
    row = db.session.execute(sa.select(*_LINE, Mail.text).where(Mail.id == mail_id)).first()
    return Message(*row) if row else None


def any_due(now: datetime) -> bool:
    """True if the worker has something to send; asked before the queue is taken for writing."""
    due = sa.select(Mail.id).where(Mail.sent_at.is_(None), Mail.next_try_at <= now).limit(1)
    return db.session.execute(due).first() is not None


def waiting(now: datetime) -> int:
    """How many messages have not left yet, for the operator."""
    late = sa.select(sa.func.count()).where(Mail.sent_at.is_(None), Mail.queued_at <= now)
    return db.session.execute(late).scalar_one()
