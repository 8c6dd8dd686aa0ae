"""What letters about admission need to know beside the decision itself: questions, hidden passages, replies, terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments.admission_models import AuthorQuestion, Hiding, RefusalReply
from portal.comments.models import AdmissionDecision, Comment, Consultation
from portal.comments.rules import ReasonCode
from portal.db import db
from portal.territory.models import Body


@dataclass(frozen=True)
class About:
    """The remark a letter speaks of."""

    number: int
    body_id: int
    body_name: str
    submission_id: int


@dataclass(frozen=True)
class Asked:
    """A question to the author, and its answer if there is one."""

    remark: About
    text: str
    answer_by: datetime
    person_id: int
    answer: str
    is_open: bool


@dataclass(frozen=True)
class Hidden:
    """Passages of a remark that were hidden, as its author may read it."""

    remark: About
    passages: int
    reason_code: ReasonCode
    text: str
    stands: bool  # not restored since


@dataclass(frozen=True)
class Replied:
    """A reply to a refusal that waits for another person than those who refused."""

    remark: About
    waits: bool
    decided_by: int


def about(comment_id: int) -> About:
    """The remark and whose it is."""
    row: Any = db.session.execute(
        sa.select(Comment.number, Comment.body_id, Body.name, Comment.submission_id)
        .join(Body, Body.id == Comment.body_id)
        .where(Comment.id == comment_id)
    ).one()
    return About(*row)


def asked(question_id: int) -> Asked:
    """The question under its number."""
    row = db.session.get_one(AuthorQuestion, question_id, populate_existing=True)
    return Asked(about(row.comment_id), row.text, row.answer_by, row.person_id, row.answer, row.ended_at is None)


def hidden(hiding_id: int) -> Hidden:
    """What was hidden under a number."""
    row = db.session.get_one(Hiding, hiding_id, populate_existing=True)
    return Hidden(about(row.comment_id), len(row.spans), row.reason_code, row.text, row.lifted_at is None)


def replied(reply_id: int) -> Replied:
    """The reply under its number."""
    row = db.session.get_one(RefusalReply, reply_id, populate_existing=True)
    refusal = db.session.get_one(AdmissionDecision, row.decision_id)
    return Replied(about(row.comment_id), row.considered_id is None, refusal.person_id)


@dataclass(frozen=True)
class Overdue:
    """Remarks of a consultation whose term ran out."""

    consultation: str
    numbers: tuple[int, ...]


def overdue(consultation_id: int, numbers: list[int]) -> Overdue:
    """The title that goes with them."""
    title = db.session.execute(sa.select(Consultation.title).where(Consultation.id == consultation_id)).scalar_one()
    return Overdue(title, tuple(numbers))
