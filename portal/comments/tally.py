"""Statute art. 13: figures kept in rows, so that no page counts remarks. Called inside the verbs that hide and show."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from portal.comments.models import ActionTally, Anchor, BodyTally, Comment, Consultation, ParagraphTally
from portal.comments.rules import Admission, CommentState, Reader, may_see
from portal.comments.visibility import states_shown_to
from portal.db import atomic, db, dialect, upsert

Figures = dict[str, dict[tuple[int, ...], int]]
_TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (  # what a remark counts in once, by its own place
    (ActionTally, ("action_id",)),
    (BodyTally, ("action_id", "body_id")),
)
_KEPT = (*_TABLES, (ParagraphTally, ("paragraph_id",)))


def is_public(state: CommentState, admission: Admission) -> bool:
    """True if anybody may read a remark in this state: what the figures count."""
    return may_see(Reader.PUBLIC, state, admission)


def shift(comment: Comment, before_visible: bool, after_visible: bool) -> None:
    """Keep the figures in step with a remark that became public or ceased to be; no change changes nothing."""
    if before_visible == after_visible:
        return
    by = 1 if after_visible else -1
    for table, keys in _TABLES:
        key = {name: getattr(comment, name) for name in keys}
        if None not in key.values():
            _add(table, key, by)
    for paragraph_id in sorted(_spoken_of(comment)):
        _add(ParagraphTally, {"paragraph_id": paragraph_id}, by)


def _spoken_of(comment: Comment) -> set[int]:
    """Every paragraph that a remark speaks of: an action counts it once, each of these shows it."""
    own = {comment.paragraph_id} if comment.paragraph_id else set()
    return own | {anchor.paragraph_id for anchor in comment.anchors}


def _add(table: Any, key: dict[str, int], by: int) -> None:
    db.session.execute(_adding(table, tuple(key), dialect()), {**key, "visible": by})


@cache
def _adding(table: Any, keys: tuple[str, ...], _dialect: str) -> Any:
    insert = upsert(table)
    more = table.visible + insert.excluded.visible
    return insert.on_conflict_do_update(index_elements=list(keys), set_={"visible": more})


def kept() -> Figures:
    """All figures as the rows have them; those that came back to nothing are left out."""
    figures: Figures = {}
    for table, keys in _KEPT:
        rows = db.session.execute(sa.select(*(getattr(table, key) for key in keys), table.visible))
        figures[table.__tablename__] = {tuple(row[:-1]): row[-1] for row in rows if row[-1]}
    return figures


def recount() -> Figures:
    """The same figures counted anew from the remarks themselves."""
    figures: Figures = {}
    for table, keys in _TABLES:
        columns = [getattr(Comment, key) for key in keys]
        query = sa.select(*columns, sa.func.count()).join(Consultation, Consultation.id == Comment.consultation_id)
        rows = db.session.execute(
            query.where(states_shown_to(Reader.PUBLIC), *(c.is_not(None) for c in columns)).group_by(*columns)
        )
        figures[table.__tablename__] = {tuple(row[:-1]): row[-1] for row in rows}
    return figures | {ParagraphTally.__tablename__: _by_paragraph()}


def _by_paragraph() -> dict[tuple[int, ...], int]:
    at = sa.select(Comment.id.label("comment_id"), Comment.paragraph_id).where(Comment.paragraph_id.is_not(None))
    spoken = sa.union(at, sa.select(Anchor.comment_id, Anchor.paragraph_id)).subquery()
    rows = db.session.execute(
        sa.select(spoken.c.paragraph_id, sa.func.count())
        .join(Comment, Comment.id == spoken.c.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(states_shown_to(Reader.PUBLIC))
        .group_by(spoken.c.paragraph_id)
    )
    return {(paragraph_id,): visible for paragraph_id, visible in rows}


@atomic()
def repair() -> bool:
    """Write the counted figures where the kept ones differ; True if anything had to be put right."""
    if kept() == (right := recount()):
        return False
    for table, keys in _KEPT:
        db.session.execute(sa.delete(table))
        rows = [{**dict(zip(keys, key, strict=True)), "visible": n} for key, n in right[table.__tablename__].items()]
        if rows:
            db.session.execute(sa.insert(table), rows)
    return True
