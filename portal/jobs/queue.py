"""The queue of mail: put in by verbs, taken out by the worker, at least once and never twice for the same cause."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.jobs.models import Mail
from portal.jobs.rules import LEASE, SECRET, next_try


@dataclass(frozen=True)
class Letter:
    """A message that is due, as the mailer needs it."""

    id: int
    template: str
    person_id: int | None
    recipient: str
    subject: str
    text: str
    message_id: str
    queued_at: datetime
    attempts: int


@atomic()
def enqueue(
    cause: str,
    template: str,
    person_id: int | None,
    recipient: str,
    subject: str,
    text: str,
    *,
    now: datetime,
    hold: timedelta = timedelta(0),
) -> Mail:
    """Queue a message with the change that causes it; the same cause, addressee and template are queued once.

    It is held back for a while where its cause can still be taken back.
    """
    values = {
        "cause": cause,
        "template": template,
        "person_id": person_id,
        "recipient": recipient,
        "subject": " ".join(subject.split())[:300],
        "text": text,
        "message_id": _message_id(cause, template, recipient, now),
        "queued_at": now,
        "next_try_at": now + hold,
        "attempts": 0,
        "error": "",
    }
    db.session.execute(upsert(Mail).values(**values).on_conflict_do_nothing())
    same = sa.select(Mail).where(Mail.cause == cause, Mail.recipient == recipient, Mail.template == template)
    return db.session.execute(same).scalar_one()


def _message_id(cause: str, template: str, recipient: str, now: datetime) -> str:
    """The part before the @: every attempt carries the same one, so that a double delivery shows as one message."""
    return hashlib.sha256(f"{cause}\n{template}\n{recipient}\n{now.isoformat()}".encode()).hexdigest()[:40]


@atomic()
def claim(limit: int = 20, *, now: datetime) -> list[Letter]:
    """Take what is due, oldest first; if the worker dies, it is due again when the lease runs out."""
    due = (
        sa.select(Mail)
        .where(Mail.sent_at.is_(None), Mail.next_try_at <= now)
        .order_by(Mail.next_try_at, Mail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(db.session.execute(due.execution_options(populate_existing=True)).scalars())
    for row in rows:
        row.attempts += 1
        row.next_try_at = now + LEASE
    return [
        Letter(r.id, r.template, r.person_id, r.recipient, r.subject, r.text, r.message_id, r.queued_at, r.attempts)
        for r in rows
    ]


@atomic()
def mark_sent(mail_id: int, *, keep_secrets: bool = False, now: datetime) -> None:
    """Sent: the reader finds the text in the portal too, but an address to sign in with is dropped.

    A local outbox, where nothing leaves the machine, keeps even that to be read.
    """
    gone = sa.update(Mail).where(Mail.id == mail_id)
    db.session.execute(gone.values(sent_at=now, error=""))
    if not keep_secrets:
        db.session.execute(gone.where(Mail.template.in_(SECRET)).values(text=""))


@atomic()
def mark_failed(mail_id: int, error: str, *, now: datetime) -> None:
    """Not sent: keep why, and try again later and later."""
    mail = db.session.execute(sa.select(Mail).where(Mail.id == mail_id)).scalar_one()
    mail.error = error[:500]
    mail.next_try_at = now + next_try(mail.attempts)


@atomic()
def cancel(mail_id: int, *, now: datetime) -> None:
    """Nothing is left to say: the message is taken out of the queue."""
    gone = sa.delete(Mail).where(Mail.id == mail_id, Mail.sent_at.is_(None), Mail.queued_at <= now)
    db.session.execute(gone.execution_options(synchronize_session=False))


@atomic()
def take_back(cause: str, *, now: datetime) -> int:
    """Remove the messages of a cause that was taken back before they left; return how many there were."""
    gone = sa.delete(Mail).where(Mail.cause == cause, Mail.sent_at.is_(None), Mail.queued_at <= now)
    result = db.session.execute(gone.execution_options(synchronize_session=False))
    return cast("sa.CursorResult[Any]", result).rowcount


@atomic()
def forget(person_id: int, *, now: datetime) -> int:
    """Remove the messages to a person whose data are being erased; return how many there were."""
    theirs = sa.delete(Mail).where(Mail.person_id == person_id, Mail.queued_at <= now)
    result = db.session.execute(theirs.execution_options(synchronize_session=False))
    return cast("sa.CursorResult[Any]", result).rowcount
