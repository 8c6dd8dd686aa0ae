"""Take in what a mail server says of a message it could not deliver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.jobs.delivery_report import Report, read
from portal.jobs.events import MailBounced
from portal.jobs.models import Address, Bounce, Mail
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require


@dataclass(frozen=True)
class Taken:
    """What came of a report."""

    bounced: tuple[int, ...]  # numbers of messages that came back
    marked: tuple[str, ...]  # addresses that do not take mail
    ignored: tuple[str, ...]  # addressees of delays, of deliveries, or of mail that is not ours


@atomic()
def take_in(actor: Actor, raw: bytes, *, now: datetime) -> Taken:
    """Mark the messages that a delivery report speaks of, and their addresses if they fail for good.

    A report that says nothing of a message of ours changes nothing: anybody can write to the address of returns. The
    same report taken in twice counts once.
    """
    require(actor, Permission.DISPATCH_RESEND)
    bounced: list[int] = []
    marked: list[str] = []
    ignored: list[str] = []
    for report in read(raw):
        mail = _meant(report)
        if mail is None or not report.is_failure:
            ignored.append(report.recipient)
            continue
        if db.session.get(Bounce, mail.id) is None:
            _mark(mail, report, actor, now)
            bounced.append(mail.id)
        if report.is_for_good:
            _mark_address(mail.recipient, report, now)
            marked.append(mail.recipient)
    return Taken(tuple(bounced), tuple(dict.fromkeys(marked)), tuple(ignored))


def _meant(report: Report) -> Mail | None:
    """The message of ours: by its own number, and never another reader's."""
    rows = db.session.scalars(
        sa.select(Mail).where(Mail.message_id.in_([i for i in report.message_ids if i]), Mail.attempts > 0)
    ).all()
    exact = [mail for mail in rows if mail.recipient == report.recipient]
    return exact[0] if exact else (rows[0] if len(rows) == 1 else None)


def _mark(mail: Mail, report: Report, actor: Actor, now: datetime) -> None:
    text = f"{report.status} {report.diagnostic}".strip()[:300]
    db.session.add(Bounce(mail_id=mail.id, bounced_at=now, text=text))
    mail.sent_at = mail.sent_at or now
    status = report.status if all(c.isalnum() or c == "." for c in report.status) else ""
    record(MailBounced(mail.id, status, report.is_for_good), actor=actor, now=now)


def _mark_address(address: str, report: Report, now: datetime) -> None:
    values = {"address": address, "bounced_at": now, "status": report.status, "text": report.diagnostic[:300]}
    again = {name: values[name] for name in ("bounced_at", "status", "text")}
    insert = upsert(Address).values(**values)
    db.session.execute(insert.on_conflict_do_update(index_elements=[Address.address], set_=again))
