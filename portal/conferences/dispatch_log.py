"""Reading the dispatch log: each addressee of a notice, what became of the letter, the receipts of certified mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences.models import Dispatch, DispatchReceipt, Notice, SittingSeat
from portal.conferences.rules import ReceiptKind
from portal.db import db
from portal.jobs.models import Bounce, Mail
from portal.jobs.rules import MailState, state_of
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.territory.models import Body


@dataclass(frozen=True)
class DispatchRow:
    """One addressee in the log."""

    body_id: int
    body_name: str
    recipient: str
    queued_at: datetime | None
    sent_at: datetime | None
    bounced_at: datetime | None
    error: str

    @property
    def state(self) -> MailState:
        """What became of the letter."""
        return state_of(self.sent_at, self.bounced_at, self.error)


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt of certified mail in the log."""

    id: int
    body_id: int
    body_name: str
    kind: ReceiptKind
    address: str
    stamped_at: datetime
    message_id: str
    sha256: str
    filed_at: datetime


_TO = sa.func.coalesce(Mail.recipient, Person.email, Dispatch.address)


def dispatches(actor: Actor, number: int, notice_number: int) -> list[DispatchRow]:
    """Each addressee of a notice with what became of the letter, in order of body."""
    require(actor, Permission.CONFERENCE_WATCH)
    cause = sa.literal("dispatch:") + sa.cast(Dispatch.id, sa.String(20))
    rows = db.session.execute(
        sa.select(Dispatch.body_id, Body.name, _TO, Mail.queued_at)
        .add_columns(Mail.sent_at, Bounce.bounced_at, sa.func.coalesce(Mail.error, ""))
        .join(Notice, Notice.id == Dispatch.notice_id)
        .join(Body, Body.id == Dispatch.body_id)
        .outerjoin(Person, Person.id == Dispatch.person_id)
        .outerjoin(Mail, Mail.cause == cause)
        .outerjoin(Bounce, Bounce.mail_id == Mail.id)
        .where(Notice.sitting_id == number, Notice.number == notice_number)
        .order_by(Body.name, Dispatch.id)
    )
    return [DispatchRow(*row) for row in rows]


def receipts(actor: Actor, number: int, notice_number: int) -> list[ReceiptRow]:
    """The receipts of certified mail filed with a notice."""
    require(actor, Permission.CONFERENCE_WATCH)
    rows = db.session.execute(
        sa.select(DispatchReceipt.id, DispatchReceipt.body_id, Body.name, DispatchReceipt.kind)
        .add_columns(DispatchReceipt.address, DispatchReceipt.stamped_at, DispatchReceipt.message_id)
        .add_columns(DispatchReceipt.sha256, DispatchReceipt.filed_at)
        .join(Notice, Notice.id == DispatchReceipt.notice_id)
        .join(Body, Body.id == DispatchReceipt.body_id)
        .where(Notice.sitting_id == number, Notice.number == notice_number)
        .order_by(Body.name, DispatchReceipt.stamped_at)
    )
    return [ReceiptRow(*row) for row in rows]


def receipt_content(actor: Actor, number: int, receipt_id: int) -> str:
    """The message as it was filed, in base64."""
    require(actor, Permission.CONFERENCE_WATCH)
    found = db.session.scalar(
        sa.select(DispatchReceipt.content)
        .join(Notice, Notice.id == DispatchReceipt.notice_id)
        .where(DispatchReceipt.id == receipt_id, Notice.sitting_id == number)
    )
    if found is None:
        raise NotFound()
    return found


def bodies_called(actor: Actor, number: int) -> list[tuple[int, str]]:
    """Id and name of the bodies that were called, in order of name."""
    require(actor, Permission.CONFERENCE_WATCH)
    rows = db.session.execute(
        sa.select(Body.id, Body.name)
        .join(SittingSeat, SittingSeat.body_id == Body.id)
        .where(SittingSeat.sitting_id == number)
        .distinct()
        .order_by(Body.name)
    )
    return [(row.id, row.name) for row in rows]
