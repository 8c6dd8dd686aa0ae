"""Reading polls: what anybody may know at each stage and what the desk may know besides, never a choice too early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can, require
from portal.territory.models import Body, PopulationSnapshot
from portal.voting import conditions, locked, thresholds
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import (
    IN_THE_HALL,
    PUBLIC_STATES,
    Choice,
    Electorate,
    Matter,
    Mode,
    PollState,
    SeatPresence,
)
from portal.voting.thresholds import Outcome, Seat

PAGE = 50


@dataclass(frozen=True)
class PollRow:
    """A poll in a list."""

    id: int
    question: str
    matter: Matter
    electorate: Electorate
    state: PollState
    call: int
    prepared_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    met: bool | None


@dataclass(frozen=True)
class PollPage:
    """What its page says of a poll; the outcome is there once it is closed."""

    id: int
    question: str
    matter: Matter
    electorate: Electorate
    zone_id: int | None
    version_id: int | None
    rule: dict[str, Any]
    may_change: bool
    call: int
    mode: Mode
    follows_id: int | None
    followed_by_id: int | None
    state: PollState
    prepared_at: datetime
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    proclaimed_at: datetime | None
    annulled_at: datetime | None
    annul_reason: str
    population_base: int
    snapshot_source: str | None
    snapshot_date: date | None
    roll_hash: str | None
    root_hash: str | None
    outcome_data: dict[str, Any] | None

    @property
    def rule_set(self) -> conditions.RuleSet:
        """The conditions this poll is decided by."""
        return conditions.parse(self.rule["definition"])

    @property
    def outcome(self) -> Outcome | None:
        """What was counted, once it is closed."""
        return thresholds.outcome_of(self.outcome_data) if self.outcome_data else None

    @property
    def stream(self) -> str:
        """Its stream in the journal."""
        return f"poll:{self.id}"


@dataclass(frozen=True)
class SeatRow:
    """A place on the roll, with where it lies for the map and who sits there."""

    number: int
    key: str
    name: str
    body_id: int
    population: int
    group: str
    person: str | None
    mandate_id: int | None
    office: Office | None
    title: str
    delegated: bool
    presence: SeatPresence | None  # in the hall of the sitting whose poll it is
    lat: float | None
    lon: float | None

    @property
    def vacant(self) -> bool:
        """True if nobody sits there; the seat stays in the base."""
        return self.mandate_id is None

    @property
    def asked(self) -> bool:
        """True if somebody sits there who may answer."""
        return not self.vacant and self.presence is not SeatPresence.AWAY


@dataclass(frozen=True)
class Turnout:
    """How many have answered, in any way; `enough_possible` and `enough_answered` suppose that all say yes."""

    answered: int
    seats: int
    vacant: int
    asked: int  # seats that somebody may answer for: in a sitting, those in the hall
    population_answered: int
    population_base: int
    possible: Outcome
    by_answered: Outcome

    @property
    def enough_possible(self) -> bool:
        """True if the thresholds are within reach of all seats that somebody may answer for."""
        return self.possible.met

    @property
    def enough_answered(self) -> bool:
        """True if the thresholds are within reach of those who have answered so far."""
        return self.by_answered.met


_LISTED = (
    Poll.id,
    Poll.question,
    Poll.matter,
    Poll.electorate,
    Poll.state,
    Poll.call,
    Poll.prepared_at,
    Poll.opened_at,
    Poll.closed_at,
    sa.case((Poll.state == PollState.ANNULLED, sa.null()), else_=Poll.met).label("met"),
)


def polls(actor: Actor, *, before: int | None = None) -> list[PollRow]:
    """A page of polls, newest first, one more than PAGE if there are older ones; prepared ones for the desk alone."""
    query = sa.select(*_LISTED).order_by(Poll.id.desc()).limit(PAGE + 1)
    theirs = [electorate for electorate in Electorate if can(actor, Permission.POLL_PREPARE, electorate)]
    query = query.where(sa.or_(Poll.opened_at.is_not(None), Poll.electorate.in_(theirs)))
    if before is not None:
        query = query.where(Poll.id < before)
    return [PollRow(*row) for row in db.session.execute(query)]


def poll(actor: Actor, poll_id: int) -> PollPage:
    """One poll; before its opening it is there for the desk alone."""
    later = aliased(Poll)
    row = db.session.execute(
        sa.select(Poll, PopulationSnapshot.source, PopulationSnapshot.reference_date, later.id)
        .outerjoin(PopulationSnapshot, PopulationSnapshot.id == Poll.snapshot_id)
        .outerjoin(later, later.follows_id == Poll.id)
        .where(Poll.id == poll_id)
    ).one_or_none()
    if row is None:
        raise NotFound()
    p, source, day, later_id = row
    if (p.state not in PUBLIC_STATES or p.opened_at is None) and not can(actor, Permission.POLL_PREPARE, p):
        raise NotFound()
    shared: dict[str, Any] = {name: getattr(p, name) for name in PollPage.__dataclass_fields__ if hasattr(p, name)}
    figures: dict[str, Any] = {"snapshot_source": source, "snapshot_date": day}
    return PollPage(**shared, **figures, followed_by_id=later_id, outcome_data=p.outcome)


def may_follow(actor: Actor, poll_id: int) -> bool:
    """Everybody once it has been opened; before that whoever prepares it."""
    row = db.session.execute(sa.select(Poll.opened_at, Poll.electorate).where(Poll.id == poll_id)).one_or_none()
    return row is not None and (row.opened_at is not None or can(actor, Permission.POLL_PREPARE, row))


def over(now: datetime) -> list[int]:
    """Open polls whose instant has come."""
    query = sa.select(Poll.id).where(Poll.closes_at <= now, Poll.state == PollState.OPEN)
    return list(db.session.scalars(query.order_by(Poll.closes_at, Poll.id)))


def roll(poll_id: int) -> list[SeatRow]:
    """The seats in their order; who sits is empty before the opening."""
    rows: Any = db.session.execute(
        sa.select(
            PollSeat.number,
            PollSeat.key,
            PollSeat.name,
            PollSeat.body_id,
            PollSeat.population,
            PollSeat.group,
            Person.name,
            PollSeat.mandate_id,
            PollSeat.office,
            PollSeat.title,
            PollSeat.delegated,
            PollSeat.presence,
            Body.lat,
            Body.lon,
        )
        .join(Body, Body.id == PollSeat.body_id)
        .outerjoin(Person, Person.id == PollSeat.person_id)
        .where(PollSeat.poll_id == poll_id)
        .order_by(PollSeat.number)
    )
    return [SeatRow(*row) for row in rows]


def answered(poll_id: int) -> frozenset[int]:
    """The numbers of the seats that have answered, never what."""
    latest = aliased(Ballot)
    newer = sa.exists().where(latest.seat_id == Ballot.seat_id, latest.version > Ballot.version)
    query = sa.select(PollSeat.number).join(Ballot, Ballot.seat_id == PollSeat.id)
    query = query.where(PollSeat.poll_id == poll_id, ~newer, Ballot.choice != Choice.WITHDRAWN)
    return frozenset(db.session.execute(query).scalars())


def turnout(page: PollPage, seats: Sequence[SeatRow] | None = None) -> Turnout:
    """How many have answered and what is within reach; it says nothing of what they answered."""
    seats = roll(page.id) if seats is None else seats
    numbers = answered(page.id)
    on_roll = [Seat(seat.number, seat.population, seat.group) for seat in seats]
    given = [seat for seat in on_roll if seat.number in numbers]
    asked = [seat.number for seat in seats if seat.asked]
    there = [seat.number for seat in seats if seat.presence in IN_THE_HALL]
    rule = page.rule_set

    def if_all_said_yes(who: Sequence[int]) -> Outcome:
        yes = dict.fromkeys(who, Choice.YES)
        return thresholds.evaluate(
            rule, on_roll, yes, call=page.call, population_base=page.population_base, there=there
        )

    return Turnout(
        answered=len(given),
        seats=len(seats),
        vacant=sum(seat.vacant for seat in seats),
        asked=len(asked),
        population_answered=thresholds.residents(given),
        population_base=page.population_base,
        possible=if_all_said_yes(asked),
        by_answered=if_all_said_yes([seat.number for seat in given]),
    )


def not_answered(actor: Actor, poll_id: int) -> list[SeatRow]:
    """Who is still missing, for those who conduct or watch; seats that nobody may answer for are not waited for."""
    require(actor, Permission.POLL_WATCH, locked.electorate_of(poll_id))
    numbers = answered(poll_id)
    return [seat for seat in roll(poll_id) if seat.number not in numbers and seat.asked]
