"""Documents of a request: freezing one with its fingerprint, and the facts that all of them tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.opinions.requests import queries
from portal.opinions.requests.models import ForumDocument
from portal.opinions.requests.rows import ForumRequest
from portal.opinions.requests.rules import DocumentKind, Step, Term

Data = dict[str, Any]


def next_number(request_id: int) -> int:
    """The number that the next document of the request has."""
    query = sa.select(sa.func.max(ForumDocument.number)).where(ForumDocument.request_id == request_id)
    return (db.session.scalar(query) or 0) + 1


def keep(
    actor: Actor, request_id: int, kind: DocumentKind, facts: Data, *, late: bool, now: datetime
) -> ForumDocument:  # fmt: skip
    """Freeze it under the number that its facts tell; the request is locked already."""
    row = ForumDocument(
        request_id=request_id,
        number=facts["number"],
        kind=kind,
        content=facts,
        sha256=digest(facts),
        drawn_at=now,
        drawn_by_id=actor.person_id,
        late=late,
        transmitted_to="",
        register_number="",
    )
    db.session.add(row)
    db.session.flush()
    return row


def request_facts(row: ForumRequest) -> Data:
    """Who asked for what, by which act, when it arrived."""
    return {
        "number": row.id,
        "organ": row.organ.value,
        "subject": row.subject,
        "act_number": row.act_number,
        "act_date": row.act_date.isoformat(),
        "received_at": row.received_at.isoformat(),
    }


def plan_facts(row: ForumRequest) -> Data:
    """The version it is about."""
    return {"title": row.version_title, "version": row.version_number, "sha256": row.version_hash}


def term_facts(row: ForumRequest, term: Term) -> Data:
    """The days, the interruption, the end."""
    broken = queries.interruption(row.id)
    return {
        "days": term.days,
        "extra_days": term.extra_days,
        "first_due_at": term.first_due_at.isoformat(),
        "due_at": term.due_at.isoformat() if term.due_at else None,
        "interruption": None
        if broken is None
        else {
            "asked_at": broken.asked_at.isoformat(),
            "reason": broken.reason,
            "answered_at": broken.answered_at.isoformat() if broken.answered_at else None,
            "answer": broken.answer,
        },
    }


def step_facts(steps: Mapping[Step, datetime]) -> list[Data]:
    """What was done, in order of time."""
    return [{"step": step.value, "at": at.isoformat()} for step, at in steps.items()]


def head_facts(request_id: int) -> Data:
    """Where the record stood."""
    seq, fingerprint = queries.record_head(request_id) or (0, "")
    return {"stream": f"forum-opinion:{request_id}", "seq": seq, "hash": fingerprint}
