"""What goes on now, as everybody may know it: state, agenda with its times, who speaks until when, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.conferences import queries
from portal.conferences.floor import state
from portal.conferences.floor.rules import Ordering
from portal.conferences.hall import agenda, counting
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.rules import ItemState
from portal.conferences.hall.seats_now import SeatNow, seats_now
from portal.conferences.queries import Announced
from portal.conferences.rules import SittingState, Slot
from portal.conferences.screen.speaking import Speaking, speaking, waiting
from portal.kernel.actor import Actor

UNDER_WAY = frozenset({SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED})


@dataclass(frozen=True)
class Line:
    """An item as it was announced and as it stands, with the time at which it is expected."""

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
    resumes_at: datetime | None
    lines: tuple[Line, ...]
    ends_at: datetime
    speaking: Speaking | None
    waiting: int
    ordering: Ordering  # whose turn it is, by the rule that everybody reads
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
    course = agenda.course_board(Actor.system(), sitting_id, now)
    call = course.held.call if course.held else 1
    seats = seats_now(sitting_id, now)
    return Stage(
        found=found,
        call=call,
        resumes_at=course.pause.resumes_at if course.pause else None,
        lines=_lines(found, course.items),
        ends_at=course.ends_at,
        speaking=speaking(found, now),
        waiting=waiting(sitting_id, course.current.id if course.current else None, now),
        ordering=state.ordering_of(sitting_id),
        seats=tuple(seats),
        numbers=counting.count([one.counted for one in seats], counting.of_call(found.rule.quorum, call)),
    )


def _lines(found: Announced, items: tuple[agenda.Item, ...]) -> tuple[Line, ...]:
    """The items in their turn, with what the notices say of each: that alone is public."""
    said = {item["id"]: item for item in found.items}
    return tuple(
        Line(said[one.id], one.state, one.expected, one.began_at, one.ended_at) for one in items if one.id in said
    )
