"""Reading accreditations: a body's own, all seats for the secretariat, one by its badge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.conferences import seats
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.conferences.models import Conference, Sitting, SittingCall, SittingSeat
from portal.conferences.rules import SeatRole, SittingState
from portal.conferences.ruleset import RuleSet, parse
from portal.conferences.seats import Holder
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can, require


@dataclass(frozen=True)
class Seat:
    """A place at a sitting."""

    id: int
    number: int
    role: SeatRole
    body_id: int
    name: str
    population: int
    reserved_for_id: int | None


@dataclass(frozen=True)
class Row:
    """One accreditation."""

    id: int
    sitting: int
    seat_id: int
    seat_number: int
    seat_name: str
    role: SeatRole
    body_id: int
    person_id: int
    person: str
    mandate_id: int
    office: Office
    delegated: bool
    title: str
    document_sha256: str | None
    document_name: str
    presence: Presence
    state: AccreditationState
    named_at: datetime
    identified_by: Identification | None
    decided_at: datetime | None
    reason: str
    exceptional: bool
    exception_reason: str
    follows_id: int | None
    ended_at: datetime | None
    badge_code: str | None
    link_used_at: datetime | None


@dataclass(frozen=True)
class Line:
    """A seat with who comes for it, for the secretariat."""

    seat: Seat
    living: Row | None
    waiting: Row | None


@dataclass(frozen=True)
class Own:
    """The seat of the body one acts for, with whom it may send and what it has said so far."""

    seat: Seat
    rule: RuleSet
    candidates: list[Holder]
    history: list[Row]

    @property
    def living(self) -> Row | None:
        """Who comes, if the secretariat has granted it."""
        return next((row for row in self.history if row.state is AccreditationState.GRANTED), None)

    @property
    def waiting(self) -> Row | None:
        """What the secretariat has not decided yet."""
        return next((row for row in self.history if row.state is AccreditationState.PROPOSED), None)


@dataclass(frozen=True)
class Called:
    """A sitting to which the reader's body is called, for the desk."""

    sitting: int
    title: str
    conference_title: str
    starts_at: datetime
    closes_at: datetime
    state: AccreditationState | None


_SEAT = (
    SittingSeat.id, SittingSeat.number, SittingSeat.role, SittingSeat.body_id, SittingSeat.name,
    SittingSeat.population, SittingSeat.reserved_for_id,
)  # fmt: skip
_ROW = (
    Accreditation.id, Accreditation.sitting_id, SittingSeat.id, SittingSeat.number, SittingSeat.name,
    SittingSeat.role, SittingSeat.body_id, Person.id, Person.name, Accreditation.mandate_id, Accreditation.office,
    Accreditation.delegated, Accreditation.title, Accreditation.document_sha256, Accreditation.document_name,
    Accreditation.presence, Accreditation.state, Accreditation.named_at, Accreditation.identified_by,
    Accreditation.decided_at, Accreditation.reason, Accreditation.exceptional, Accreditation.exception_reason,
    Accreditation.follows_id, Accreditation.ended_at, Accreditation.badge_code, Accreditation.link_used_at,
)  # fmt: skip


def _rows() -> Any:
    query = sa.select(*_ROW).join(SittingSeat, SittingSeat.id == Accreditation.seat_id)
    return query.join(Person, Person.id == Accreditation.person_id).order_by(Accreditation.id.desc())


def lines(actor: Actor, sitting: int) -> list[Line]:
    """Every seat in order, with who comes and what waits."""
    require(actor, Permission.CONFERENCE_WATCH)
    query = sa.select(*_SEAT).where(SittingSeat.sitting_id == sitting).order_by(SittingSeat.number)
    places = [Seat(*row) for row in db.session.execute(query)]
    open_states = (AccreditationState.GRANTED, AccreditationState.PROPOSED)
    rows = db.session.execute(_rows().where(Accreditation.sitting_id == sitting, Accreditation.state.in_(open_states)))
    by_state: dict[tuple[int, AccreditationState], Row] = {}
    for row in (Row(*one) for one in rows):
        by_state[row.seat_id, row.state] = row
    return [Line(one, *(by_state.get((one.id, state)) for state in open_states)) for one in places]


def history(actor: Actor, sitting: int, *, limit: int = 100) -> list[Row]:
    """What was refused or has ended, latest first."""
    require(actor, Permission.CONFERENCE_WATCH)
    over = (AccreditationState.REFUSED, AccreditationState.ENDED)
    query = _rows().where(Accreditation.sitting_id == sitting, Accreditation.state.in_(over))
    return [Row(*row) for row in db.session.execute(query.limit(limit))]


def one(actor: Actor, sitting: int, accreditation_id: int) -> Row:
    """One accreditation, for the secretariat."""
    require(actor, Permission.CONFERENCE_WATCH)
    return _one(Accreditation.sitting_id == sitting, Accreditation.id == accreditation_id)


def by_badge(actor: Actor, code: str) -> Row:
    """The accreditation that a badge stands for, whatever has become of it since."""
    require(actor, Permission.CONFERENCE_WATCH)
    return _one(Accreditation.badge_code == code.strip().upper())


