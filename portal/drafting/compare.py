"""Compare each remark that has come in with those before it on the same place of the plan.

Remarks in the same words come into one group by themselves. Those that are alike are put before an officer, who says
whether they ask the same; nothing here decides that, and nothing here is public.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import atomic, db, upsert
from portal.drafting import grouping, likeness
from portal.drafting.events import DuplicateFound
from portal.drafting.models import CommentGram, CommentPrint, DuplicateMember, SimilarPair
from portal.drafting.rules import Found, Standing
from portal.journal.record import record
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.plan.models import Paragraph

AT_ONCE = 50
MOST_ALIKE = 20  # remarks with which one is compared closely
ALIVE = (CommentState.SUBMITTED, CommentState.ADMITTED)
SYSTEM = Actor.system()


@dataclass(frozen=True)
class _Texts:
    """A remark with what it says of its own."""

    row: Comment
    grams: Counter[str]


def step() -> int:
    """What the worker does of it; where nothing waits it only looks."""
    waiting = db.session.scalar(sa.select(Comment.id).where(_not_yet()).limit(1))
    return compare(now=clock.now()) if waiting is not None else 0


def _not_yet() -> sa.ColumnElement[bool]:
    """Remarks are numbered in the order in which they were received: what is above the highest number is new."""
    last = sa.select(sa.func.coalesce(sa.func.max(CommentPrint.number), 0))
    return Comment.number > last.scalar_subquery()


@atomic()
def compare(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Take in the next remarks by number, those that have not been compared yet; return how many there were."""
    fresh = _texts(_not_yet(), limit)
    for found in fresh:
        _take(found, now)
    return len(fresh)


@atomic()
def renew(comment_id: int, *, now: datetime) -> None:
    """Forget what the words of a remark were, and compare it as it reads now: words that are hidden leave no trace."""
    for table in (CommentGram, CommentPrint):
        db.session.execute(sa.delete(table).where(table.comment_id == comment_id))
    pairs = sa.or_(SimilarPair.low_id == comment_id, SimilarPair.high_id == comment_id)
    db.session.execute(sa.delete(SimilarPair).where(pairs, SimilarPair.person_id.is_(None)))
    for found in _texts(Comment.id == comment_id, 1):
        _take(found, now)


def _texts(which: sa.ColumnElement[bool], limit: int) -> list[_Texts]:
    rows = db.session.execute(
        sa.select(Comment, sa.func.coalesce(Paragraph.text, ""))
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(Comment.number.is_not(None), which)
        .order_by(Comment.number)
        .limit(limit)
    )
    return [
        _Texts(row, likeness.of_remark((row.observation, row.reasons), row.proposed_text, current))
        for row, current in rows
    ]


def _take(found: _Texts, now: datetime) -> None:
    row = found.row
    place = f"{row.consultation_id} {row.action_id} {row.section_id} {row.paragraph_id} {row.kind.value}"
    digest = likeness.print_of((place, row.observation, row.proposed_text, row.reasons))
    sketch = likeness.sketch(found.grams)
    twin = _same_words(row, digest) if row.state in ALIVE else None
    alike = _worth_comparing(row, sketch) if row.state in ALIVE and twin is None else []
    db.session.add(CommentPrint(comment_id=row.id, number=row.number, digest=digest, at=now))
    if sketch:
        db.session.execute(sa.insert(CommentGram), [{"gram": gram, "comment_id": row.id} for gram in sketch])
    if twin is not None:
        group_id = grouping.join(twin, row, Found.EXACT, None, now=now)
        record(DuplicateFound(row.consultation_id, group_id, row.id), actor=SYSTEM, now=now)
    if alike:
        _put_forward(found, alike)


def _same_words(row: Comment, digest: str) -> Comment | None:
    """The first remark that says the same in the same words."""
    return db.session.execute(
        sa.select(Comment)
        .join(CommentPrint, CommentPrint.comment_id == Comment.id)
        .where(CommentPrint.digest == digest, Comment.id != row.id, Comment.state.in_(ALIVE))
        .order_by(Comment.number)
        .limit(1)
    ).scalar_one_or_none()


def _worth_comparing(row: Comment, sketch: list[int]) -> list[int]:
    """Remarks on the same action, section or whole that share much of the sketch; of a group its first alone."""
    place = (Comment.action_id, row.action_id), (Comment.section_id, row.section_id)
    member, first = aliased(DuplicateMember), aliased(DuplicateMember)
    first_of_group = sa.select(sa.func.min(first.comment_id)).where(first.group_id == member.group_id)
    shared = sa.func.count()
    rows = db.session.execute(
        sa.select(CommentGram.comment_id)
        .join(Comment, Comment.id == CommentGram.comment_id)
        .outerjoin(member, member.comment_id == Comment.id)
        .where(CommentGram.gram.in_(sketch), Comment.id != row.id, Comment.consultation_id == row.consultation_id)
        .where(*(column.is_(None) if value is None else column == value for column, value in place))
        .where(Comment.state.in_(ALIVE))
        .where(sa.or_(member.comment_id.is_(None), member.comment_id == first_of_group.scalar_subquery()))
        .group_by(CommentGram.comment_id)
        .having(shared >= min(likeness.SHARED, len(sketch)))
        .order_by(shared.desc(), CommentGram.comment_id)
        .limit(MOST_ALIKE)
    )
    return list(rows.scalars())


def _put_forward(found: _Texts, ids: list[int]) -> None:
    pairs: list[dict[str, Any]] = []
    for other in _texts(Comment.id.in_(ids), len(ids)):
        score = likeness.likeness(found.grams, other.grams)
        if score >= likeness.ALIKE:
            low, high = sorted((found.row.id, other.row.id))
            pairs.append({"low_id": low, "high_id": high, "score": score, "standing": Standing.PROPOSED})
    if pairs:
        insert = upsert(SimilarPair).on_conflict_do_nothing(index_elements=["low_id", "high_id"])
        db.session.execute(insert, pairs)
