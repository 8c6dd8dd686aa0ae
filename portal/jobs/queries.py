"""Reading the queue: what was written to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Address, Bounce, Mail
from portal.jobs.rules import SECRET, MailState, state_of


@dataclass(frozen=True)
class Line:
    """A message in the list."""

    id: int
    template: str
    recipient: str
    subject: str
    queued_at: datetime
    sent_at: datetime | None
    attempts: int
    next_try_at: datetime
    error: str
    bounced_at: datetime | None
    bounce: str

    @property
    def state(self) -> MailState:
        """Where it stands."""
        return state_of(self.sent_at, self.bounced_at, self.error)

    @property
    def may_be_resent(self) -> bool:
        """False for what waits already, and for addresses to sign in with: a fresh one is asked for instead."""
        return self.state is not MailState.WAITING and self.template not in SECRET


@dataclass(frozen=True)
class Message(Line):
    """A message with its text, and the number under which servers speak of it."""

    text: str
    message_id: str


@dataclass(frozen=True)
class Marked:
    """An address that does not take mail."""

    address: str
    bounced_at: datetime
    status: str
    text: str


@dataclass(frozen=True)
class Reader:
    """All the mail to one address, counted by what became of it."""

    recipient: str
    counts: dict[MailState, int]
    last_at: datetime
    marked: bool


_LINE = (
    Mail.id, Mail.template, Mail.recipient, Mail.subject, Mail.queued_at, Mail.sent_at, Mail.attempts,
    Mail.next_try_at, Mail.error, Bounce.bounced_at, sa.func.coalesce(Bounce.text, ""),
)  # fmt: skip


def _lines(*more: Any) -> sa.Select[Any]:
    """The columns of a line with what came back, and others if asked for."""
    query: Any = sa.select(*_LINE, *more).select_from(Mail).outerjoin(Bounce, Bounce.mail_id == Mail.id)
    lines: sa.Select[Any] = query
    return lines


def _stands(state: MailState) -> sa.ColumnElement[bool]:
    """The rule of `state_of` as SQL."""
    match state:
        case MailState.BOUNCED:
            return Bounce.bounced_at.is_not(None)
        case MailState.SENT:
            return sa.and_(Bounce.bounced_at.is_(None), Mail.sent_at.is_not(None))
        case MailState.FAILED:
            return sa.and_(Bounce.bounced_at.is_(None), Mail.sent_at.is_(None), Mail.error != "")
        case MailState.WAITING:
            return sa.and_(Bounce.bounced_at.is_(None), Mail.sent_at.is_(None), Mail.error == "")


def messages(
    recipient: str = "", *, state: MailState | None = None, before: int | None = None, limit: int = 50
) -> list[Line]:
    """Newest first; to one address and of one state if given; `before` is the number of the last one shown."""
    query = _lines().order_by(Mail.id.desc()).limit(limit)
    if recipient:
        query = query.where(Mail.recipient == recipient.strip().lower())
    if state is not None:
        query = query.where(_stands(state))
    if before is not None:
        query = query.where(Mail.id < before)
    return [Line(*row) for row in db.session.execute(query)]


def message(mail_id: int) -> Message | None:
    """One message with its text."""
    row: Any = db.session.execute(_lines(Mail.text, Mail.message_id).where(Mail.id == mail_id)).first()
    return Message(*row) if row else None


def letters_of(person_id: int, *, before: int | None = None, limit: int = 50) -> list[Line]:
    """What was written to a person, newest first, less the addresses to sign in with."""
    query = _lines().where(Mail.person_id == person_id, Mail.template.not_in(SECRET))
    if before is not None:
        query = query.where(Mail.id < before)
    return [Line(*row) for row in db.session.execute(query.order_by(Mail.id.desc()).limit(limit))]


def letter_of(person_id: int, mail_id: int) -> Message | None:
    """One letter, for the person it was written to."""
    query = _lines(Mail.text, Mail.message_id).where(
        Mail.id == mail_id, Mail.person_id == person_id, Mail.template.not_in(SECRET)
    )
    row: Any = db.session.execute(query).first()
    return Message(*row) if row else None


def counts() -> dict[MailState, int]:
    """How many messages stand where."""
    columns = [sa.func.coalesce(sa.func.sum(sa.case((_stands(state), 1), else_=0)), 0) for state in MailState]
    row = db.session.execute(sa.select(*columns).select_from(Mail).outerjoin(Bounce, Bounce.mail_id == Mail.id)).one()
    return {state: int(value) for state, value in zip(MailState, row, strict=True)}


def readers(*, after: str = "", limit: int = 50) -> list[Reader]:
    """Every address that was written to, in alphabetical order, with what became of its mail."""
    columns = [sa.func.sum(sa.case((_stands(state), 1), else_=0)) for state in MailState]
    rows = db.session.execute(
        sa.select(Mail.recipient, sa.func.max(Mail.queued_at, type_=Mail.queued_at.type), Address.address, *columns)
        .outerjoin(Bounce, Bounce.mail_id == Mail.id)
        .outerjoin(Address, Address.address == Mail.recipient)
        .where(Mail.recipient > after)
        .group_by(Mail.recipient, Address.address)
        .order_by(Mail.recipient)
        .limit(limit)
    )
    return [
        Reader(who, {s: int(n) for s, n in zip(MailState, found, strict=True)}, last, mark is not None)
        for who, last, mark, *found in rows
    ]


def marked(limit: int = 100) -> list[Marked]:
    """Addresses from which a message came back for good, the latest first."""
    query = sa.select(Address.address, Address.bounced_at, Address.status, Address.text)
    return [Marked(*row) for row in db.session.execute(query.order_by(Address.bounced_at.desc()).limit(limit))]


def marked_among(addresses: Collection[str]) -> set[str]:
    """Those of these addresses that do not take mail."""
    return set(db.session.execute(sa.select(Address.address).where(Address.address.in_(list(addresses)))).scalars())


def any_due(now: datetime) -> bool:
    """True if the worker has something to send; asked before the queue is taken for writing."""
    due = sa.select(Mail.id).where(Mail.sent_at.is_(None), Mail.next_try_at <= now).limit(1)
    return db.session.execute(due).first() is not None


def waiting(now: datetime) -> int:
    """How many messages have not left yet, for the operator."""
    late = sa.select(sa.func.count()).where(Mail.sent_at.is_(None), Mail.queued_at <= now)
    return db.session.execute(late).scalar_one()
