"""Statute art. 6, 28, 32 c.7: which bodies hold a place at a sitting, and whom a notice is sent to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Mandate, Person
from portal.conferences.models import Conference, ConferenceGuest, SittingSeat
from portal.conferences.rules import Organ, SeatRole
from portal.conferences.ruleset import RuleSet
from portal.db import db
from portal.forum import queries as forum
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.kernel.offices import BodyKind, Office
from portal.territory import queries as territory
from portal.territory.models import Body

_FORUMS = {Organ.FORUM: ForumKey.METROPOLITAN, Organ.YOUTH_FORUM: ForumKey.YOUTH}
# Their residents are those of their Comuni: whoever lives there counts once, for the Comune.
_OF_OTHERS = {BodyKind.UNION, BodyKind.DISTRICT, BodyKind.ZONE}


@dataclass(frozen=True)
class Place:
    """A seat before it has a number."""

    role: SeatRole
    body_id: int
    name: str
    population: int
    reserved_for_id: int | None = None


@dataclass(frozen=True)
class Addressee:
    """A person who speaks for a body, or the address of a body of which nobody is in the register."""

    body_id: int
    person_id: int | None
    address: str = ""


@dataclass(frozen=True)
class Holder:
    """Somebody who holds an office of a body today."""

    mandate_id: int
    person_id: int
    name: str
    body_id: int
    office: Office


def draw(rule: RuleSet, conference_id: int, snapshot_id: int | None, now: datetime) -> list[Place]:
    """Entitled bodies first, then invited ones, each group in order of name; residents from the snapshot."""
    invited = {*rule.invited}
    guests = set(guests_of(conference_id))
    kinds = {*rule.entitled, *invited}
    standing = sa.or_(Body.ended_on.is_(None), Body.ended_on >= local_day(now))
    rows = db.session.scalars(
        sa.select(Body).where(sa.or_(Body.kind.in_(kinds), Body.id.in_(guests)), standing).order_by(Body.name, Body.id)
    ).all()
    people = territory.population_of(snapshot_id, [row.id for row in rows]) if snapshot_id else {}
    entitled = [row for row in rows if row.kind in rule.entitled]
    others = [row for row in rows if row.kind not in rule.entitled]
    entitled = _admitted(entitled, conference_id, now)
    places: list[Place] = []
    for row in entitled:
        places += _of_members(row, rule, now) if row.kind is BodyKind.METROPOLITAN_CITY else [_of_body(row, people)]
    return [*places, *(_of_body(row, people, SeatRole.INVITED) for row in others)]


def _admitted(rows: list[Body], conference_id: int, now: datetime) -> list[Body]:
    """Art. 6, 14: in a sitting of a Forum an organisation has its place if it is admitted and not suspended."""
    organ = db.session.scalar(sa.select(Conference.organ).where(Conference.id == conference_id))
    key = _FORUMS.get(organ) if organ else None
    if key is None:
        return rows
    seated = {seat.body_id for seat in forum.seats_of(key, local_day(now))}
    return [row for row in rows if row.kind is not BodyKind.FORUM_ORGANISATION or row.id in seated]


def _of_body(row: Body, people: dict[int, int], role: SeatRole = SeatRole.ENTITLED) -> Place:
    return Place(role, row.id, row.name, 0 if row.kind in _OF_OTHERS else people.get(row.id, 0))


def _of_members(city: Body, rule: RuleSet, now: datetime) -> list[Place]:
    """The members of the council have a seat each; a person with two offices has one."""
    found: dict[int, Place] = {}
    for held in holders([city.id], rule.sits, now):
        found.setdefault(held.person_id, Place(SeatRole.ENTITLED, city.id, held.name, 0, held.mandate_id))
    return list(found.values())


def guests_of(conference_id: int) -> dict[int, str]:
    """Bodies invited besides, with the address given for them."""
    rows = db.session.execute(
        sa.select(ConferenceGuest.body_id, ConferenceGuest.email).where(ConferenceGuest.conference_id == conference_id)
    )
    return {row.body_id: row.email for row in rows}


def holders(body_ids: Iterable[int], offices: Sequence[Office], now: datetime) -> list[Holder]:
    """Who holds one of these offices today: in the order of the offices, the longest in office first."""
    rank = {office: place for place, office in enumerate(offices)}
    rows = db.session.execute(
        sa.select(Mandate.id, Mandate.person_id, Person.name, Mandate.body_id, Mandate.office)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.body_id.in_(set(body_ids)), Mandate.office.in_(offices), Person.erased_at.is_(None))
        .where(accounts.is_in_force(now))
        .order_by(Mandate.starts_on, Mandate.id)
    )
    return sorted((Holder(*row) for row in rows), key=lambda held: rank[held.office])


def addressees(
    places: Sequence[Place] | Sequence[SittingSeat], rule: RuleSet, conference_id: int, now: datetime
) -> list[Addressee]:
    """Whoever sits or may be sent, of every place; a guest without anybody in the register at its own address."""
    reserved = {place.reserved_for_id for place in places if place.reserved_for_id is not None}
    shared = {place.body_id for place in places if place.reserved_for_id is None}
    found: dict[tuple[int, int | None], Addressee] = {}
    for held in holders({place.body_id for place in places}, (*rule.sits, *rule.by_delegation), now):
        if held.body_id in shared or held.mandate_id in reserved:
            found.setdefault((held.body_id, held.person_id), Addressee(held.body_id, held.person_id))
    reached = {body for body, _ in found}
    for body, email in guests_of(conference_id).items():
        if email and body in shared - reached:
            found[body, None] = Addressee(body, None, email)
    return list(found.values())


def unreachable(places: Sequence[Place] | Sequence[SittingSeat], found: Iterable[Addressee]) -> list[str]:
    """Names of the bodies that nobody can be written to for."""
    reached = {one.body_id for one in found}
    return [place.name for place in places if place.body_id not in reached]
