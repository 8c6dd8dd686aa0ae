"""What the conferences said of an action, for whoever answers: indications, conclusions, speeches, remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.placed import sent
from portal.comments.visibility import visible_clause
from portal.conferences import queries as sittings
from portal.conferences.floor.models import Speech
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.hall.models import ItemCourse
from portal.conferences.hall.rules import ItemState
from portal.conferences.models import AgendaItem, AgendaItemAction, SittingSeat
from portal.conferences.queries import SittingRow
from portal.conferences.table import queries
from portal.conferences.table.models import SittingRemark
from portal.conferences.table.queries import Sheet
from portal.db import db
from portal.kernel.actor import Actor

MOST_SPEECHES = 60


@dataclass(frozen=True)
class Taken:
    """An item about the action, as it ended."""

    number: int
    title: str
    state: ItemState
    conclusion: str


@dataclass(frozen=True)
class Spoke:
    """Somebody had the floor on such an item; the body, or who holds no seat."""

    item: int
    speaker: str
    kind: SpeechKind
    synopsis: str


@dataclass(frozen=True)
class SaidOn:
    """One sitting on one action."""

    sitting: SittingRow
    items: tuple[Taken, ...]
    sheets: tuple[Sheet, ...]  # rounds that are closed
    speeches: tuple[Spoke, ...]
    remarks: tuple[int, ...]  # public numbers


def said_on(actor: Actor, action_id: int, *, now: datetime) -> list[SaidOn]:
    """Every sitting this reader may see that took the action up, the latest first."""
    taken = _taken(action_id)
    if not taken:
        return []
    rows = [row for row in sittings.sittings(actor) if row.number in taken]
    return [_said(actor, row, action_id, taken[row.number], now) for row in rows]


def _said(actor: Actor, row: SittingRow, action_id: int, items: list[Taken], now: datetime) -> SaidOn:
    asked = [one for one in queries.rounds(actor, row.number) if one.action_id == action_id and not one.is_open]
    return SaidOn(
        sitting=row,
        items=tuple(items),
        sheets=tuple(queries.sheet_of(one, now=now) for one in asked),
        speeches=_speeches(row.number, action_id),
        remarks=_remarks(actor, row.number, action_id),
    )


def _remarks(actor: Actor, sitting_id: int, action_id: int) -> tuple[int, ...]:
    query = sent(Comment.number).join(SittingRemark, SittingRemark.comment_id == Comment.id)
    query = query.where(SittingRemark.sitting_id == sitting_id, Comment.action_id == action_id)
    query = query.where(Comment.number.is_not(None), visible_clause(actor)).order_by(Comment.number)
    return tuple(db.session.scalars(query))


def _taken(action_id: int) -> dict[int, list[Taken]]:
    """Items about the action that came to their turn, by sitting."""
    rows: Any = db.session.execute(
        sa.select(AgendaItem.sitting_id, AgendaItem.position, AgendaItem.title, ItemCourse.state, ItemCourse.conclusion)
        .join(AgendaItemAction, AgendaItemAction.item_id == AgendaItem.id)
        .join(ItemCourse, ItemCourse.item_id == AgendaItem.id)
        .where(AgendaItemAction.action_id == action_id, ItemCourse.state != ItemState.PENDING)
        .order_by(AgendaItem.position)
    )
    found: dict[int, list[Taken]] = {}
    for sitting, *item in rows:
        found.setdefault(sitting, []).append(Taken(*item))
    return found


def _speeches(sitting_id: int, action_id: int) -> tuple[Spoke, ...]:
    rows: Any = db.session.execute(
        sa.select(AgendaItem.position, sa.func.coalesce(SittingSeat.name, Speech.speaker), Speech.kind, Speech.synopsis)
        .join(AgendaItem, AgendaItem.id == Speech.item_id)
        .join(AgendaItemAction, AgendaItemAction.item_id == AgendaItem.id)
        .outerjoin(SittingSeat, SittingSeat.id == Speech.seat_id)
        .where(Speech.sitting_id == sitting_id, AgendaItemAction.action_id == action_id, Speech.ended_at.is_not(None))
        .order_by(Speech.began_at)
        .limit(MOST_SPEECHES)
    )
    return tuple(Spoke(*row) for row in rows)


def made_in(comment_ids: Iterable[int]) -> dict[int, int]:
    """Which of these remarks were made or called up in a sitting, and in which one."""
    wanted = list(comment_ids)
    rows = db.session.execute(
        sa.select(SittingRemark.comment_id, sa.func.max(SittingRemark.sitting_id))
        .join(Comment, Comment.id == SittingRemark.comment_id)
        .where(SittingRemark.comment_id.in_(wanted), Comment.number.is_not(None))
        .group_by(SittingRemark.comment_id)
    )
    return {row[0]: row[1] for row in rows}
