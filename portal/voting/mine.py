"""What a poll asks of the reader: the own seat with its own answer, and the open polls that wait for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.voting.models import Ballot, Poll, PollAlternate, PollSeat
from portal.voting.rules import Channel, Choice, PollState, SeatPresence

MOST = 50


@dataclass(frozen=True)
class OwnSeat:
    """The seat of the mandate one acts under, with one's own answer as it stands."""

    number: int
    key: str
    name: str
    population: int
    mandate_id: int
    choice: Choice | None
    version: int | None
    channel: Channel | None
    code: str | None
    sha256: str | None
    cast_at: datetime | None


@dataclass(frozen=True)
class AskedRow:
    """An open poll in which the reader holds a seat, for the desk: has it answered?"""

    poll_id: int
    question: str
    seat_name: str
    mandate_id: int
    answered: bool


def own_seat(actor: Actor, poll_id: int) -> OwnSeat | None:
    """The seat of the mandate acted under in this poll, with its own latest answer; None if it holds none."""
    if actor.acting is None:
        return None
    mandate = actor.acting.mandate_id
    columns = (Ballot.choice, Ballot.version, Ballot.channel, Ballot.code, Ballot.hash, Ballot.cast_at)
    own = (PollSeat.number, PollSeat.key, PollSeat.name, PollSeat.population, sa.literal(mandate))
    row: Any = db.session.execute(
        sa.select(*own, *columns)
        .outerjoin(Ballot, Ballot.seat_id == PollSeat.id)
        .where(PollSeat.poll_id == poll_id, _held_by([mandate]))
        .order_by(PollSeat.number, Ballot.version.desc())
        .limit(1)
    ).one_or_none()
    return OwnSeat(*row) if row else None


def asked_of(actor: Actor) -> list[AskedRow]:
    """The open polls in which one of the reader's mandates holds a seat, oldest first."""
    mandates = [grant.mandate_id for grant in actor.grants]
    if not mandates:
        return []
    has = sa.exists().where(Ballot.seat_id == PollSeat.id)
    may = sa.case((PollSeat.mandate_id.in_(mandates), PollSeat.mandate_id), else_=_besides(mandates))
    rows: Any = db.session.execute(
        sa.select(Poll.id, Poll.question, PollSeat.name, may, has)
        .join(PollSeat, PollSeat.poll_id == Poll.id)
        .where(Poll.state == PollState.OPEN, _held_by(mandates))
        .where(sa.or_(PollSeat.presence.is_(None), PollSeat.presence != SeatPresence.AWAY))
        .order_by(Poll.id)
        .limit(MOST)
    )
    return [AskedRow(*row) for row in rows]


def _held_by(mandates: Sequence[int]) -> sa.ColumnElement[bool]:
    """Seats that one of these mandates answers for, by itself or besides another."""
    also = sa.exists().where(PollAlternate.seat_id == PollSeat.id, PollAlternate.mandate_id.in_(mandates))
    return sa.or_(PollSeat.mandate_id.in_(mandates), also)


def _besides(mandates: Sequence[int]) -> sa.ScalarSelect[int]:
    """The mandate among these that may answer for a seat besides the one that holds it."""
    of_seat = sa.select(sa.func.max(PollAlternate.mandate_id)).where(PollAlternate.seat_id == PollSeat.id)
    return of_seat.where(PollAlternate.mandate_id.in_(mandates)).scalar_subquery()