def document(actor: Actor, sitting: int, accreditation_id: int, name: str) -> Row:
    """The accreditation whose document is asked for: for the staff, and for the body itself."""
    row = _one(Accreditation.sitting_id == sitting, Accreditation.id == accreditation_id)
    own = can(actor, Permission.ACCREDITATION_NAME, row.body_id) or row.person_id == actor.person_id
    if row.document_sha256 is None or row.document_name != name or not (own or can(actor, Permission.CONFERENCE_WATCH)):
        raise NotFound()
    return row


def _one(*conditions: sa.ColumnElement[bool]) -> Row:
    row = db.session.execute(_rows().where(*conditions)).first()
    if row is None:
        raise NotFound()
    return Row(*row)


def own(actor: Actor, sitting: int, *, now: datetime) -> Own:
    """What the body one acts for sees of its seat; nothing for whoever was not called."""
    acting = actor.acting
    mine = sa.or_(
        SittingSeat.reserved_for_id.is_(None), SittingSeat.reserved_for_id == (acting.mandate_id if acting else 0)
    )
    found = db.session.execute(
        sa.select(*_SEAT, Sitting.rule)
        .join(Sitting, Sitting.id == SittingSeat.sitting_id)
        .where(SittingSeat.sitting_id == sitting, SittingSeat.body_id == (acting.body_id if acting else 0), mine)
    ).first()
    if found is None:
        raise NotFound()
    seat, rule = Seat(*found[:-1]), parse(found[-1]["definition"])
    rows = [Row(*row) for row in db.session.execute(_rows().where(Accreditation.seat_id == seat.id).limit(20))]
    return Own(seat, rule, candidates(seat, rule, now), rows)


def candidates(seat: Seat, rule: RuleSet, now: datetime) -> list[Holder]:
    """Whom the rule set lets take a seat, those who sit by right first."""
    held = seats.holders([seat.body_id], (*rule.sits, *rule.by_delegation), now)
    if seat.reserved_for_id is not None:
        held = [one for one in held if one.mandate_id == seat.reserved_for_id]
    return held


def candidates_of(actor: Actor, sitting: int, seat_number: int, *, now: datetime) -> tuple[Seat, list[Holder]]:
    """The same for the secretariat, of any seat."""
    require(actor, Permission.ACCREDITATION_GRANT)
    found = db.session.execute(
        sa.select(*_SEAT, Sitting.rule)
        .join(Sitting, Sitting.id == SittingSeat.sitting_id)
        .where(SittingSeat.sitting_id == sitting, SittingSeat.number == seat_number)
    ).first()
    if found is None:
        raise NotFound()
    seat = Seat(*found[:-1])
    return seat, candidates(seat, parse(found[-1]["definition"]), now)


def badge_of(actor: Actor, sitting: int) -> Row:
    """The reader's own living accreditation at a sitting."""
    if actor.person_id is None:
        raise NotFound()
    return _one(
        Accreditation.sitting_id == sitting,
        Accreditation.person_id == actor.person_id,
        Accreditation.state == AccreditationState.GRANTED,
    )


def has_badge(actor: Actor, sitting: int) -> bool:
    """True if the reader is accredited."""
    if actor.person_id is None:
        return False
    query = sa.select(Accreditation.id).where(
        Accreditation.sitting_id == sitting,
        Accreditation.person_id == actor.person_id,
        Accreditation.state == AccreditationState.GRANTED,
    )
    return db.session.scalar(query) is not None


def called(actor: Actor, now: datetime) -> list[Called]:
    """Sittings still to come to which the body one acts for is called, the next first."""
    acting = actor.acting
    if acting is None or not can(actor, Permission.ACCREDITATION_NAME):
        return []
    mine = sa.or_(SittingSeat.reserved_for_id.is_(None), SittingSeat.reserved_for_id == acting.mandate_id)
    state = (
        sa.select(Accreditation.state)
        .where(Accreditation.seat_id == SittingSeat.id)
        .where(Accreditation.state.in_((AccreditationState.GRANTED, AccreditationState.PROPOSED)))
        .order_by(Accreditation.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Sitting.id, Sitting.title, Conference.title, SittingCall.starts_at, Sitting.delegations_close_at)
        .add_columns(state)
        .join(Conference, Conference.id == Sitting.conference_id)
        .join(SittingCall, sa.and_(SittingCall.sitting_id == Sitting.id, SittingCall.number == 1))
        .join(SittingSeat, SittingSeat.sitting_id == Sitting.id)
        .where(SittingSeat.body_id == acting.body_id, mine, Sitting.state == SittingState.CONVENED)
        .where(SittingCall.starts_at > now)
        .order_by(SittingCall.starts_at)
        .limit(10)
    )
    return [Called(*row) for row in rows]


def counts(sitting: int) -> dict[str, int]:
    """Seats, and how many of them somebody is accredited or proposed for."""
    rows = db.session.execute(
        sa.select(Accreditation.state, sa.func.count())
        .where(Accreditation.sitting_id == sitting)
        .where(Accreditation.state.in_((AccreditationState.GRANTED, AccreditationState.PROPOSED)))
        .group_by(Accreditation.state)
    )
    found = {row[0].value: row[1] for row in rows}
    total = db.session.scalar(
        sa.select(sa.func.count()).select_from(SittingSeat).where(SittingSeat.sitting_id == sitting)
    )
    return {"seats": total or 0, "granted": found.get("granted", 0), "proposed": found.get("proposed", 0)}
