"""What stands beside a remark for its own body, and what everybody is told of words that are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments import sealing
from portal.comments.admission_models import AuthorQuestion, Hiding, RefusalReply
from portal.comments.exchange import QuestionRow, ReplyRow, questions, replies
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import ReasonCode
from portal.comments.sealing import Texts
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can


def has_replied(comment_id: int) -> bool:
    """True if the refusal that holds was replied to, or is itself the answer to a reply."""
    latest = sa.select(sa.func.max(AdmissionDecision.id)).where(AdmissionDecision.comment_id == comment_id)
    said = sa.or_(
        RefusalReply.decision_id == latest.scalar_subquery(), RefusalReply.considered_id == latest.scalar_subquery()
    )
    return db.session.execute(sa.select(RefusalReply.id).where(said)).first() is not None


@dataclass(frozen=True)
class OwnSide:
    """What the body that sent a remark reads about it: the exchange, and its own words where some are hidden."""

    questions: list[QuestionRow]
    replies: list[ReplyRow]
    original: Texts | None
    may_reply: bool


def own_side(actor: Actor, comment_id: int, body_id: int) -> OwnSide | None:
    """For the body's own people; None for everybody else."""
    if not can(actor, Permission.COMMENT_READ_OWN, body_id) or can(actor, Permission.COMMENT_READ_HIDDEN):
        return None
    own = sealing.sealed_among([comment_id]) if masked_among([comment_id]) else {}
    may = can(actor, Permission.COMMENT_SUBMIT, body_id) and not has_replied(comment_id)
    return OwnSide(questions(comment_id), replies(comment_id), own.get(comment_id), may)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for the body's answer."""

    id: int
    number: int
    text: str
    answer_by: datetime


def asked_of(actor: Actor) -> list[OpenQuestion]:
    """What the secretariat asks the body the actor acts for, the oldest first."""
    if actor.acting is None or not can(actor, Permission.COMMENT_DRAFT, actor.acting.body_id):
        return []
    rows = db.session.execute(
        sa.select(AuthorQuestion.id, Comment.number, AuthorQuestion.text, AuthorQuestion.answer_by)
        .join(Comment, Comment.id == AuthorQuestion.comment_id)
        .where(Comment.body_id == actor.acting.body_id, AuthorQuestion.ended_at.is_(None))
        .order_by(AuthorQuestion.id)
        .limit(20)
    )
    return [OpenQuestion(i, number or 0, text, at) for i, number, text, at in rows]


def masked_among(comment_ids: Iterable[int]) -> dict[int, frozenset[ReasonCode]]:
    """Which of these remarks have passages hidden now, and why: for everybody."""
    rows = db.session.execute(
        sa.select(Hiding.comment_id, Hiding.reason_code).where(
            Hiding.comment_id.in_(list(comment_ids)), Hiding.lifted_at.is_(None)
        )
    ).all()
    return {i: frozenset(reason for other, reason in rows if other == i) for i, _ in rows}
