"""Bring before the secretary general what the secretariat has left beyond its term."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import term_queries
from portal.comments.admission_events import AdmissionOverdue
from portal.comments.admission_models import Escalation
from portal.comments.models import Comment, Submission
from portal.db import atomic, db, upsert
from portal.journal.record import record
from portal.kernel.actor import Actor

AT_ONCE = 200


def is_due(now: datetime) -> bool:
    """True if something is overdue that nobody was told of; reads only, so that the clock can ask often."""
    return bool(_overdue(now, 1))


@atomic()
def escalate(*, now: datetime) -> int:
    """Write down what is overdue, each remark once, and tell it by consultation; returns how many there were.

    Statute art. 9 and 12: a remark that waits for its publication does not wait unseen.
    """
    by_consultation: dict[int, list[int]] = defaultdict(list)
    for comment_id, number, consultation_id, received in _overdue(now, AT_ONCE):
        due = term_queries.due_day(comment_id, consultation_id, received)
        values = {"comment_id": comment_id, "due_on": due, "escalated_at": now}
        done = db.session.execute(
            upsert(Escalation).values(**values).on_conflict_do_nothing().returning(Escalation.comment_id)
        ).first()
        if done:
            by_consultation[consultation_id].append(number)
    for consultation_id, numbers in by_consultation.items():
        record(AdmissionOverdue(consultation_id, numbers), actor=Actor.system(), now=now)
    return sum(map(len, by_consultation.values()))


def _overdue(now: datetime, limit: int) -> list[tuple[int, int, int, datetime]]:
    told = sa.exists().where(Escalation.comment_id == Comment.id)
    rows: Any = db.session.execute(
        sa.select(Comment.id, Comment.number, Comment.consultation_id, Submission.submitted_at)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(term_queries.overdue_clause(now), sa.not_(told))
        .order_by(Comment.number)
        .limit(limit)
    )
    return [(i, number, consultation, at) for i, number, consultation, at in rows]
