"""Items taken up in their turn or out of it, concluded, adjourned, withdrawn; the order of those still to come."""

from __future__ import annotations

from datetime import datetime

from portal.conferences import locked
from portal.conferences.hall import acts, course, tied
from portal.conferences.hall.events import ItemCalled, ItemMoved
from portal.conferences.hall.models import ItemCourse
from portal.conferences.hall.rules import CONCLUSION_LIMIT, ITEMS, ItemState
from portal.conferences.models import AgendaItem, Sitting
from portal.conferences.rules import ItemKind, SittingState, moved
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

AHEAD = frozenset({ItemState.PENDING, ItemState.IN_DISCUSSION})


@atomic()
def call_item(actor: Actor, sitting_id: int, item_id: int, *, now: datetime) -> None:
    """Take an item up, in its turn or not; whatever was in discussion is left for later. Twice is once."""
    courses = _in_session(actor, sitting_id)
    wanted, left = course.of_item(courses, item_id), course.current(courses)
    if wanted is left:
        return
    _take_up(actor, wanted, left, ItemState.PENDING, "item.called", now)


@atomic()
def next_item(actor: Actor, sitting_id: int, after: int | None, *, now: datetime) -> int:
    """Conclude the item in discussion, which the page names, and take up the next one; returns which."""
    courses = _in_session(actor, sitting_id)
    left = course.current(courses)
    if (left.item_id if left else None) != after:
        raise Conflict(N_("A colleague has gone on already: the item in discussion is another one."), code="gone_on")
    wanted = next((one for one in courses if one.state is ItemState.PENDING), None)
    if wanted is None:
        raise Conflict(
            N_("No further item is waiting: conclude this one, or close the session."), code="last"
        )  # fmt: skip
    _take_up(actor, wanted, left, ItemState.CONCLUDED, "item.called", now)
    return wanted.item_id


@atomic()
def conclude_item(actor: Actor, sitting_id: int, item_id: int, conclusion: str = "", *, now: datetime) -> None:
    """The discussion of an item is over, with what came of it."""
    courses = _in_session(actor, sitting_id)
    found = course.of_item(courses, item_id)
    if found is not course.current(courses):
        raise Conflict(N_("This item is not in discussion."), code="not_current")
    _settle(actor, found, ItemState.CONCLUDED, conclusion, now)


@atomic()
def adjourn_item(actor: Actor, sitting_id: int, item_id: int, reason: str = "", *, now: datetime) -> None:
    """An item is put off to another sitting."""
    courses = _in_session(actor, sitting_id)
    _settle(actor, course.of_item(courses, item_id), ItemState.ADJOURNED, reason, now)


@atomic()
def withdraw_item(actor: Actor, sitting_id: int, item_id: int, reason: str = "", *, now: datetime) -> None:
    """An item is taken off the agenda by whoever put it there."""
    courses = _in_session(actor, sitting_id)
    _settle(actor, course.of_item(courses, item_id), ItemState.WITHDRAWN, reason, now)


@atomic()
def move_item(actor: Actor, sitting_id: int, item_id: int, by: int, *, now: datetime) -> None:
    """Take an item that waits earlier or later; what is in discussion is not touched. Any other business stays last."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state not in {SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED}:
        raise Conflict(N_("The order changes once the roll has been called."), code="state")
    waiting = [one for one in course.ready(sitting_id) if one.state is ItemState.PENDING]
    found = course.of_item(waiting, item_id)
    before = course.kept(*waiting)
    turns = sorted(one.turn for one in waiting)
    order = moved([one.item_id for one in waiting], item_id, by)
    if order == [one.item_id for one in waiting]:
        return
    _check_last(order)
    for one in waiting:
        one.turn = turns[order.index(one.item_id)]
    record(ItemMoved(sitting_id, found.item_id, tuple(order)), actor=actor, now=now)
    kept = {"before": before, "after": course.kept(*waiting)}
    acts.done(sitting_id, "item.moved", kept, actor, now)


def _in_session(actor: Actor, sitting_id: int) -> list[ItemCourse]:
    sitting: Sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    if sitting.state is not SittingState.IN_SESSION:
        raise Conflict(N_("Items are dealt with while the session is open."), code="not_in_session")
    return course.ready(sitting_id)


def _take_up(
    actor: Actor, wanted: ItemCourse, left: ItemCourse | None, left_as: ItemState, kind: str, now: datetime
) -> None:  # fmt: skip
    touched = [one for one in (left, wanted) if one is not None]
    before, sitting_id = course.kept(*touched), wanted.sitting_id
    first = acts.next_entry(sitting_id)
    tied.check_no_open_poll(sitting_id)
    floor = tied.end_speech(actor, sitting_id, now)
    ended = course.end_spell(sitting_id, now)
    if left is not None:
        course.settle(actor, left, left_as, left.conclusion, now)
    wanted.state = ITEMS.advance(wanted.state, ItemState.IN_DISCUSSION)
    begun = course.begin_spell(sitting_id, wanted.item_id, now)
    record(ItemCalled(sitting_id, wanted.item_id, begun.id), actor=actor, now=now)
    kept = {"before": before, "after": course.kept(*touched), "ended": ended, "begun": begun.id, "floor": floor}
    acts.done(sitting_id, kind, kept, actor, now, first=first)


def _settle(actor: Actor, found: ItemCourse, state: ItemState, said: str, now: datetime) -> None:
    before, ended, floor = course.kept(found), None, tied.Floor()
    first = acts.next_entry(found.sitting_id)
    text = typed(said, field="conclusion", limit=CONCLUSION_LIMIT, required=False)
    if found.state is ItemState.IN_DISCUSSION:
        tied.check_no_open_poll(found.sitting_id)
        floor = tied.end_speech(actor, found.sitting_id, now)
        ended = course.end_spell(found.sitting_id, now)
    course.settle(actor, found, state, text, now)
    kept = {"before": before, "after": course.kept(found), "ended": ended, "begun": None, "floor": floor}
    acts.done(found.sitting_id, f"item.{state.value}", kept, actor, now, first=first)


def _check_last(order: list[int]) -> None:
    kinds = {item: db.session.get_one(AgendaItem, item).kind for item in order}
    others = [kinds[item] is ItemKind.OTHER_BUSINESS for item in order]
    if others != sorted(others):
        raise Conflict(N_("Any other business stays last."), code="last")
