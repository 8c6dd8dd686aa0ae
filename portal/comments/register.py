"""Statute art. 9 and 12: the public register of admission, read from the journal, without names or texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments.admission_models import Hiding, Review
from portal.comments.admission_rules import Act
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import CommentState, ReasonCode
from portal.db import db
from portal.journal.models import Entry

CHUNK = 1000


_ACTS = {
    "CommentAdmitted": Act.ADMITTED,
    "CommentNotAdmitted": Act.NOT_ADMITTED,
    "RefusalConfirmed": Act.CONFIRMED,
    "PassageHidden": Act.HIDDEN,
    "PassageRestored": Act.RESTORED,
    "CommentKept": Act.KEPT,
    "DecisionUndone": Act.UNDONE,
}


@dataclass(frozen=True)
class RegisterRow:
    """A decision as anybody reads it: no name, no word of the author's or to the author."""

    id: int
    number: int
    act: Act
    reason_code: ReasonCode | None
    at: datetime


def register(*, before: int | None = None, limit: int = 50) -> list[RegisterRow]:
    """Every decision with its number, day and reason code, newest first."""
    query = sa.select(Entry.id, Entry.kind, Entry.facts, Entry.at).where(Entry.kind.in_(_ACTS))
    if before is not None:
        query = query.where(Entry.id < before)
    rows = db.session.execute(query.order_by(Entry.id.desc()).limit(limit))
    return [_row(*row) for row in rows]


def _row(entry_id: int, kind: str, facts: dict[str, object], at: datetime) -> RegisterRow:
    code = facts.get("reason_code")
    reason = ReasonCode(str(code)) if code else None
    return RegisterRow(entry_id, int(str(facts["number"])), _ACTS[kind], reason, at)


def everything() -> Iterator[RegisterRow]:
    """All of it, newest first, a piece at a time."""
    before: int | None = None
    while rows := register(before=before, limit=CHUNK):
        yield from rows
        before = rows[-1].id


@dataclass(frozen=True)
class RegisterCounts:
    """How remarks stand by the decision that holds, and what else was decided about them."""

    admitted: int
    refused: dict[ReasonCode, int]
    hidden: int  # remarks of which a passage is hidden now
    kept: int  # reviews that kept a reported remark


def counts() -> RegisterCounts:
    """The figures above the register, in one statement."""
    latest = sa.select(sa.func.max(AdmissionDecision.id)).group_by(AdmissionDecision.comment_id)
    standing = (
        sa.select(AdmissionDecision.reason_code, sa.func.count().label("many"))
        .join(Comment, Comment.id == AdmissionDecision.comment_id)
        .where(AdmissionDecision.id.in_(latest), Comment.state != CommentState.WITHDRAWN)
        .group_by(AdmissionDecision.reason_code)
        .subquery()
    )
    hidden = sa.select(sa.func.count(sa.distinct(Hiding.comment_id))).where(Hiding.lifted_at.is_(None))
    kept = sa.select(sa.func.count()).select_from(Review).where(Review.kept)
    beside = sa.select(hidden.scalar_subquery().label("hidden"), kept.scalar_subquery().label("kept")).subquery()
    rows = db.session.execute(
        sa.select(beside.c.hidden, beside.c.kept, standing.c.many, standing.c.reason_code).select_from(
            beside.outerjoin(standing, sa.true())
        )
    ).all()
    found = {reason: many for *_, many, reason in rows if many}
    refused = {reason: many for reason, many in found.items() if reason is not None}
    return RegisterCounts(found.get(None, 0), refused, rows[0].hidden, rows[0].kept)
