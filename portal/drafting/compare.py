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
    """The words or the standing of a remark are others: forget what it was compared by, and compare it as it is now.

    Those that were compared with it alone are compared among themselves.
    """
    others = _followers(comment_id)
    undecided = sa.or_(SimilarPair.low_id == comment_id, SimilarPair.high_id == comment_id)
    db.session.execute(sa.delete(SimilarPair).where(undecided, SimilarPair.person_id.is_(None)))
    again = [comment_id, *others]
    for table in (CommentGram, CommentPrint):
        db.session.execute(sa.delete(table).where(table.comment_id.in_(again)))
    for found in _texts(Comment.id.in_(again), len(again)):
        _take(found, now)


@atomic()
def revive(comment_id: int, *, now: datetime) -> None:
    """A remark that stands again after it did not: compared now, unless it has been."""
    traces = (
        sa.exists().where(CommentGram.comment_id == comment_id),
        sa.exists().where(SimilarPair.high_id == comment_id),
        sa.exists().where(DuplicateMember.comment_id == comment_id),
    )
    taken_in = sa.exists().where(CommentPrint.comment_id == comment_id)
    if db.session.scalar(sa.select(sa.and_(taken_in, ~sa.or_(*traces)))):
        renew(comment_id, now=now)


def _followers(comment_id: int) -> list[int]:
    """Remarks that keep no sketch because this one stands for them."""
    own = sa.select(DuplicateMember.group_id).where(DuplicateMember.comment_id == comment_id).scalar_subquery()
    same = sa.select(DuplicateMember.comment_id).where(
        DuplicateMember.group_id == own, DuplicateMember.how == Found.EXACT
    )
    alike = sa.select(SimilarPair.high_id).where(SimilarPair.low_id == comment_id)
    found = db.session.execute(
        sa.select(Comment.id).where(
            Comment.id.in_(sa.union(same, alike)),
            Comment.id != comment_id,
            ~sa.exists().where(CommentGram.comment_id == Comment.id),
        )
    )
    return list(found.scalars())


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
    place = f"{row.consultation_id} {row.action_id} {row.section_id}"
    digest = likeness.print_of(
        (place, f"{row.paragraph_id} {row.kind.value}", row.observation, row.proposed_text, row.reasons)
    )
    db.session.add(CommentPrint(comment_id=row.id, number=row.number, digest=digest, at=now))
    if row.state not in ALIVE:
        return
    twin = _same_words(row, digest)
    if twin is not None:
        _stand_together(twin, row, now)
        return
    sketch = likeness.sketch(found.grams, place)
    alike = _put_forward(found, _worth_comparing(row, sketch))
    if sketch and not alike:
        db.session.execute(sa.insert(CommentGram), [{"gram": gram, "comment_id": row.id} for gram in sketch])


def _stand_together(twin: Comment, row: Comment, now: datetime) -> None:
    known = db.session.get(DuplicateMember, row.id) is not None
    group_id = grouping.join(twin, row, Found.EXACT, None, now=now)
    if not known:
        record(DuplicateFound(row.consultation_id, group_id, row.id), actor=SYSTEM, now=now)


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
    """Remarks on the same action, section or whole that share much of the sketch."""
    shared = sa.func.count()
    rows = db.session.execute(
        sa.select(CommentGram.comment_id)
        .join(Comment, Comment.id == CommentGram.comment_id)
        .where(CommentGram.gram.in_(sketch), Comment.id != row.id, Comment.state.in_(ALIVE))
        .group_by(CommentGram.comment_id)
        .having(shared >= min(likeness.SHARED, len(sketch)))
        .order_by(shared.desc(), CommentGram.comment_id)
        .limit(MOST_ALIKE)
    )
    return list(rows.scalars())


def _put_forward(found: _Texts, ids: list[int]) -> bool:
    """Put the pairs that are alike before an officer; True if there are any."""
    pairs: list[dict[str, Any]] = []
    for other in _texts(Comment.id.in_(ids), len(ids)) if ids else []:
        score = likeness.likeness(found.grams, other.grams)
        if score >= likeness.ALIKE:
            low, high = sorted((found.row.id, other.row.id))
            pairs.append({"low_id": low, "high_id": high, "score": score, "standing": Standing.PROPOSED})
    if pairs:
        insert = upsert(SimilarPair).on_conflict_do_nothing(index_elements=["low_id", "high_id"])
        db.session.execute(insert, pairs)
    return bool(pairs)
