"""Everything that is kept about a person, for that person (Reg. (EU) 2016/679, art. 15 and 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import choose_mail, queries
from portal.accounts.models import SignInLink, SignInSession
from portal.db import db
from portal.jobs.models import Mail
from portal.jobs.rules import SECRET
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require


def personal_data(actor: Actor, now: datetime) -> dict[str, Any]:
    """Plain values, ready for JSON; hashes of secrets are named and not shown."""
    require(actor, Permission.SIGNED_IN)
    own = queries.own_data(actor)
    return {
        "format": "parere-person/1",
        "made_at": now.isoformat(),
        "person": {
            "number": own.id,
            "name": own.name,
            "email": own.email,
            "language": own.language,
            "password": "kept as a hash" if own.has_password else None,
            "privacy_notice": own.notice_version,
            "privacy_notice_read_at": _iso(own.notice_seen_at),
            "known_since": own.created_at.isoformat(),
        },
        "mandates": [_mandate(row) for row in queries.mandates_of_person(own.id, now)],
        "sessions": _sessions(own.id),
        "sign_in_links": _links(own.id),
        "news": choose_mail.pace_of(own.id).value,
        "mail": _mail(own.id),
        "acts": _acts(own.id),
    }


def _mandate(row: queries.MandateRow) -> dict[str, Any]:
    return {
        "body": row.body_name,
        "office": row.office.value,
        "from": row.starts_on.isoformat(),
        "to": row.ends_on.isoformat() if row.ends_on else None,
        "ended_at_once": _iso(row.revoked_at),
        "act": row.act_reference,
    }


def _sessions(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        sa.select(SignInSession).where(SignInSession.person_id == person_id).order_by(SignInSession.id)
    )
    return [
        {"device": s.device, "method": s.method, "from": _iso(s.started_at), "ended": _iso(s.ended_at)} for s in rows
    ]


def _links(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(sa.select(SignInLink).where(SignInLink.person_id == person_id).order_by(SignInLink.id))
    return [{"issued": _iso(link.created_at), "used": _iso(link.used_at)} for link in rows]


def _mail(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(Mail.subject, Mail.recipient, Mail.queued_at, Mail.sent_at, Mail.template, Mail.text)
        .where(Mail.person_id == person_id)
        .order_by(Mail.id)
    )
    return [
        {
            "to": m.recipient,
            "subject": m.subject,
            "at": _iso(m.queued_at),
            "sent": _iso(m.sent_at),
            "text": None if m.template in SECRET else m.text,
        }
        for m in rows
    ]


def _acts(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(Entry.stream, Entry.seq, Entry.kind, Entry.at)
        .where(Entry.person_id == person_id)
        .order_by(Entry.at, Entry.id)
    )
    return [{"what": e.kind, "at": _iso(e.at), "journal": f"{e.stream}/{e.seq}"} for e in rows]


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
