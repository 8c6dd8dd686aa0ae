"""Statute art. 6, 28, 30 c.7: which bodies hold a seat, for how many residents, and who sits there by which title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate, Person
from portal.db import db
from portal.forum import queries as forum
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.words import N_, Words
from portal.territory import queries as territory
from portal.territory.models import Body, Membership
from portal.voting.models import PollAlternate, PollSeat
from portal.voting.rules import Electorate

_LISTED = 10  # how many bodies without a figure are named


@dataclass(frozen=True)
class Place:
    """A seat before it has a number: a body (or a councillor) and the residents behind it."""

    key: str
    name: str
    body_id: int
    population: int
    group: str
    reserved_for_id: int | None = None


@dataclass(frozen=True)
class Drawn:
    """The seats of an electorate, and the base on which their population is held."""

    places: tuple[Place, ...]
    population_base: int


@dataclass(frozen=True)
class Sitter:
    """Somebody who may take a seat, and by which act."""

    person_id: int
    mandate_id: int
    office: Office
    title: str


def draw(
    electorate: Electorate, snapshot_id: int | None, zone_id: int | None, attested: Mapping[int, int], now: datetime
) -> Drawn:
    """The seats of an electorate on a day, in order of name."""
    today = local_day(now)
    match electorate:
        case Electorate.CONFERENCE:
            return _comuni(_standing(today, BodyKind.MUNICIPALITY), snapshot_id)
        case Electorate.ZONE:
            return _comuni(_members(zone_id, today), snapshot_id)
        case Electorate.FORUM:
            return _forum(ForumKey.METROPOLITAN, today)
        case Electorate.YOUTH_FORUM:
            return _forum(ForumKey.YOUTH, today)
        case Electorate.COUNCIL:
            return _council(snapshot_id, attested, now)


def _standing(today: date, kind: BodyKind) -> Sequence[Body]:
    query = sa.select(Body).where(Body.kind == kind, sa.or_(Body.ended_on.is_(None), Body.ended_on >= today))
    return db.session.execute(query.order_by(Body.name, Body.id)).scalars().all()


def _forum(key: ForumKey, today: date) -> Drawn:
    """Art. 6, 14: one seat an organisation, for those that are admitted and not suspended."""
    return Drawn(tuple(Place(b.key, b.name, b.body_id, 0, b.key) for b in forum.seats_of(key, today)), 0)


def _members(zone_id: int | None, today: date) -> Sequence[Body]:
    zone = db.session.get(Body, zone_id) if zone_id else None
    if zone is None or zone.kind not in {BodyKind.ZONE, BodyKind.UNION}:
        raise Invalid(N_("Choose the zone whose Comuni vote."), code="zone", field="zone")
    query = sa.select(Body).join(Membership, Membership.member_id == Body.id)
    query = query.where(Membership.group_id == zone.id, Membership.starts_on <= today)
    query = query.where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today))
    return db.session.execute(query.order_by(Body.name, Body.id)).scalars().all()


def _comuni(bodies: Sequence[Body], snapshot_id: int | None) -> Drawn:
    figures = territory.population_of(_snapshot(snapshot_id), [body.id for body in bodies])
    without = [body.name for body in bodies if body.id not in figures]
    if without:
        raise Invalid(
            N_("The population of some Comuni is missing in the chosen figures."),
            code="population",
            field="snapshot",
            problems=[Words(N_("No figure for %(name)s."), {"name": name}) for name in without[:_LISTED]],
        )
    places = tuple(Place(b.key, b.name, b.id, figures[b.id], b.key) for b in bodies)
    return Drawn(places, sum(place.population for place in places))


def _snapshot(snapshot_id: int | None) -> int:
    if snapshot_id is None:
        raise Invalid(N_("Choose the population with which the poll counts."), code="snapshot", field="snapshot")
    return territory.snapshot(snapshot_id).id


def _council(snapshot_id: int | None, attested: Mapping[int, int], now: datetime) -> Drawn:
    """Art. 26 c.2 o): a councillor stands for the Comune where they hold office, or for the one attested."""
    members = _held_at(_city_id(), (Office.MAYOR, Office.COUNCILLOR, Office.DELEGATED_COUNCILLOR), now)
    first: dict[int, Sitter] = {}
    for member in members:
        first.setdefault(member.person_id, member)
    comuni = _municipal_offices(first, now) | _attested(first, attested)
    snapshot = _snapshot(snapshot_id)
    figures = territory.population_of(snapshot, set(comuni.values()))
    keys = _keys(comuni.values())
    names = _names(first)
    places = [
        Place(
            key=f"consiglio-{member.mandate_id}",
            name=names[person_id],
            body_id=_city_id(),
            population=figures.get(comuni.get(person_id, 0), 0),
            group=keys.get(comuni.get(person_id, 0), f"consiglio-{member.mandate_id}"),
            reserved_for_id=member.mandate_id,
        )
        for person_id, member in first.items()
    ]
    return Drawn(tuple(sorted(places, key=lambda p: (p.name, p.key))), territory.total_population(snapshot)[1])


def _city_id() -> int:
    found = db.session.scalar(sa.select(Body.id).where(Body.kind == BodyKind.METROPOLITAN_CITY).order_by(Body.id))
    if found is None:
        raise NotFound()
    return found


def _municipal_offices(members: Mapping[int, Sitter], now: datetime) -> dict[int, int]:
    query = sa.select(Mandate.person_id, Mandate.body_id).join(Body, Body.id == Mandate.body_id)
    query = query.where(Body.kind == BodyKind.MUNICIPALITY, Mandate.person_id.in_(members), *_in_force(now))
    return {row.person_id: row.body_id for row in db.session.execute(query.order_by(Mandate.id.desc()))}


def _attested(members: Mapping[int, Sitter], attested: Mapping[int, int]) -> dict[int, int]:
    by_mandate = {member.mandate_id: person_id for person_id, member in members.items()}
    known = set(
        db.session.execute(
            sa.select(Body.id).where(Body.id.in_(attested.values()), Body.kind == BodyKind.MUNICIPALITY)
        ).scalars()
    )
    if not (attested.keys() <= by_mandate.keys() and set(attested.values()) <= known):
        raise Invalid(N_("An attested Comune or councillor is not in the register."), code="attested", field="attested")
    return {by_mandate[mandate_id]: body_id for mandate_id, body_id in attested.items()}


def _keys(body_ids: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Body.id, Body.key).where(Body.id.in_(set(body_ids))))
    return {row.id: row.key for row in rows}


def _names(members: Mapping[int, Sitter]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(members)))
    return {row.id: row.name for row in rows}


def _in_force(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    today = local_day(now)
    return (
        Mandate.starts_on <= today,
        sa.or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
        sa.or_(Mandate.revoked_at.is_(None), Mandate.revoked_at > now),
    )


def _held_at(body_id: int, offices: Sequence[Office], now: datetime) -> list[Sitter]:
    return sitters([body_id], offices, now).get(body_id, [])


def sitters(body_ids: Iterable[int], offices: Sequence[Office], now: datetime) -> dict[int, list[Sitter]]:
    """Who holds one of these offices of each body today, in the order of the offices, the longest in office first."""
    rank = {office: place for place, office in enumerate(offices)}
    rows = db.session.execute(
        sa.select(Mandate)
        .join(Person, Person.id == Mandate.person_id)
        .where(Mandate.body_id.in_(set(body_ids)), Mandate.office.in_(offices), Person.erased_at.is_(None))
        .where(*_in_force(now))
        .order_by(Mandate.starts_on, Mandate.id)
    ).scalars()
    found: dict[int, list[tuple[int, Sitter]]] = {}
    for m in rows:
        sitter = Sitter(m.person_id, m.id, m.office, m.act_reference)
        found.setdefault(m.body_id, []).append((rank[m.office], sitter))
    return {body: [s for _, s in sorted(held, key=lambda pair: pair[0])] for body, held in found.items()}


def by_right(seats: Sequence[PollSeat], offices: Sequence[Office], now: datetime) -> dict[int, Sitter]:
    """Who sits by right on each seat today (seat number to sitter); seats that nobody holds are left out."""
    held = sitters({seat.body_id for seat in seats}, offices, now)
    found: dict[int, Sitter] = {}
    for seat in seats:
        candidates = held.get(seat.body_id, [])
        if seat.reserved_for_id is not None:
            candidates = [c for c in candidates if c.mandate_id == seat.reserved_for_id]
        if candidates:
            found[seat.number] = candidates[0]
    return found


def facts_of(poll_id: int, seats: Sequence[PollSeat]) -> list[dict[str, Any]]:
    """What the roll's fingerprint says of every seat, with whoever else may answer for it."""
    besides: dict[int, list[dict[str, Any]]] = {}
    rows = db.session.scalars(
        sa.select(PollAlternate).where(PollAlternate.poll_id == poll_id).order_by(PollAlternate.mandate_id)
    )
    for one in rows:
        facts = {"mandate": one.mandate_id, "office": one.office.value, "title": one.title}
        besides.setdefault(one.seat_id, []).append(facts)
    return [_as_facts(seat, besides.get(seat.id, [])) for seat in seats]


def _as_facts(seat: PollSeat, alternates: list[dict[str, Any]]) -> dict[str, Any]:
    more: dict[str, Any] = {"presence": seat.presence.value} if seat.presence else {}
    if alternates:
        more["alternates"] = alternates
    return {
        "number": seat.number,
        "key": seat.key,
        "name": seat.name,
        "population": seat.population,
        "group": seat.group,
        "mandate": seat.mandate_id,
        "office": seat.office.value if seat.office else None,
        "title": seat.title,
        "delegated": seat.delegated,
        **more,
    }
