"""What a letter about a published answer needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState, Outcome
from portal.plan.models import Action
from portal.territory.models import Body


@dataclass(frozen=True)
class Answered:
    """An answer as everybody may read it."""

    comment_number: int
    submission_id: int
    body_name: str
    action_code: str
    action_title: str
    outcome: Outcome
    text: str
    published_at: datetime


def answered(answer_id: int) -> Answered | None:
    """The published answer; None while it is not public, or not any more."""
    row: Any = db.session.execute(
        sa.select(
            Comment.number,
            Comment.submission_id,
            Body.name,
            Action.code,
            Action.title,
            Answer.outcome,
            Answer.text,
            Answer.published_at,
        )
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Body, Body.id == Comment.body_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .where(Answer.id == answer_id, Answer.state == AnswerState.PUBLISHED, Comment.state == CommentState.ADMITTED)
    ).one_or_none()
    return Answered(*row) if row else None


def remark_of(answer_id: int) -> int | None:
    """The remark that a published answer answers."""
    query = sa.select(Answer.comment_id).where(Answer.id == answer_id, Answer.state == AnswerState.PUBLISHED)
    return db.session.execute(query).scalar_one_or_none()
