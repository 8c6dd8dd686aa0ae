"""Statute art. 13: figures kept in rows, so that no page counts remarks. Called inside the verbs that hide and show."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from portal.comments.models import ActionTally, BodyTally, Comment, Consultation, ParagraphTally
from portal.comments.rules import Admission, CommentState, Reader, may_see
from portal.comments.visibility import states_shown_to
from portal.db import atomic, db, dialect, upsert

Figures = dict[str, dict[tuple[int, ...], int]]
_TABLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (ActionTally, ("action_id",)),
    (ParagraphTally, ("paragraph_id",)),
    (BodyTally, ("action_id", "body_id")),
)


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
    for table, keys in _TABLES:
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
    return figures


@atomic()
def repair() -> bool:
    """Write the counted figures where the kept ones differ; True if anything had to be put right."""
    if kept() == (right := recount()):
        return False
    for table, keys in _TABLES:
        db.session.execute(sa.delete(table))
        rows = [{**dict(zip(keys, key, strict=True)), "visible": n} for key, n in right[table.__tablename__].items()]
        if rows:
            db.session.execute(sa.insert(table), rows)
    return True
