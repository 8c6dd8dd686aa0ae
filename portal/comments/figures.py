"""The figures of a consultation: what its closing report says, true at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments.models import Comment, Submission
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.kernel.offices import BodyKind
from portal.territory.models import Body


@dataclass(frozen=True)
class Speaker:
    """A body that has submitted, with how many remarks, whatever became of them."""

    body_id: int
    key: str
    name: str
    kind: BodyKind
    remarks: int


@dataclass(frozen=True)
class LateRow:
    """A submission that came after the deadline."""

    number: int
    body_key: str
    body_name: str
    submitted_at: datetime


@dataclass(frozen=True)
class Figures:
    """Numbers of submissions and remarks; `by_kind` counts those that were not withdrawn."""

    submissions: int
    by_state: dict[CommentState, int]
    by_kind: dict[CommentKind, int]
    speakers: list[Speaker]
    late: list[LateRow]

    @property
    def received(self) -> int:
        """All remarks, whatever became of them: the states add up to it."""
        return sum(self.by_state.values())

    @property
    def body_ids(self) -> list[int]:
        """The bodies that have spoken."""
        return [s.body_id for s in self.speakers]


def figures(consultation_id: int) -> Figures:
    """Count what was received."""
    received = (Comment.consultation_id == consultation_id) & Comment.number.is_not(None)
    by_state = db.session.execute(sa.select(Comment.state, sa.func.count()).where(received).group_by(Comment.state))
    by_kind = db.session.execute(
        sa.select(Comment.kind, sa.func.count())
        .where(received, Comment.state != CommentState.WITHDRAWN)
        .group_by(Comment.kind)
    )
    speakers = db.session.execute(
        sa.select(Body.id, Body.key, Body.name, Body.kind, sa.func.count())
        .join(Comment, Comment.body_id == Body.id)
        .where(received, Comment.state != CommentState.WITHDRAWN)
        .group_by(Body.id, Body.key, Body.name, Body.kind)
        .order_by(Body.name)
    )
    submissions = db.session.execute(
        sa.select(Submission.number, Body.key, Body.name, Submission.submitted_at, Submission.is_late)
        .join(Body, Body.id == Submission.body_id)
        .where(Submission.consultation_id == consultation_id, Submission.submitted_at.is_not(None))
        .order_by(Submission.number)
    ).all()
    return Figures(
        submissions=len(submissions),
        by_state=dict(by_state.all()),
        by_kind=dict(by_kind.all()),
        speakers=[Speaker(*row) for row in speakers],
        late=[LateRow(n, key, name, at) for n, key, name, at, is_late in submissions if is_late and n and at],
    )
