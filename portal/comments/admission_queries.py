"""Reading for the secretariat's queue, and the public register of what it decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.comments.models import AdmissionDecision, Comment, Consultation, Submission
from portal.comments.queries import Remark, remark
from portal.comments.rules import CommentKind, CommentState, ReasonCode
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local_day
from portal.kernel.errors import NotFound
from portal.plan.models import Action, Paragraph, Section
from portal.territory.models import Body


class Show(StrEnum):
    """Which part of the queue is looked at."""

    PENDING = "pending"
    LATE = "late"
    DECIDED = "decided"


@dataclass(frozen=True)
class QueueRow:
    """One remark in the list."""

    id: int
    number: int
    body_name: str
    kind: CommentKind
    state: CommentState
    is_late: bool
    submitted_at: datetime
    action_code: str | None
    section_code: str | None
    paragraph: int | None


@dataclass(frozen=True)
class Sheet:
    """A remark with who wrote it, so that the page can say who may not decide."""

    remark: Remark
    authors: frozenset[int | None]


@dataclass(frozen=True)
class DecisionRow:
    """A decision as the secretariat reads it."""

    id: int
    admitted: bool
    reason_code: ReasonCode | None
    text: str
    person: str
    decided_at: datetime


@dataclass(frozen=True)
class RegisterRow:
    """A decision as anybody reads it: no name, no word of the author's or to the author."""

    id: int
    number: int
    admitted: bool
    reason_code: ReasonCode | None
    decided_at: datetime


@dataclass(frozen=True)
class Workload:
    """What waits, since when, and what was done today."""

    pending: int
    late: int
    oldest: datetime | None
    admitted_today: int
    refused_today: int


_DECIDED = (CommentState.ADMITTED, CommentState.NOT_ADMITTED)


def _shown(show: Show) -> sa.ColumnElement[bool]:
    match show:
        case Show.PENDING:
            return Comment.state == CommentState.SUBMITTED
        case Show.LATE:
            return sa.and_(Submission.is_late, Comment.state.in_([CommentState.SUBMITTED, *_DECIDED]))
        case Show.DECIDED:
            return Comment.state.in_(_DECIDED)


def queue(actor: Actor, show: Show, *, after: int | None = None, limit: int = 50) -> list[QueueRow]:
    """Remarks by number: the oldest first, but among the decided ones the newest first."""
    newest_first = show is Show.DECIDED
    query = (
        sa.select(
            Comment.id,
            Comment.number,
            Body.name.label("body_name"),
            Comment.kind,
            Comment.state,
            Submission.is_late,
            Submission.submitted_at,
            Action.code.label("action_code"),
            Section.code.label("section_code"),
            Paragraph.number.label("paragraph"),
        )
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(_shown(show), visible_clause(actor))
        .order_by(Comment.number.desc() if newest_first else Comment.number)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Comment.number < after if newest_first else Comment.number > after)
    return [QueueRow(**row) for row in db.session.execute(query).mappings()]


def sheet(actor: Actor, number: int) -> Sheet:
    """One remark with the text it speaks of; nothing is there for who may not read it."""
    found = remark(actor, number)
    if not found.visible:
        raise NotFound()
    authors = db.session.execute(
        sa.select(Submission.person_id, Submission.signed_person_id)
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Comment.id == found.id)
    ).one()
    return Sheet(found, frozenset(authors))


def decisions_on(comment_id: int) -> list[DecisionRow]:
    """All decisions on a remark, the first one first; the last one holds."""
    rows = db.session.execute(
        sa.select(
            AdmissionDecision.id,
            AdmissionDecision.admitted,
            AdmissionDecision.reason_code,
            AdmissionDecision.text,
            Person.name,
            AdmissionDecision.decided_at,
        )
        .join(Person, Person.id == AdmissionDecision.person_id)
        .where(AdmissionDecision.comment_id == comment_id)
        .order_by(AdmissionDecision.id)
    )
    return [DecisionRow(*row) for row in rows]


def workload(now: datetime) -> Workload:
    """The figures above the queue, the day being the one in Rome."""
    pending, late, oldest = db.session.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.cast(Submission.is_late, sa.Integer)), 0),
            sa.func.min(Submission.submitted_at),
        )
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Comment.state == CommentState.SUBMITTED)
    ).one()
    morning = at_rome(local_day(now), time(0))
    done = dict(
        db.session.execute(
            sa.select(AdmissionDecision.admitted, sa.func.count())
            .where(AdmissionDecision.decided_at >= morning, AdmissionDecision.decided_at < morning + timedelta(days=1))
            .group_by(AdmissionDecision.admitted)
        ).all()
    )
    return Workload(pending, late, oldest, done.get(True, 0), done.get(False, 0))


def register(*, before: int | None = None, limit: int = 50) -> list[RegisterRow]:
    """Art. 12: every decision with its number, day and reason code, newest first."""
    query = (
        sa.select(
            AdmissionDecision.id,
            Comment.number,
            AdmissionDecision.admitted,
            AdmissionDecision.reason_code,
            AdmissionDecision.decided_at,
        )
        .join(Comment, Comment.id == AdmissionDecision.comment_id)
        .order_by(AdmissionDecision.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AdmissionDecision.id < before)
    return [RegisterRow(**row) for row in db.session.execute(query).mappings()]


def register_counts() -> dict[ReasonCode | None, int]:
    """How many remarks stand admitted (None) and how many were refused for each reason, by the decision that holds."""
    latest = sa.select(sa.func.max(AdmissionDecision.id)).group_by(AdmissionDecision.comment_id)
    rows = db.session.execute(
        sa.select(AdmissionDecision.reason_code, sa.func.count())
        .join(Comment, Comment.id == AdmissionDecision.comment_id)
        .where(AdmissionDecision.id.in_(latest), Comment.state != CommentState.WITHDRAWN)
        .group_by(AdmissionDecision.reason_code)
    )
    return dict(rows.all())
