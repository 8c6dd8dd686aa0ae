"""Conclude a consultation after its deadline: the closing report is approved and nothing more is received."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments.consultation_events import ConsultationConcluded
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import CommentState, Phase, phase
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

LIMIT = 20_000


@atomic()
def conclude(actor: Actor, consultation_id: int, report_text: str, *, now: datetime) -> Consultation:
    """Approve the closing report; every remark must have been admitted or not by then."""
    consultation = db.session.scalar(
        sa.select(Consultation).where(Consultation.id == consultation_id).with_for_update()
    )
    if consultation is None:
        raise NotFound()
    require(actor, Permission.CONSULTATION_MANAGE)
    if phase(consultation.opens_at, consultation.deadline_at, consultation.concluded_at, now) is not Phase.CLOSED:
        raise Conflict(N_("A consultation is concluded once, and only after its deadline."), code="phase")
    _check_decided(consultation.id)

    consultation.report_text = typed(report_text, field="report_text", limit=LIMIT, required=False)
    consultation.concluded_at = now

    figures = (_count(sa.distinct(Submission.id), consultation.id), _count(Comment.id, consultation.id))
    bodies = _count(sa.distinct(Comment.body_id), consultation.id)
    report_hash = text_digest(consultation.report_text)
    record(ConsultationConcluded(consultation.id, *figures, bodies, report_hash), actor=actor, now=now)
    return consultation


def _check_decided(consultation_id: int) -> None:
    waiting = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Comment)
        .where(Comment.consultation_id == consultation_id, Comment.state == CommentState.SUBMITTED)
    )
    if waiting:
        raise Conflict(
            N_("%(waiting)d remarks wait for a decision on their admission. Decide on them first."),
            code="undecided",
            waiting=waiting,
        )


def _count(what: sa.SQLColumnExpression[int], consultation_id: int) -> int:
    query = (
        sa.select(sa.func.count(what))
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Comment.consultation_id == consultation_id, Comment.number.is_not(None))
    )
    return int(db.session.scalar(query) or 0)
