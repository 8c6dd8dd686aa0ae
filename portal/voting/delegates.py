"""Who could take a seat by express delegation (art. 30 c.7), for the page on which delegates are named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.voting import queries, roll


@dataclass(frozen=True)
class Candidate:
    """Somebody who holds an office that a body may delegate, or sits there by right."""

    seat: int
    seat_name: str
    mandate_id: int
    person: str
    office: Office


def candidates(actor: Actor, poll_id: int, *, now: datetime) -> list[Candidate]:
    """By seat, those whom the body may send in place of who sits by right."""
    require(actor, Permission.POLL_PREPARE)
    page = queries.poll(actor, poll_id)
    require(actor, Permission.POLL_PREPARE, page)
    offices = page.rule_set.by_delegation
    seats = queries.roll(poll_id)
    held = roll.sitters({seat.body_id for seat in seats}, offices, now) if offices else {}
    persons = {sitter.person_id for sitters in held.values() for sitter in sitters}
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(persons)))
    names = {row.id: row.name for row in rows}
    return [
        Candidate(seat.number, seat.name, sitter.mandate_id, names[sitter.person_id], sitter.office)
        for seat in seats
        for sitter in held.get(seat.body_id, [])
    ]
