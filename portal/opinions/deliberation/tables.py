"""Open thematic tables, name who coordinates them, join and leave them (art. 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.db import atomic, db
from portal.forum import queries as forum
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, standing
from portal.opinions.deliberation.events import ForumTableChanged, ForumTableJoined, ForumTableLeft, ForumTableOpened
from portal.opinions.deliberation.models import ForumTable, TableMember
from portal.opinions.deliberation.rules import MOST_TABLES, TITLE_LIMIT
from portal.opinions.requests import queries as requests
from portal.plan.models import Section


@dataclass(frozen=True)
class Theme:
    """What a table is about, and which organisation coordinates it."""

    title: str
    section_id: int | None = None
    coordinator_id: int | None = None


@atomic()
def open_table(actor: Actor, request_id: int, theme: Theme, *, now: datetime) -> int:
    """A further table; its number. Who coordinates it sits at it."""
    discussion = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(discussion, now)
    number = locked.next_number(ForumTable.number, ForumTable.request_id == request_id)
    if number > MOST_TABLES:
        raise Conflict(N_("A discussion has at most %(most)d tables."), code="too_many", most=MOST_TABLES)
    row = ForumTable(request_id=request_id, number=number, opened_at=now)
    _fill(row, theme, now)
    db.session.add(row)
    db.session.flush()
    record(ForumTableOpened(request_id, number, row.section_id, row.coordinator_id), actor=actor, now=now)
    _seat_coordinator(actor, row, now)
    return number


@atomic()
def change_table(actor: Actor, request_id: int, number: int, theme: Theme, *, now: datetime) -> None:
    """Another title, part of the plan, or coordinator."""
    discussion = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(discussion, now)
    row = locked.table(request_id, number)
    _fill(row, theme, now)
    record(ForumTableChanged(request_id, number, row.section_id, row.coordinator_id), actor=actor, now=now)
    _seat_coordinator(actor, row, now)


@atomic()
def join(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """An organisation joins; a second time changes nothing."""
    discussion = locked.discussion(request_id)
    found = standing.member(actor, request_id, now)
    locked.check_not_ended(discussion, now)
    _seat(actor, locked.table(request_id, number), found.body_id, now, put=False)


@atomic()
def leave(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """An organisation leaves."""
    discussion = locked.discussion(request_id)
    found = standing.member(actor, request_id, now)
    locked.check_not_ended(discussion, now)
    _unseat(actor, locked.table(request_id, number), found.body_id, now)


@atomic()
def put(actor: Actor, request_id: int, number: int, body_id: int, *, now: datetime) -> None:
    """The secretariat puts an organisation at a table."""
    discussion = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(discussion, now)
    _check_seat(request_id, body_id, now)
    _seat(actor, locked.table(request_id, number), body_id, now, put=True)


@atomic()
def take_away(actor: Actor, request_id: int, number: int, body_id: int, *, now: datetime) -> None:
    """The secretariat takes an organisation away from a table."""
    discussion = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(discussion, now)
    _unseat(actor, locked.table(request_id, number), body_id, now)


def _fill(row: ForumTable, theme: Theme, now: datetime) -> None:
    row.title = typed(theme.title, field="title", limit=TITLE_LIMIT)
    row.section_id = _section(row.request_id, theme.section_id)
    if theme.coordinator_id is not None and theme.coordinator_id != row.coordinator_id:
        _check_seat(row.request_id, theme.coordinator_id, now)
    row.coordinator_id = theme.coordinator_id


def _section(request_id: int, section_id: int | None) -> int | None:
    """A part of the very version that the opinion is about."""
    if section_id is None:
        return None
    found = db.session.get(Section, section_id)
    if found is None or found.version_id != requests.request(request_id).version_id:
        raise Invalid(N_("Choose a part of this version of the plan."), code="section", field="section")
    return section_id


def _check_seat(request_id: int, body_id: int, now: datetime) -> None:
    """Only organisations that hold a seat today sit at tables."""
    forum_id = requests.request(request_id).forum_id
    if body_id not in {seat.body_id for seat in forum.seats(forum_id, local_day(now))}:
        raise Invalid(N_("This organisation holds no seat in the Forum today."), code="no_seat", field="body")


def _seat_coordinator(actor: Actor, row: ForumTable, now: datetime) -> None:
    if row.coordinator_id is not None:
        _seat(actor, row, row.coordinator_id, now, put=True)


def _seat(actor: Actor, table: ForumTable, body_id: int, now: datetime, *, put: bool) -> None:
    if standing.sits_at(table, body_id) is not None:
        return
    db.session.add(TableMember(table_id=table.id, body_id=body_id, joined_at=now))
    record(ForumTableJoined(table.request_id, table.number, body_id, put), actor=actor, now=now)


def _unseat(actor: Actor, table: ForumTable, body_id: int, now: datetime) -> None:
    place = standing.sits_at(table, body_id)
    if place is None:
        return
    if table.coordinator_id == body_id:
        raise Conflict(N_("Who coordinates the table cannot leave it: name another coordinator first."), code="leads")
    place.left_at = now
    record(ForumTableLeft(table.request_id, table.number, body_id), actor=actor, now=now)
