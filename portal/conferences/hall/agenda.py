"""How the agenda goes on: states, real times, what is still to come and when; for those who conduct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.conferences import queries
from portal.conferences.hall import timeline
from portal.conferences.hall.board import HeldCall, held_calls
from portal.conferences.hall.intervals import hours
from portal.conferences.hall.models import Incident, ItemCourse, ItemSpell, Suspension
from portal.conferences.hall.rules import IncidentKind, ItemState
from portal.conferences.hall.timeline import Spent, Stretch
from portal.conferences.models import AgendaItem, Sitting
from portal.conferences.queries import SittingRow
from portal.conferences.rules import ItemKind, SittingState, Slot, timetable
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require

AHEAD = frozenset({ItemState.PENDING, ItemState.IN_DISCUSSION})


@dataclass(frozen=True)
class Item:
    """An item in the turn in which it is taken; `number` is the one announced, which never changes."""

    id: int
    number: int
    kind: ItemKind
    title: str
    rapporteur: str
    minutes: int
    state: ItemState
    conclusion: str
    queue_open: bool
    planned: Slot
    expected: Slot | None  # while it is in discussion or still to come
    began_at: datetime | None
    ended_at: datetime | None
    taken: timedelta  # in discussion, suspensions apart

    @property
    def is_current(self) -> bool:
        """True while it is in discussion."""
        return self.state is ItemState.IN_DISCUSSION

    @property
    def is_waiting(self) -> bool:
        """True if it is still to be taken up."""
        return self.state is ItemState.PENDING


@dataclass(frozen=True)
class Pause:
    """The suspension that goes on."""

    began_at: datetime
    resumes_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Noted:
    """An incident."""

    id: int
    kind: IncidentKind
    text: str
    noted_at: datetime


@dataclass(frozen=True)
class CourseBoard:
    """How the sitting goes on."""

    row: SittingRow
    now: datetime
    held: HeldCall | None
    chair: str  # as the notice says it
    items: tuple[Item, ...]
    pause: Pause | None
    ends_at: datetime  # expected; once it is closed, when it was
    delay: timedelta
    incidents: tuple[Noted, ...]

    @property
    def current(self) -> Item | None:
        """The item in discussion."""
        return next((one for one in self.items if one.is_current), None)

    @property
    def next(self) -> Item | None:
        """The item whose turn is next."""
        return next((one for one in self.items if one.is_waiting), None)


def course_board(actor: Actor, sitting_id: int, now: datetime) -> CourseBoard:
    """The sitting's course at an instant, for whoever may watch."""
    require(actor, Permission.SITTING_WATCH)
    row = queries.sitting(actor, sitting_id)
    held = held_calls(sitting_id)
    last, starts = (held[-1] if held else None), hours(sitting_id)
    pauses = _pauses(sitting_id)
    running = next((one for one in pauses if one.ended_at is None), None)
    begins = timeline.begins(
        now, starts[min(last.call if last else 1, len(starts)) - 1], running.resumes_at if running else None
    )  # fmt: skip
    items, expected = _items(sitting_id, starts[last.call - 1 if last else 0], pauses, begins, now)
    closed = last.ended_at if last and row.state is SittingState.CLOSED else None
    return CourseBoard(
        row=row,
        now=now,
        held=last,
        chair=db.session.scalar(sa.select(Sitting.chair).where(Sitting.id == sitting_id)) or "",
        items=items,
        pause=Pause(running.began_at, running.resumes_at, running.reason) if running else None,
        ends_at=closed or expected.ends_at,
        delay=expected.delay,
        incidents=tuple(_incidents(sitting_id)),
    )


def _items(
    sitting_id: int, starts_at: datetime, pauses: Sequence[Suspension], begins: datetime, now: datetime
) -> tuple[tuple[Item, ...], timeline.Expected]:  # fmt: skip
    rows: Any = db.session.execute(
        sa.select(AgendaItem, ItemCourse)
        .outerjoin(ItemCourse, ItemCourse.item_id == AgendaItem.id)
        .where(AgendaItem.sitting_id == sitting_id, AgendaItem.notice_id.is_not(None))
        .order_by(sa.func.coalesce(ItemCourse.turn, AgendaItem.position), AgendaItem.position)
    ).all()
    spells = _spells(sitting_id)
    stood = [Stretch(one.began_at, one.ended_at) for one in pauses]
    taken = {item.id: timeline.taken(spells.get(item.id, ()), stood, now) for item, _ in rows}
    states = {item.id: course.state if course else ItemState.PENDING for item, course in rows}
    announced = sorted((item for item, _ in rows), key=lambda one: one.position)
    slots = dict(
        zip((one.id for one in announced), timetable(starts_at, [one.minutes for one in announced]), strict=True)
    )
    planned_end = slots[announced[-1].id].ends if announced else starts_at
    spent = [Spent(item.minutes, taken[item.id], states[item.id] in AHEAD) for item, _ in rows]
    expected = timeline.expected(spent, planned_end, begins)
    items = tuple(
        Item(
            item.id,
            item.position,
            item.kind,
            item.title,
            item.rapporteur,
            item.minutes,
            states[item.id],
            course.conclusion if course else "",
            course.queue_open if course else True,
            slots[item.id],
            slot,
            *_times(spells.get(item.id, ()), states[item.id]),
            taken[item.id],
        )
        for (item, course), slot in zip(rows, expected.slots, strict=True)
    )
    return items, expected


def _times(spells: Sequence[Stretch], state: ItemState) -> tuple[datetime | None, datetime | None]:
    if not spells:
        return None, None
    return spells[0].began_at, None if state is ItemState.IN_DISCUSSION else spells[-1].ended_at


def _spells(sitting_id: int) -> dict[int, list[Stretch]]:
    rows: Any = db.session.execute(
        sa.select(ItemSpell.item_id, ItemSpell.began_at, ItemSpell.ended_at)
        .where(ItemSpell.sitting_id == sitting_id)
        .order_by(ItemSpell.id)
    )
    found: dict[int, list[Stretch]] = {}
    for item, began_at, ended_at in rows:
        found.setdefault(item, []).append(Stretch(began_at, ended_at))
    return found


def _pauses(sitting_id: int) -> list[Suspension]:
    query = sa.select(Suspension).where(Suspension.sitting_id == sitting_id).order_by(Suspension.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _incidents(sitting_id: int) -> list[Noted]:
    rows = db.session.execute(
        sa.select(Incident.id, Incident.kind, Incident.text, Incident.noted_at)
        .where(Incident.sitting_id == sitting_id)
        .order_by(Incident.id)
    )
    return [Noted(*row) for row in rows]
