"""What a poll would be if it were prepared now: its rule set, its seats, who would sit today. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory import queries as territory
from portal.territory.queries import SnapshotRow
from portal.voting import queries, roll, rule_queries, rules
from portal.voting.models import PollSeat
from portal.voting.roll import Place, Sitter
from portal.voting.rule_queries import RuleRow
from portal.voting.rules import FORUMS, Electorate, Matter


@dataclass(frozen=True)
class Proposed:
    """A seat as it would be."""

    number: int
    key: str
    name: str
    population: int
    person: str | None
    office: Office | None
    reserved_for_id: int | None


@dataclass(frozen=True)
class Preview:
    """A poll that nobody has prepared yet."""

    rule: RuleRow
    call: int
    seats: tuple[Proposed, ...]
    population_base: int
    snapshot: SnapshotRow | None

    @property
    def vacant(self) -> list[Proposed]:
        """The seats that nobody would take today; they stay in the base."""
        return [seat for seat in self.seats if seat.person is None]


@dataclass(frozen=True)
class Wanted:
    """What the preview is asked for."""

    matter: Matter
    snapshot_id: int | None = None
    zone_id: int | None = None
    follows_id: int | None = None
    attested: Mapping[int, int] = field(default_factory=dict)


def preview(actor: Actor, wanted: Wanted, *, now: datetime) -> Preview:
    """The rule set in force for a matter and the seats it is put to."""
    require(actor, Permission.POLL_PREPARE)
    rule = next((row for row in rule_queries.in_force(local_day(now)) if row.matter is wanted.matter), None)
    if rule is None:
        raise Invalid(N_("No rule set says how this matter is decided."), code="no_rule", field="matter")
    require(actor, Permission.POLL_PREPARE, rule)
    if wanted.follows_id is not None:
        return _again(actor, rule, wanted.follows_id, now)
    snapshot = _snapshot(rule.electorate, wanted.snapshot_id)
    drawn = roll.draw(rule.electorate, snapshot.id if snapshot else None, wanted.zone_id, wanted.attested, now)
    return Preview(rule, 1, _seats(drawn.places, rule, now), drawn.population_base, snapshot)


def _snapshot(electorate: Electorate, snapshot_id: int | None) -> SnapshotRow | None:
    if electorate in FORUMS:
        return None
    return territory.snapshot(snapshot_id) if snapshot_id else territory.latest_snapshot()


def _again(actor: Actor, rule: RuleRow, follows_id: int, now: datetime) -> Preview:
    earlier = queries.poll(actor, follows_id)
    if earlier.matter is not rule.matter:
        raise NotFound()
    met = bool(earlier.outcome and earlier.outcome.met)
    call = rules.next_call(earlier.state, earlier.call, met=met)
    rows = db.session.execute(sa.select(PollSeat).where(PollSeat.poll_id == earlier.id).order_by(PollSeat.number))
    places = [Place(s.key, s.name, s.body_id, s.population, s.group, s.reserved_for_id) for s in rows.scalars()]
    return Preview(rule, call, _seats(places, rule, now), earlier.population_base, None)


def _seats(places: Sequence[Place], rule: RuleRow, now: datetime) -> tuple[Proposed, ...]:
    drawn = [
        PollSeat(number=number, body_id=place.body_id, reserved_for_id=place.reserved_for_id)
        for number, place in enumerate(places, 1)
    ]
    right = roll.by_right(drawn, rule.rule_set.sits, now)
    names = _names(right.values())
    return tuple(
        Proposed(
            number,
            place.key,
            place.name,
            place.population,
            names.get(right[number].person_id) if number in right else None,
            right[number].office if number in right else None,
            place.reserved_for_id,
        )
        for number, place in enumerate(places, 1)
    )


def _names(sitters: Iterable[Sitter]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_({s.person_id for s in sitters})))
    return {row.id: row.name for row in rows}
