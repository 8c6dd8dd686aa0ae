"""What goes on now, as everybody may know it: state, agenda with its times, who speaks until when, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.conferences import queries
from portal.conferences.hall import counting, timeline
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.models import Held, ItemCourse, ItemSpell, Suspension
from portal.conferences.hall.rules import ItemState
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.hall.timeline import Spent
from portal.conferences.queries import Announced
from portal.conferences.rules import SittingState, Slot
from portal.conferences.screen.speaking import Speaking, speaking, waiting
from portal.db import db
from portal.kernel.actor import Actor

UNDER_WAY = frozenset({SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED})
_AHEAD = frozenset({ItemState.PENDING, ItemState.IN_DISCUSSION})


@dataclass(frozen=True)
class Line:
    """An item of the agenda as it stands, with the time at which it is expected."""

    item: dict[str, Any]
    state: ItemState
    expected: Slot | None
    began_at: datetime | None
    ended_at: datetime | None

    @property
    def is_now(self) -> bool:
        """True for the item in discussion."""
        return self.state is ItemState.IN_DISCUSSION


@dataclass(frozen=True)
class Stage:
    """A sitting at an instant."""

    found: Announced
    call: int
    opened_at: datetime | None
    resumes_at: datetime | None
    lines: tuple[Line, ...]
    ends_at: datetime
    delay: timedelta
    speaking: Speaking | None
    waiting: int
    seats: tuple[SeatNow, ...]
    numbers: Numbers

    @property
    def state(self) -> SittingState:
        """How far the sitting has come."""
        return self.found.row.state

    @property
    def under_way(self) -> bool:
        """True from the roll call to the closing."""
        return self.state in UNDER_WAY

    @property
    def now(self) -> Line | None:
        """The item in discussion."""
        return next((line for line in self.lines if line.is_now), None)

    def line(self, item_id: int | None) -> Line | None:
        """An item of the agenda."""
        return next((line for line in self.lines if line.item["id"] == item_id), None)


def stage(actor: Actor, sitting_id: int, now: datetime) -> Stage:
    """The sitting now, for whoever may see it."""
    found = queries.announced(actor, sitting_id)
    held = db.session.execute(
        sa.select(Held.call, Held.opened_at).where(Held.sitting_id == sitting_id).order_by(Held.call.desc()).limit(1)
    ).first()
    call = held.call if held else 1
    pause = db.session.execute(
        sa.select(Suspension.resumes_at).where(Suspension.sitting_id == sitting_id, Suspension.ended_at.is_(None))
    ).first()
    lines, expected = _agenda(found, call, pause.resumes_at if pause else None, now)
    seats = seats_now(sitting_id, now)
    return Stage(
        found=found,
        call=call,
        opened_at=held.opened_at if held else None,
        resumes_at=pause.resumes_at if pause else None,
        lines=lines,
        ends_at=expected.ends_at,
        delay=expected.delay,
        speaking=speaking(found, now),
        waiting=waiting(sitting_id, next((one.item["id"] for one in lines if one.is_now), None), now),
        seats=tuple(seats),
        numbers=counting.count([one.counted for one in seats], counting.of_call(found.rule.quorum, call)),
    )


def _agenda(
    found: Announced, call: int, paused_until: datetime | None, now: datetime
) -> tuple[tuple[Line, ...], timeline.Expected]:
    number = found.row.number
    courses: Any = db.session.execute(
        sa.select(ItemCourse.item_id, ItemCourse.turn, ItemCourse.state).where(ItemCourse.sitting_id == number)
    )
    known = {item: (turn, state) for item, turn, state in courses}
    spells = _spells(number)
    at_end = len(known) + len(found.items)
    items = sorted(found.items, key=lambda one: (known.get(one["id"], (at_end,))[0], one["number"]))
    states = [known[one["id"]][1] if one["id"] in known else ItemState.PENDING for one in items]
    spent = [
        Spent(one["minutes"], _taken(spells.get(one["id"], []), now), state in _AHEAD)
        for one, state in zip(items, states, strict=True)
    ]
    starts = found.calls[min(call, len(found.calls)) - 1]
    whole = timedelta(minutes=sum(one["minutes"] for one in items))
    expected = timeline.expected(spent, starts + whole, timeline.begins(now, starts, paused_until))
    lines = tuple(
        Line(one, state, slot, *_from_to(spells.get(one["id"], []), state))
        for one, state, slot in zip(items, states, expected.slots, strict=True)
    )
    return lines, expected


_Spells = list[tuple[datetime, datetime | None]]


def _spells(sitting_id: int) -> dict[int, _Spells]:
    rows: Any = db.session.execute(
        sa.select(ItemSpell.item_id, ItemSpell.began_at, ItemSpell.ended_at)
        .where(ItemSpell.sitting_id == sitting_id)
        .order_by(ItemSpell.id)
    )
    found: dict[int, _Spells] = {}
    for item, began, ended in rows:
        found.setdefault(item, []).append((began, ended))
    return found


def _taken(spells: _Spells, now: datetime) -> timedelta:
    return sum(((ended or now) - began for began, ended in spells), timedelta(0))


def _from_to(spells: _Spells, state: ItemState) -> tuple[datetime | None, datetime | None]:
    if not spells:
        return None, None
    return spells[0][0], None if state in _AHEAD else spells[-1][1]
