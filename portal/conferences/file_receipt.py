"""File a receipt of certified mail with the notice and the body it speaks of."""

from __future__ import annotations

import base64
from datetime import datetime

import sqlalchemy as sa

from portal.conferences import certified_mail, locked
from portal.conferences.events import ReceiptFiled
from portal.conferences.models import DispatchReceipt, Notice
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def file_receipt(actor: Actor, sitting_id: int, notice_number: int, body_id: int, raw: bytes, *, now: datetime) -> int:
    """Return its number; the same receipt filed twice is refused."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    notice = db.session.scalar(sa.select(Notice).where(Notice.sitting_id == sitting.id, Notice.number == notice_number))
    if notice is None:
        raise NotFound()
    if body_id not in {seat.body_id for seat in locked.seats(sitting_id)}:
        raise Invalid(N_("Choose a body that was called."), code="body", field="body")
    found = certified_mail.read(raw)
    if local_day(found.stamped_at) < local_day(notice.sent_at):
        raise Invalid(N_("This receipt is older than the notice."), code="older", field="file")
    same = sa.select(DispatchReceipt.id).where(
        DispatchReceipt.notice_id == notice.id,
        DispatchReceipt.body_id == body_id,
        DispatchReceipt.sha256 == found.sha256,
    )
    if db.session.scalar(same):
        raise Invalid(N_("This receipt has been filed already."), code="same", field="file")

    row = DispatchReceipt(
        notice_id=notice.id,
        body_id=body_id,
        kind=found.kind,
        address=found.address,
        stamped_at=found.stamped_at,
        message_id=found.message_id,
        sha256=found.sha256,
        content=base64.b64encode(raw).decode(),
        filed_at=now,
        person_id=actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    event = ReceiptFiled(sitting_id, notice.id, body_id, found.kind.value, found.sha256)
    record(event, actor=actor, now=now)
    return row.id
