"""Reading requests to the Forum: everything here is public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Stream
from portal.kernel.errors import NotFound
from portal.opinions.models import OpinionRequest
from portal.opinions.requests.models import (
    ForumAnswer,
    ForumDocument,
    ForumInterruption,
    ForumTerm,
    ForumWithdrawal,
)
from portal.opinions.requests.rows import AnswerRow, ForumDocumentRow, ForumRequest, InterruptionRow, WithdrawalRow
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind
from portal.plan.models import PlanVersion

MOST = 200
_REQUEST: tuple[Any, ...] = (
    OpinionRequest.id, ForumTerm.forum_id, OpinionRequest.organ, OpinionRequest.version_id, PlanVersion.number,
    PlanVersion.title, OpinionRequest.version_hash, OpinionRequest.subject, OpinionRequest.act_number,
    OpinionRequest.act_date, OpinionRequest.received_at, OpinionRequest.registered_at, ForumTerm.days,
    ForumTerm.extra_days, ForumTerm.due_at,
)  # fmt: skip
_DOCUMENT: tuple[Any, ...] = (
    ForumDocument.id, ForumDocument.request_id, ForumDocument.number, ForumDocument.kind, ForumDocument.content,
    ForumDocument.sha256, ForumDocument.drawn_at, ForumDocument.late, ForumDocument.transmitted_at,
    ForumDocument.transmitted_to, ForumDocument.register_number,
)  # fmt: skip


def _requests() -> sa.Select[Any]:
    query = sa.select(*_REQUEST).join(PlanVersion, PlanVersion.id == OpinionRequest.version_id)
    return query.join(ForumTerm, ForumTerm.request_id == OpinionRequest.id)


def requests(forum_id: int | None = None) -> list[ForumRequest]:
    """Latest first; of one Forum, or of all."""
    query = _requests().order_by(OpinionRequest.id.desc()).limit(MOST)
    if forum_id is not None:
        query = query.where(ForumTerm.forum_id == forum_id)
    return [ForumRequest(*row) for row in db.session.execute(query)]


def request(number: int) -> ForumRequest:
    """One request."""
    row = db.session.execute(_requests().where(OpinionRequest.id == number)).first()
    if row is None:
        raise NotFound()
    return ForumRequest(*row)


def of_version(version_id: int) -> list[ForumRequest]:
    """The last request on a version of the plan to each Forum."""
    query = _requests().where(OpinionRequest.version_id == version_id).order_by(OpinionRequest.id)
    last = {row.forum_id: ForumRequest(*row) for row in db.session.execute(query)}
    return list(last.values())


def interruption(number: int) -> InterruptionRow | None:
    """What was asked of the Council, if anything."""
    row = db.session.get(ForumInterruption, number)
    return InterruptionRow(row.asked_at, row.reason, row.answered_at, row.answer) if row else None


def withdrawal(number: int) -> WithdrawalRow | None:
    """The act that took the request back, if there is one."""
    row = db.session.get(ForumWithdrawal, number)
    return WithdrawalRow(row.act_number, row.act_date, row.reason, row.withdrawn_at) if row else None


def documents(number: int) -> list[ForumDocumentRow]:
    """Every document of a request, the last one first."""
    query = sa.select(*_DOCUMENT).where(ForumDocument.request_id == number)
    return [ForumDocumentRow(*row) for row in db.session.execute(query.order_by(ForumDocument.number.desc()))]


def document(number: int, which: int) -> ForumDocumentRow:
    """One document of a request."""
    query = sa.select(*_DOCUMENT).where(ForumDocument.request_id == number, ForumDocument.number == which)
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound()
    return ForumDocumentRow(*row)


def by_fingerprint(sha256: str) -> ForumDocumentRow | None:
    """The document with this fingerprint."""
    row = db.session.execute(sa.select(*_DOCUMENT).where(ForumDocument.sha256 == sha256).limit(1)).first()
    return ForumDocumentRow(*row) if row else None


def remarks(number: int) -> list[dict[str, Any]]:
    """The numbered remarks of the opinion that was drawn up last."""
    query = sa.select(ForumDocument.content).where(ForumDocument.request_id == number)
    query = query.where(ForumDocument.kind == DocumentKind.OPINION).order_by(ForumDocument.number.desc()).limit(1)
    content: dict[str, Any] = db.session.scalar(query) or {}
    return list((content.get("text") or {}).get("remarks", ()))


def answers(number: int) -> dict[int, AnswerRow]:
    """The answer that holds for each remark."""
    return {one.remark: one for one in answered(number)}


def answered(number: int) -> list[AnswerRow]:
    """Every answer that was given, corrected ones before those that correct them."""
    columns = (ForumAnswer.remark_number, ForumAnswer.version, ForumAnswer.outcome, ForumAnswer.reason)
    query = sa.select(*columns, ForumAnswer.answered_at).where(ForumAnswer.request_id == number)
    rows = db.session.execute(query.order_by(ForumAnswer.remark_number, ForumAnswer.version))
    return [AnswerRow(*row) for row in rows]


def counts(found: Sequence[AnswerRow]) -> dict[AnswerOutcome, int]:
    """How many remarks were answered in which way: for screens, papers and exports alike."""
    return {outcome: sum(one.outcome is outcome for one in found) for outcome in AnswerOutcome}


def record_head(number: int) -> tuple[int, str] | None:
    """The number and fingerprint of the last entry of its record."""
    query = sa.select(Stream.head_seq, Stream.head_hash).where(Stream.name == f"forum-opinion:{number}")
    row = db.session.execute(query).one_or_none()
    return (row.head_seq, row.head_hash) if row else None
