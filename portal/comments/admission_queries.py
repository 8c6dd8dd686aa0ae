"""Reading for the secretariat's queue: its lists, one remark with what may be done about it, the figures above."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person, SecondPersonRequest
from portal.comments import admission_rules, hiding, tally, term_queries
from portal.comments.admission_models import AuthorQuestion, DecisionSecond, RefusalReply, Report
from portal.comments.models import AdmissionDecision, Comment, Submission
from portal.comments.placed import SHORT_PLACE, sent
from portal.comments.queries import Remark, remark
from portal.comments.rules import CommentKind, CommentState, ReasonCode
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local_day
from portal.kernel.errors import NotFound
from portal.territory.models import Body


class Show(StrEnum):
    """Which part of the queue is looked at."""

    PENDING = "pending"
    CONFIRM = "confirm"
    REPLIES = "replies"
    REPORTED = "reported"
    WAITING = "waiting"
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
    is_overdue: bool
    is_asked: bool  # the author was asked and has not answered
    has_answered: bool  # the author answered a question
    on_behalf: bool  # registered by the secretariat


@dataclass(frozen=True)
class Sheet:
    """A remark with who wrote it and who refused it, so that the page can say who may do what."""

    remark: Remark
    authors: frozenset[int | None]
    two_to_refuse: bool
    two_to_hide: bool
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True)
class DecisionRow:
    """A decision as the secretariat reads it."""

    id: int
    admitted: bool
    reason_code: ReasonCode | None
    text: str
    person: str
    decided_at: datetime
    person_id: int
    proposed_by: str | None
    proposed_by_id: int | None


@dataclass(frozen=True)
class Workload:
    """What waits, since when, and what was done today."""

    pending: int
    late: int
    oldest: datetime | None
    admitted_today: int
    refused_today: int
    overdue: int = 0
    lists: dict[Show, int] = field(default_factory=dict)  # how many stand in each list that asks for something


_DECIDED = (CommentState.ADMITTED, CommentState.NOT_ADMITTED)


def _question(*more: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(AuthorQuestion.comment_id == Comment.id, *more)


def _waits(now: datetime) -> sa.ColumnElement[bool]:
    """The author was asked, has not answered, and still has time."""
    return _question(AuthorQuestion.ended_at.is_(None), AuthorQuestion.answer_by > now)


def _to_confirm(now: datetime) -> list[int]:
    """Remarks about which a second person is asked something."""
    subjects = db.session.execute(
        sa.select(SecondPersonRequest.subject).where(
            SecondPersonRequest.kind.in_(hiding.KINDS),
            SecondPersonRequest.decided_at.is_(None),
            SecondPersonRequest.expires_at > now,
        )
    ).scalars()
    return [int(subject.partition(":")[2]) for subject in subjects]


def _shown(show: Show, now: datetime) -> sa.ColumnElement[bool]:
    submitted = Comment.state == CommentState.SUBMITTED
    reply = sa.exists().where(RefusalReply.comment_id == Comment.id, RefusalReply.considered_id.is_(None))
    report = sa.exists().where(Report.comment_id == Comment.id, Report.review_id.is_(None))
    if show is Show.CONFIRM:
        return Comment.id.in_(_to_confirm(now))
    return {
        Show.PENDING: sa.and_(submitted, sa.not_(_waits(now))),
        Show.WAITING: sa.and_(submitted, _waits(now)),
        Show.REPLIES: sa.and_(Comment.state == CommentState.NOT_ADMITTED, reply),
        Show.REPORTED: sa.and_(Comment.state.in_(sorted(admission_rules.ALIVE)), report),
        Show.LATE: sa.and_(Submission.is_late, Comment.state.in_([CommentState.SUBMITTED, *_DECIDED])),
        Show.DECIDED: Comment.state.in_(_DECIDED),
    }[show]


def queue(actor: Actor, show: Show, *, now: datetime, after: int | None = None, limit: int = 50) -> list[QueueRow]:
    """Remarks by number: the oldest first, but among the decided ones the newest first."""
    newest_first = show is Show.DECIDED
    query = (
        sent(
            Comment.id,
            Comment.number,
            Body.name.label("body_name"),
            Comment.kind,
            Comment.state,
            Submission.is_late,
            Submission.submitted_at,
            *SHORT_PLACE,
            _truth(term_queries.overdue_clause(now)).label("is_overdue"),
            _truth(_question(AuthorQuestion.ended_at.is_(None))).label("is_asked"),
            _truth(_question(AuthorQuestion.answered_at.is_not(None))).label("has_answered"),
            Submission.signed_mandate_id.is_(None).label("on_behalf"),
        )
        .where(_shown(show, now), visible_clause(actor))
        .order_by(Comment.number.desc() if newest_first else Comment.number)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Comment.number < after if newest_first else Comment.number > after)
    return [QueueRow(**row) for row in db.session.execute(query).mappings()]


def _truth(condition: sa.ColumnElement[bool]) -> sa.Case[bool]:
    return sa.case((condition, True), else_=False)


def sheet(actor: Actor, number: int, *, now: datetime) -> Sheet:
    """One remark with the text it speaks of; nothing is there for who may not read it."""
    found = remark(actor, number)
    if not found.visible:
        raise NotFound()
    authors = db.session.execute(
        sa.select(Submission.person_id, Submission.signed_person_id)
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Comment.id == found.id)
    ).one()
    due = None
    if found.state is CommentState.SUBMITTED:
        due = term_queries.due_day(found.id, found.consultation_id, found.submitted_at)
    return Sheet(
        found,
        frozenset(authors),
        admission_rules.two_to_refuse(found.body_kind, tally.is_public(found.state, found.admission)),
        admission_rules.two_to_hide(found.body_kind),
        due,
        due is not None and due < local_day(now),
    )


def decisions_on(comment_id: int) -> list[DecisionRow]:
    """All decisions on a remark, the first one first; the last one holds."""
    proposer = aliased(Person)
    rows = db.session.execute(
        sa.select(
            AdmissionDecision.id,
            AdmissionDecision.admitted,
            AdmissionDecision.reason_code,
            AdmissionDecision.text,
            Person.name,
            AdmissionDecision.decided_at,
            AdmissionDecision.person_id,
            proposer.name,
            proposer.id,
        )
        .join(Person, Person.id == AdmissionDecision.person_id)
        .outerjoin(DecisionSecond, DecisionSecond.decision_id == AdmissionDecision.id)
        .outerjoin(proposer, proposer.id == DecisionSecond.proposed_by_id)
        .where(AdmissionDecision.comment_id == comment_id)
        .order_by(AdmissionDecision.id)
    )
    return [DecisionRow(*row) for row in rows]


_ASKING = (Show.PENDING, Show.CONFIRM, Show.REPLIES, Show.REPORTED, Show.WAITING)


def _lengths(now: datetime) -> dict[Show, int]:
    """How many remarks stand in each list that asks for something."""
    rows = (
        sa.select(sa.func.count())
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(_shown(show, now))
        .scalar_subquery()
        for show in _ASKING
    )
    return dict(zip(_ASKING, db.session.execute(sa.select(*rows)).one(), strict=True))


@dataclass(frozen=True)
class Undoable:
    """A decision of a few seconds ago that whoever took it can still take back."""

    id: int
    number: int
    admitted: bool
    seconds: int


def undoable(actor: Actor, decision_id: int | None, *, now: datetime) -> Undoable | None:
    """The decision under a number, if it is the actor's and the seconds are not over."""
    row = db.session.execute(
        sa.select(AdmissionDecision.id, Comment.number, AdmissionDecision.admitted, AdmissionDecision.decided_at)
        .join(Comment, Comment.id == AdmissionDecision.comment_id)
        .where(
            AdmissionDecision.id == decision_id,
            AdmissionDecision.person_id == actor.person_id,
            AdmissionDecision.decided_at > now - admission_rules.UNDO,
        )
    ).one_or_none()
    if row is None:
        return None
    left = row.decided_at + admission_rules.UNDO - now
    return Undoable(row.id, row.number or 0, row.admitted, max(1, int(left.total_seconds())))


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
    overdue = term_queries.overdue_count(now)
    return Workload(pending, late, oldest, done.get(True, 0), done.get(False, 0), overdue, _lengths(now))
