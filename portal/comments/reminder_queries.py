"""Whom to remind of a deadline: whoever signs for a body that has sent nothing, or wrote a draft not yet sent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.accounts.queries import is_in_force
from portal.comments.models import Comment, Consultation, ConsultationExtension, Submission
from portal.comments.reminders import EARLIEST
from portal.comments.rules import SubmissionState
from portal.db import db
from portal.kernel.offices import SIGNATORIES
from portal.territory.models import Body

_OPEN = (SubmissionState.DRAFT, SubmissionState.READY)


@dataclass(frozen=True)
class Ending:
    """A consultation whose deadline is near."""

    id: int
    title: str
    deadline_at: datetime
    told_at: datetime  # when the addressees last heard of this deadline


@dataclass(frozen=True)
class Left:
    """What a body has still to send: how many drafts; none means that it has sent nothing so far."""

    body_name: str
    drafts: int


def ending(now: datetime) -> list[Ending]:
    """Open consultations that end within the time of the first reminder."""
    moved = sa.select(sa.func.max(ConsultationExtension.extended_at, type_=ConsultationExtension.extended_at.type))
    moved_at = moved.where(ConsultationExtension.consultation_id == Consultation.id).scalar_subquery()
    rows = db.session.execute(
        sa.select(Consultation.id, Consultation.title, Consultation.deadline_at, Consultation.opens_at, moved_at)
        .where(Consultation.opens_at <= now, Consultation.deadline_at > now)
        .where(Consultation.deadline_at <= now + EARLIEST, Consultation.concluded_at.is_(None))
        .order_by(Consultation.id)
    )
    return [Ending(i, title, deadline, max(opens, moved or opens)) for i, title, deadline, opens, moved in rows]


def to_remind(consultation_id: int, now: datetime) -> dict[int, list[Left]]:
    """By person, each body for which something is left to send, in order of name."""
    left = _bodies(consultation_id)
    people: dict[int, dict[int, Left]] = defaultdict(dict)
    signing = sa.select(Mandate.person_id, Mandate.body_id).where(
        Mandate.body_id.in_(list(left)), Mandate.office.in_(SIGNATORIES), is_in_force(now)
    )
    writing = (
        sa.select(Submission.person_id, Submission.body_id)
        .join(Mandate, sa.and_(Mandate.person_id == Submission.person_id, Mandate.body_id == Submission.body_id))
        .where(Submission.consultation_id == consultation_id, Submission.state.in_(_OPEN), is_in_force(now))
        .where(sa.exists().where(Comment.submission_id == Submission.id))
    )
    for person_id, body_id in [*db.session.execute(signing), *db.session.execute(writing)]:
        if body_id in left:
            people[person_id][body_id] = left[body_id]
    return {who: sorted(bodies.values(), key=lambda one: one.body_name) for who, bodies in sorted(people.items())}


def _bodies(consultation_id: int) -> dict[int, Left]:
    """Bodies that may take part and have sent nothing, or have drafts besides."""
    kinds = db.session.scalar(sa.select(Consultation.body_kinds).where(Consultation.id == consultation_id))
    mine = sa.and_(Submission.body_id == Body.id, Submission.consultation_id == consultation_id)
    written = sa.exists().where(Comment.submission_id == Submission.id)
    draft = sa.and_(Submission.state.in_(_OPEN), written)
    sent = sa.func.sum(sa.case((Submission.state == SubmissionState.SUBMITTED, 1), else_=0))
    drafts = sa.func.sum(sa.case((draft, 1), else_=0))
    rows = db.session.execute(
        sa.select(Body.id, Body.name, sa.func.coalesce(sent, 0), sa.func.coalesce(drafts, 0))
        .outerjoin(Submission, mine)
        .where(Body.kind.in_(kinds or []))
        .group_by(Body.id, Body.name)
    )
    return {body_id: Left(name, int(n)) for body_id, name, done, n in rows if not done or n}
