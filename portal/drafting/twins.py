"""Reading duplicates: pairs put before an officer, groups, and what stands beside one remark."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, Consultation
from portal.comments.placed import sent
from portal.comments.rules import CommentKind, CommentState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.drafting.models import Answer, AnswerServed, DuplicateMember, SimilarPair
from portal.drafting.rules import AnswerState, Found, Standing
from portal.kernel.actor import Actor
from portal.plan.models import Action, Paragraph, Section
from portal.territory.models import Body


@dataclass(frozen=True)
class Side:
    """A remark as it stands beside another."""

    id: int
    number: int
    body_id: int
    body_name: str
    kind: CommentKind
    place: str
    paragraph: int | None
    observation: str
    proposed_text: str
    reasons: str
    answer_state: AnswerState | None
    how: Found | None
    source_id: int | None  # the remark whose answer it has
    group_id: int | None

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n\n".join(part for part in (self.observation, self.proposed_text, self.reasons) if part)


@dataclass(frozen=True)
class Pair:
    """Two remarks that are alike, how much in hundredths, and who is in a group with the first."""

    low: Side
    high: Side
    percent: int


def _sides(actor: Actor, which: Any) -> list[Side]:
    query = (
        sent(
            Comment.id,
            Comment.number,
            Comment.body_id,
            Body.name.label("body_name"),
            Comment.kind,
            sa.func.coalesce(Action.code, Section.code, "").label("place"),
            Paragraph.number.label("paragraph"),
            Comment.observation,
            Comment.proposed_text,
            Comment.reasons,
            Answer.state.label("answer_state"),
            DuplicateMember.how,
            AnswerServed.source_id,
            DuplicateMember.group_id,
        )
        .outerjoin(Answer, Answer.comment_id == Comment.id)
        .outerjoin(DuplicateMember, DuplicateMember.comment_id == Comment.id)
        .outerjoin(AnswerServed, AnswerServed.comment_id == Comment.id)
        .where(Comment.state == CommentState.ADMITTED, visible_clause(actor), which)
        .order_by(Comment.number)
    )
    return [Side(**row) for row in db.session.execute(query).mappings()]


def pairs(actor: Actor, *, after: tuple[int, int] | None = None, limit: int = 20) -> list[Pair]:
    """Pairs of admitted remarks that nobody has judged, those in one group already left out, by number."""
    return _pairs(actor, sa.true(), after, limit)


def pairs_of(actor: Actor, comment_id: int) -> list[Pair]:
    """Those of one remark."""
    return _pairs(actor, sa.or_(SimilarPair.low_id == comment_id, SimilarPair.high_id == comment_id), None, 20)


def _pairs(actor: Actor, which: sa.ColumnElement[bool], after: tuple[int, int] | None, limit: int) -> list[Pair]:
    query = sa.select(SimilarPair.low_id, SimilarPair.high_id, SimilarPair.score).where(_waiting(), which)
    if after is not None:
        query = query.where(sa.tuple_(SimilarPair.low_id, SimilarPair.high_id) > sa.tuple_(*map(sa.literal, after)))
    found = db.session.execute(query.order_by(SimilarPair.low_id, SimilarPair.high_id).limit(limit)).all()
    ids = {one for low, high, _ in found for one in (low, high)}
    sides = {side.id: side for side in _sides(actor, Comment.id.in_(ids))} if ids else {}
    return [Pair(sides[low], sides[high], score // 10) for low, high, score in found if low in sides and high in sides]


def _waiting() -> sa.ColumnElement[bool]:
    one, other = aliased(DuplicateMember), aliased(DuplicateMember)
    together = (
        sa.exists()
        .where(one.comment_id == SimilarPair.low_id, other.comment_id == SimilarPair.high_id)
        .where(one.group_id == other.group_id)
    )
    both = [
        sa.exists().where(Comment.id == side, Comment.state == CommentState.ADMITTED)
        for side in (SimilarPair.low_id, SimilarPair.high_id)
    ]
    return sa.and_(SimilarPair.standing == Standing.PROPOSED, *both, ~together)


def how_many_wait() -> int:
    """Pairs that somebody has to judge."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(SimilarPair).where(_waiting())) or 0


def group_of(actor: Actor, comment_id: int) -> list[Side]:
    """The admitted remarks of its group, itself among them, by number; empty without a group."""
    own = sa.select(DuplicateMember.group_id).where(DuplicateMember.comment_id == comment_id).scalar_subquery()
    found = _sides(actor, DuplicateMember.group_id == own)
    return found if len(found) > 1 else []


def groups(actor: Actor, *, after: int | None = None, limit: int = 20) -> list[list[Side]]:
    """Groups with at least two admitted remarks, the oldest first, from after one of them on."""
    query = (
        sa.select(DuplicateMember.group_id)
        .join(Comment, Comment.id == DuplicateMember.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.state == CommentState.ADMITTED, visible_clause(actor))
        .group_by(DuplicateMember.group_id)
        .having(sa.func.count() > 1)
        .order_by(DuplicateMember.group_id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(DuplicateMember.group_id > after)
    ids = list(db.session.execute(query).scalars())
    found: dict[int, list[Side]] = {group_id: [] for group_id in ids}
    for side in _sides(actor, DuplicateMember.group_id.in_(ids)) if ids else []:
        found[side.group_id or 0].append(side)
    return [found[group_id] for group_id in ids]


def sizes(group_ids: Collection[int]) -> dict[int, int]:
    """How many admitted remarks each of these groups has."""
    if not group_ids:
        return {}
    rows = db.session.execute(
        sa.select(DuplicateMember.group_id, sa.func.count())
        .join(Comment, Comment.id == DuplicateMember.comment_id)
        .where(DuplicateMember.group_id.in_(group_ids), Comment.state == CommentState.ADMITTED)
        .group_by(DuplicateMember.group_id)
    )
    return dict(rows.all())


def first_number() -> sa.ScalarSelect[int | None]:
    """The first number of a remark's group, as a column beside it: of those that stand admitted."""
    own, member, other = aliased(DuplicateMember), aliased(DuplicateMember), aliased(Comment)
    return (
        sa.select(sa.func.min(other.number))
        .select_from(own)
        .join(member, member.group_id == own.group_id)
        .join(other, other.id == member.comment_id)
        .where(own.comment_id == Comment.id, other.state == CommentState.ADMITTED)
        .correlate(Comment)
        .scalar_subquery()
    )


def source_number() -> sa.ScalarSelect[int | None]:
    """The number of the remark for which the answer of a remark was written, as a column beside it."""
    other = aliased(Comment)
    return (
        sa.select(other.number)
        .join(AnswerServed, AnswerServed.source_id == other.id)
        .where(AnswerServed.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
