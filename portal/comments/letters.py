"""What a letter about a submission needs to know: who is concerned, and what was received or decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import letters as accounts
from portal.accounts.letters import Addressee
from portal.comments.models import (
    AdmissionDecision,
    Comment,
    Consultation,
    ConsultationExtension,
    Submission,
    SubmissionNote,
)
from portal.comments.registration_models import Registration
from portal.comments.rules import Admission, CommentState, ReasonCode, SubmissionState
from portal.db import db
from portal.kernel.offices import BodyKind
from portal.plan.models import Action, Paragraph
from portal.territory.models import Body


@dataclass(frozen=True)
class Point:
    """One remark of a submission: its number and the place it speaks of."""

    number: int
    action_code: str
    action_title: str
    paragraph: int | None


@dataclass(frozen=True)
class Received:
    """A submission with its receipt."""

    number: int
    code: str
    sha256: str
    submitted_at: datetime
    is_late: bool
    body_id: int
    body_name: str
    consultation: str
    came_at: datetime | None  # by letter, registered on behalf of the body
    protocol: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Decided:
    """A decision on admission as its author may read it."""

    comment_number: int
    body_id: int
    body_name: str
    submission_id: int
    receipt: str
    admitted: bool
    reason_code: ReasonCode | None
    text: str
    still_holds: bool


def received(submission_id: int) -> Received:
    """The receipt of a submission and the points it makes."""
    row: Any = db.session.execute(
        sa.select(
            Submission.number,
            Submission.code,
            Submission.sha256,
            Submission.submitted_at,
            Submission.is_late,
            Submission.body_id,
            Body.name,
            Consultation.title,
            Registration.received_at,
            Registration.protocol_number,
        )
        .join(Body, Body.id == Submission.body_id)
        .join(Consultation, Consultation.id == Submission.consultation_id)
        .outerjoin(Registration, Registration.submission_id == Submission.id)
        .where(Submission.id == submission_id, Submission.submitted_at.is_not(None))
    ).one()
    points: Any = db.session.execute(
        sa.select(Comment.number, Action.code, Action.title, Paragraph.number)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(Comment.submission_id == submission_id)
        .order_by(Comment.position)
    )
    facts: list[Any] = [*row, tuple(Point(number, code or "", title or "", p) for number, code, title, p in points)]
    return Received(*facts)


def decided(comment_id: int, decision_id: int | None = None) -> Decided | None:
    """The decision an entry tells of; `still_holds` is False when a later one has taken its place, None if undone."""
    latest = sa.select(sa.func.max(AdmissionDecision.id)).where(AdmissionDecision.comment_id == comment_id)
    newest = db.session.execute(latest).scalar_one()
    row: Any = db.session.execute(
        sa.select(
            Comment.number,
            Comment.body_id,
            Body.name,
            Comment.submission_id,
            Submission.code,
            AdmissionDecision.admitted,
            AdmissionDecision.reason_code,
            AdmissionDecision.text,
            Comment.state,
        )
        .join(Body, Body.id == Comment.body_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(AdmissionDecision, AdmissionDecision.comment_id == Comment.id)
        .where(AdmissionDecision.id == (decision_id or newest))
    ).one_or_none()
    if row is None:
        return None
    *facts, state = row
    holds = decision_id in {None, newest} and state is not CommentState.WITHDRAWN
    return Decided(*[*facts, holds])


def concerned(submission_id: int, now: datetime) -> list[Addressee]:
    """Who signed it and who began it, while they still act for the body; else whoever signs for the body today."""
    body_id, *persons = db.session.execute(
        sa.select(Submission.body_id, Submission.signed_person_id, Submission.person_id).where(
            Submission.id == submission_id
        )
    ).one()
    acting = [p for p in dict.fromkeys(persons) if p and accounts.acts_for(p, body_id, now)]
    return accounts.addressees(acting or accounts.signatories(body_id, now))


@dataclass(frozen=True)
class Waiting:
    """A draft on its way between officers and signatory."""

    body_id: int
    body_name: str
    state: SubmissionState
    writer_id: int
    points: int
    note: str


def waiting(submission_id: int) -> Waiting:
    """A draft with the note it came back with, if it did."""
    latest = (
        sa.select(SubmissionNote.text)
        .where(SubmissionNote.submission_id == Submission.id)
        .order_by(SubmissionNote.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    points = sa.select(sa.func.count()).where(Comment.submission_id == Submission.id).scalar_subquery()
    row: Any = db.session.execute(
        sa.select(Submission.body_id, Body.name, Submission.state, Submission.person_id, points, latest)
        .join(Body, Body.id == Submission.body_id)
        .where(Submission.id == submission_id)
    ).one()
    *facts, note = row
    return Waiting(*[*facts, note or ""])


@dataclass(frozen=True)
class Announced:
    """A consultation as it is announced to those who may take part."""

    title: str
    opens_at: datetime
    deadline_at: datetime
    body_kinds: tuple[BodyKind, ...]
    reason: str  # why more time was given, if it was


def announced(consultation_id: int) -> Announced:
    """Title, window, who may take part, and the latest reason for more time."""
    latest = (
        sa.select(ConsultationExtension.reason)
        .where(ConsultationExtension.consultation_id == Consultation.id)
        .order_by(ConsultationExtension.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row: Any = db.session.execute(
        sa.select(
            Consultation.title, Consultation.opens_at, Consultation.deadline_at, Consultation.body_kinds, latest
        ).where(Consultation.id == consultation_id)
    ).one()
    title, opens_at, deadline_at, kinds, reason = row
    return Announced(title, opens_at, deadline_at, tuple(BodyKind(kind) for kind in kinds), reason or "")


def invited(kinds: tuple[BodyKind, ...], now: datetime) -> list[Addressee]:
    """Whoever signs for a body that may take part."""
    return accounts.addressees(accounts.signatories_of(kinds, now))


def admission_of(consultation_id: int) -> Admission:
    """Whether remarks are public before or after the secretariat has looked at them."""
    query = sa.select(Consultation.admission).where(Consultation.id == consultation_id)
    return db.session.execute(query).scalar_one()


def numbered(numbers: list[int]) -> list[int]:
    """The remarks that have these public numbers."""
    query = sa.select(Comment.id).where(Comment.number.in_(numbers)).order_by(Comment.number)
    return list(db.session.execute(query).scalars())
