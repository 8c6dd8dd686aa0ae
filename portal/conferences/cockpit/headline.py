"""Statute art. 28-30, 32 c.7: how a sitting stands at this instant, for whoever conducts or watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences import queries
from portal.conferences.hall import acts
from portal.conferences.hall.acts import Done
from portal.conferences.hall.counting import Numbers
from portal.conferences.hall.models import Held, ItemCourse, Suspension
from portal.conferences.hall.rules import ItemState
from portal.conferences.hall.seats_now import SeatNow, numbers, seats_now
from portal.conferences.models import AgendaItem, Sitting
from portal.conferences.queries import SittingRow
from portal.conferences.rules import SittingState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require

GOING_ON = (SittingState.ROLL_CALL, SittingState.IN_SESSION, SittingState.SUSPENDED)


@dataclass(frozen=True)
class Item:
    """An item of the agenda, and how far it has come."""

    id: int
    number: int
    title: str
    state: ItemState


@dataclass(frozen=True)
class Headline:
    """All that the head of the cockpit says."""

    row: SittingRow
    call: int | None  # the one that is held now
    opened_at: datetime | None
    resumes_at: datetime | None  # as announced with a suspension
    items: tuple[Item, ...]
    seats: tuple[SeatNow, ...]
    numbers: Numbers
    undoable: Done | None

    @property
    def item(self) -> Item | None:
        """The item in discussion."""
        return next((one for one in self.items if one.state is ItemState.IN_DISCUSSION), None)


def headline(actor: Actor, sitting_id: int, now: datetime) -> Headline:
    """The sitting as it stands, for whoever may watch it."""
    require(actor, Permission.SITTING_WATCH)
    row = queries.sitting(actor, sitting_id)
    call, opened_at = _held(sitting_id)
    seats = seats_now(sitting_id, now)
    rule = db.session.scalar(sa.select(Sitting.rule).where(Sitting.id == sitting_id))
    return Headline(
        row=row,
        call=call,
        opened_at=opened_at,
        resumes_at=_resumes(sitting_id),
        items=tuple(_items(sitting_id)),
        seats=tuple(seats),
        numbers=numbers(seats, rule, call or 1),
        undoable=acts.last(actor, sitting_id, now),
    )


def going_on(actor: Actor) -> list[SittingRow]:
    """Sittings that are being held at this moment and that the reader may see."""
    if db.session.scalar(sa.select(Sitting.id).where(Sitting.state.in_(GOING_ON)).limit(1)) is None:
        return []
    return [row for row in queries.sittings(actor) if row.state in GOING_ON]


def _held(sitting_id: int) -> tuple[int | None, datetime | None]:
    query = sa.select(Held.call, Held.opened_at).where(Held.sitting_id == sitting_id, Held.ended_at.is_(None))
    found = db.session.execute(query).first()
    return (found.call, found.opened_at) if found else (None, None)


def _resumes(sitting_id: int) -> datetime | None:
    query = sa.select(Suspension.resumes_at).where(Suspension.sitting_id == sitting_id, Suspension.ended_at.is_(None))
    return db.session.scalar(query)


def _items(sitting_id: int) -> list[Item]:
    query = (
        sa.select(AgendaItem.id, AgendaItem.position, AgendaItem.title, ItemCourse.state)
        .outerjoin(ItemCourse, ItemCourse.item_id == AgendaItem.id)
        .where(AgendaItem.sitting_id == sitting_id)
        .order_by(sa.func.coalesce(ItemCourse.turn, AgendaItem.position), AgendaItem.position)
    )
    rows = db.session.execute(query)
    return [Item(item, number, title, state or ItemState.PENDING) for item, number, title, state in rows]
