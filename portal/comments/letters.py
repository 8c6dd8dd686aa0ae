"""What a letter about a submission needs to know: who is concerned, and what was received or decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate, Person
from portal.accounts.rules import in_force
from portal.comments.models import AdmissionDecision, Comment, Consultation, Submission
from portal.comments.rules import CommentState, ReasonCode
from portal.db import db
from portal.kernel.clock import local_day
from portal.kernel.offices import SIGNATORIES
from portal.plan.models import Action, Paragraph
from portal.territory.models import Body


@dataclass(frozen=True)
class Addressee:
    """Somebody a letter goes to."""

    person_id: int
    name: str
    email: str
    language: str


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
        )
        .join(Body, Body.id == Submission.body_id)
        .join(Consultation, Consultation.id == Submission.consultation_id)
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


def decided(comment_id: int, decision_id: int | None = None) -> Decided:
    """The decision an entry tells of; `still_holds` is False when a later one has taken its place."""
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
    ).one()
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
    acting = [p for p in dict.fromkeys(persons) if p and _acts_for(p, body_id, now)]
    return _addressees(acting or _signatories(body_id, now))


def _acts_for(person_id: int, body_id: int, now: datetime) -> bool:
    return any(grant.body_id == body_id for grant in accounts.grants_of(person_id, now))


def _signatories(body_id: int, now: datetime) -> list[int]:
    today = local_day(now)
    rows = db.session.execute(
        sa.select(Mandate.person_id, Mandate.starts_on, Mandate.ends_on)
        .where(Mandate.body_id == body_id, Mandate.office.in_(SIGNATORIES))
        .order_by(Mandate.id)
    )
    today_in_force = [person for person, starts, ends in rows if in_force(starts, ends, today)]
    return [person for person in dict.fromkeys(today_in_force) if _acts_for(person, body_id, now)]


def _addressees(persons: list[int]) -> list[Addressee]:
    rows: Any = db.session.execute(
        sa.select(Person.id, Person.name, Person.email, Person.language)
        .where(Person.id.in_(persons), Person.email.is_not(None), Person.erased_at.is_(None))
        .order_by(Person.id)
    )
    return [Addressee(*row) for row in rows]
