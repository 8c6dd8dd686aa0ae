"""Which remarks have waited longer for their admission than their consultation allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from portal.comments import term
from portal.comments.admission_models import AdmissionTerm, AuthorQuestion
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import Admission, CommentState
from portal.comments.term import Pause
from portal.db import db
from portal.kernel.clock import at_rome, local_day


@dataclass(frozen=True)
class Term:
    """How long admission before publication may take in a consultation."""

    consultation_id: int
    working_days: int
    patron_day: str


def terms(consultation_id: int | None = None) -> list[Term]:
    """The terms that run, or the one of a consultation; with admission after publication there is none."""
    query = (
        sa.select(AdmissionTerm.consultation_id, AdmissionTerm.working_days, AdmissionTerm.patron_day)
        .join(Consultation, Consultation.id == AdmissionTerm.consultation_id)
        .where(Consultation.admission == Admission.BEFORE)
    )
    if consultation_id is None:
        query = query.where(Consultation.concluded_at.is_(None))
    else:
        query = query.where(Consultation.id == consultation_id)
    return [Term(*row) for row in db.session.execute(query)]


def overdue_clause(now: datetime, among: Sequence[Term] | None = None) -> sa.ColumnElement[bool]:
    """The condition under which a remark is overdue; the query must join Comment and Submission.

    Where the author was never asked one instant decides for all; where the author was, the days are counted.
    """
    running, today = terms() if among is None else among, local_day(now)
    conditions: list[sa.ColumnElement[bool]] = []
    for one in running:
        before = at_rome(term.late_before(today, one.working_days, one.patron_day), time(0))
        asked = sa.exists().where(AuthorQuestion.comment_id == Comment.id)
        conditions.append(
            sa.and_(
                Comment.consultation_id == one.consultation_id,
                Comment.state == CommentState.SUBMITTED,
                Submission.submitted_at < before,
                sa.not_(asked),
            )
        )
    rested = [i for i, due in _due_of_asked({t.consultation_id: t for t in running}).items() if due < today]
    if rested:
        conditions.append(Comment.id.in_(rested))
    return sa.or_(sa.false(), *conditions)


def _due_of_asked(running: dict[int, Term]) -> dict[int, date]:
    """The last day for each remark that waits and whose author was asked something."""
    if not running:
        return {}
    rows: Any = db.session.execute(
        sa.select(
            Comment.id,
            Comment.consultation_id,
            Submission.submitted_at,
            AuthorQuestion.asked_at,
            AuthorQuestion.answer_by,
            AuthorQuestion.ended_at,
        )
        .join(Comment, Comment.id == AuthorQuestion.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Comment.state == CommentState.SUBMITTED, Comment.consultation_id.in_(running))
    ).all()
    received, pauses = {}, defaultdict(list)
    for comment_id, consultation_id, at, asked, answer_by, ended in rows:
        received[comment_id] = (running[consultation_id], local_day(at))
        pauses[comment_id].append(_pause(asked, answer_by, ended))
    return {
        comment_id: term.due_on(day, of.working_days, pauses[comment_id], of.patron_day)
        for comment_id, (of, day) in received.items()
    }


def _pause(asked: datetime, answer_by: datetime, ended: datetime | None) -> Pause:
    return Pause(local_day(asked), local_day(min(ended or answer_by, answer_by)))


def due_day(comment_id: int, consultation_id: int, received: datetime) -> date | None:
    """The last day for deciding on one remark; None where no term runs."""
    running = terms(consultation_id)
    if not running:
        return None
    rows = db.session.execute(
        sa.select(AuthorQuestion.asked_at, AuthorQuestion.answer_by, AuthorQuestion.ended_at).where(
            AuthorQuestion.comment_id == comment_id
        )
    )
    pauses = [_pause(*row) for row in rows]
    return term.due_on(local_day(received), running[0].working_days, pauses, running[0].patron_day)


def overdue_count(now: datetime, among: Sequence[Term] | None = None) -> int:
    """How many remarks are overdue, under some terms or under all: a number that everybody can read."""
    running = terms() if among is None else among
    if not running:
        return 0
    query = (
        sa.select(sa.func.count())
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(overdue_clause(now, running))
    )
    return db.session.execute(query).scalar_one()
