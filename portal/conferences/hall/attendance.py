"""The attendance of a call: who was there for each seat, from when until when, how it is known; and who was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.conferences import queries
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.hall.board import held_calls
from portal.conferences.hall.models import Presence
from portal.conferences.hall.rules import Source, Way
from portal.conferences.hall.seats_now import lapsed
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SeatRole
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require


@dataclass(frozen=True)
class Stay:
    """An interval; a mandate that ended in it ends it, written down already or not."""

    person: str
    office: Office
    delegated: bool
    title: str
    way: Way
    came_by: Source
    from_at: datetime
    until_at: datetime | None
    left_by: Source | None


@dataclass(frozen=True)
class Line:
    """A seat, with all the intervals in which somebody was there for it."""

    number: int
    name: str
    role: SeatRole
    population: int
    stays: tuple[Stay, ...]


def attendance(actor: Actor, sitting_id: int, call: int | None, *, now: datetime) -> list[Line]:
    """Every seat in order, for whoever may watch; without a call, the one that was held last."""
    require(actor, Permission.SITTING_WATCH)
    queries.sitting(actor, sitting_id)
    held = [one.call for one in held_calls(sitting_id)]
    wanted = call if call is not None else (held[-1] if held else 1)
    if call is not None and call not in held:
        raise NotFound()
    stays = _stays(sitting_id, wanted, now)
    seats: Any = db.session.execute(
        sa.select(SittingSeat.id, SittingSeat.number, SittingSeat.name, SittingSeat.role, SittingSeat.population)
        .where(SittingSeat.sitting_id == sitting_id)
        .order_by(SittingSeat.number)
    )
    return [
        Line(number, name, role, population, tuple(stays.get(seat_id, ())))
        for seat_id, number, name, role, population in seats
    ]


def _stays(sitting_id: int, call: int, now: datetime) -> dict[int, list[Stay]]:
    rows: Any = db.session.execute(
        sa.select(Presence, Person.name, Accreditation, Mandate.ends_on, Mandate.revoked_at)
        .join(Accreditation, Accreditation.id == Presence.accreditation_id)
        .join(Person, Person.id == Presence.person_id)
        .join(Mandate, Mandate.id == Accreditation.mandate_id)
        .where(Presence.sitting_id == sitting_id, Presence.call == call)
        .order_by(Presence.from_at, Presence.id)
    )
    found: dict[int, list[Stay]] = {}
    for row, person, accredited, ends_on, revoked_at in rows:
        until, left = row.until_at, row.left_by
        ended = lapsed(ends_on, revoked_at, now) if until is None else None
        if ended is not None:
            until, left = max(row.from_at, ended), Source.MANDATE
        stay = Stay(
            person,
            accredited.office,
            accredited.delegated,
            accredited.title,
            row.way,
            row.came_by,
            row.from_at,
            until,
            left,
        )
        found.setdefault(row.seat_id, []).append(stay)
    return found
