"""Where each item stands: plain functions of the verbs of this package, under the sitting's lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.hall.events import ItemEnded
from portal.conferences.hall.models import ItemCourse, ItemSpell
from portal.conferences.hall.quorum import current_call
from portal.conferences.hall.rules import ITEMS, ItemState
from portal.conferences.models import AgendaItem
from portal.db import db
from portal.journal.models import Entry
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import NotFound


def ready(sitting_id: int) -> list[ItemCourse]:
    """Every announced item in the order in which it will be taken; one that has no course yet gets the next turn."""
    db.session.flush()
    query = sa.select(ItemCourse).where(ItemCourse.sitting_id == sitting_id).order_by(ItemCourse.turn)
    known = list(db.session.scalars(query.execution_options(populate_existing=True)))
    announced = db.session.scalars(
        sa.select(AgendaItem.id)
        .where(AgendaItem.sitting_id == sitting_id, AgendaItem.notice_id.is_not(None))
        .order_by(AgendaItem.position)
    )
    missing = [item for item in announced if item not in {one.item_id for one in known}]
    turn = max((one.turn for one in known), default=0)
    rows = [
        ItemCourse(item_id=item, sitting_id=sitting_id, turn=turn + n, state=ItemState.PENDING, conclusion="")
        for n, item in enumerate(missing, 1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [*known, *rows]


def of_item(courses: Iterable[ItemCourse], item_id: int) -> ItemCourse:
    """One item's; another sitting's is nothing here."""
    found = next((one for one in courses if one.item_id == item_id), None)
    if found is None:
        raise NotFound()
    return found


def current(courses: Iterable[ItemCourse]) -> ItemCourse | None:
    """The item in discussion."""
    return next((one for one in courses if one.state is ItemState.IN_DISCUSSION), None)


def kept(*courses: ItemCourse) -> list[list[Any]]:
    """What is needed to put courses back."""
    return [[one.item_id, one.turn, one.state.value, one.conclusion] for one in courses]


def begin_spell(sitting_id: int, item_id: int, now: datetime) -> ItemSpell:
    """The item is in discussion from now on."""
    row = ItemSpell(sitting_id=sitting_id, call=current_call(sitting_id), item_id=item_id, began_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def end_spell(sitting_id: int, now: datetime) -> int | None:
    """Whatever is in discussion is not any more; returns the stretch that ended."""
    row = db.session.scalars(
        sa.select(ItemSpell)
        .where(ItemSpell.sitting_id == sitting_id, ItemSpell.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    row.ended_at = max(now, row.began_at)
    db.session.flush()
    return row.id


def settle(actor: Actor, course: ItemCourse, state: ItemState, said: str, now: datetime) -> Entry:
    """The item goes into another state; what was said of it before gives way."""
    course.state = ITEMS.advance(course.state, state)
    course.conclusion = said
    event = ItemEnded(course.sitting_id, course.item_id, state.value, text_digest(said))
    return record(event, actor=actor, now=now)


def adjourn_current(actor: Actor, sitting_id: int, now: datetime) -> None:
    """The session closes while an item is in discussion."""
    found = current(ready(sitting_id))
    end_spell(sitting_id, now)
    if found is not None:
        settle(actor, found, ItemState.ADJOURNED, "", now)
