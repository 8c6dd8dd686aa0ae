"""A sitting that is over, for its page: who was there, what was taken up and when, what bodies put on the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.comments.visibility import visible_clause
from portal.conferences.hall.models import Held
from portal.conferences.minutes import queries
from portal.conferences.table.models import SittingPoll, SittingRemark
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.records.minutes.facts import Held as Facts
from portal.records.minutes.facts import Indications, Item, Place, Roll
from portal.records.minutes.gather import gather
from portal.voting.models import Poll
from portal.voting.rules import PUBLIC_STATES


@dataclass(frozen=True)
class Attended:
    """A body and how it was there; people are named in the minutes alone."""

    seat: Place
    spans: tuple[tuple[datetime, datetime | None, bool], ...]  # from, until, from afar


@dataclass(frozen=True)
class Spoken:
    """A speech as a mark in the recording: who by body, from when to when."""

    at: datetime
    until: datetime
    seconds: int
    body: str  # empty for who holds no seat
    kind: str


@dataclass(frozen=True)
class Taken:
    """An item with its real times and what was said under it."""

    item: Item
    at: datetime | None
    until: datetime | None
    speeches: tuple[Spoken, ...]
    indications: tuple[Indications, ...]
    remarks: tuple[int, ...]  # numbers of those that the reader may read
    polls: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Concluded:
    """One held call."""

    call: int
    deserted: bool
    begun_at: datetime
    opened_at: datetime | None
    ended_at: datetime
    attended: tuple[Attended, ...]
    roll: Roll | None
    items: tuple[Taken, ...]
    minutes: str  # their number, once they are published

    @property
    def present(self) -> int:
        """Entitled bodies that were there at any time."""
        return sum(1 for one in self.attended if one.seat.entitled and one.spans)

    @property
    def population(self) -> int:
        """The residents behind them."""
        return sum(one.seat.population for one in self.attended if one.seat.entitled and one.spans)

    @property
    def seats(self) -> int:
        """Entitled bodies."""
        return sum(1 for one in self.attended if one.seat.entitled)

    @property
    def all_population(self) -> int:
        """The residents behind all of them."""
        return sum(one.seat.population for one in self.attended if one.seat.entitled)


def concluded(actor: Actor, sitting: int) -> list[Concluded]:
    """The calls that have ended, in order, for whoever may see the sitting."""
    query = sa.select(Held.call).where(Held.sitting_id == sitting, Held.ended_at.is_not(None)).order_by(Held.call)
    calls = list(db.session.scalars(query))
    if not calls:
        return []
    numbers = {call: number for call, number, _ in queries.published(actor, sitting)}
    found = []
    for call in calls:
        try:
            held = gather(sitting, call).held
        except (Conflict, NotFound):
            continue
        found.append(_of(actor, held, numbers.get(call, "")))
    return found


def _of(actor: Actor, held: Facts, minutes: str) -> Concluded:
    remarks, polls = _remarks(actor, held), _polls(held)
    return Concluded(
        call=held.call,
        deserted=held.deserted,
        begun_at=held.begun_at,
        opened_at=held.opened_at,
        ended_at=held.ended_at,
        attended=tuple(_attended(held, seat) for seat in held.seats),
        roll=next((m.roll for m in held.moments if m.roll is not None), None),
        items=tuple(_taken(held, item, remarks, polls) for item in held.items),
        minutes=minutes,
    )


def _attended(held: Facts, seat: Place) -> Attended:
    stays = [stay for stay in held.stays if stay.seat == seat.number]
    return Attended(seat, tuple((stay.from_at, stay.until_at, stay.remote) for stay in stays))


def _taken(held: Facts, item: Item, remarks: dict[int, list[int]], polls: dict[int, list[tuple[int, str]]]) -> Taken:
    moments = [m for m in held.moments if m.item == item.id]
    begun = [m.at for m in moments if m.what == "called"]
    ended = [m.at for m in moments if m.what == "ended"]
    speeches = [
        Spoken(s.at, s.until, s.spoken, place.name if (place := held.seat(s.seat)) else "", s.kind)
        for m in moments
        if (s := m.speech) is not None
    ]
    return Taken(
        item=item,
        at=begun[0] if begun else None,
        until=ended[-1] if ended else None,
        speeches=tuple(speeches),
        indications=tuple(m.indications for m in moments if m.indications is not None),
        remarks=tuple(remarks.get(item.id, [])),
        polls=tuple(polls.get(item.id, [])),
    )


def _remarks(actor: Actor, held: Facts) -> dict[int, list[int]]:
    rows = db.session.execute(
        sa.select(SittingRemark.item_id, Comment.number)
        .join(Comment, Comment.id == SittingRemark.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(SittingRemark.sitting_id == held.sitting, SittingRemark.call == held.call, visible_clause(actor))
        .order_by(Comment.number)
    )
    found: dict[int, list[int]] = {}
    for row in rows:
        if row.item_id is not None and row.number is not None:
            found.setdefault(row.item_id, []).append(row.number)
    return found


def _polls(held: Facts) -> dict[int, list[tuple[int, str]]]:
    rows = db.session.execute(
        sa.select(SittingPoll.item_id, Poll.id, Poll.question)
        .join(Poll, Poll.id == SittingPoll.poll_id)
        .where(SittingPoll.sitting_id == held.sitting, SittingPoll.call == held.call)
        .where(Poll.state.in_(PUBLIC_STATES), Poll.opened_at.is_not(None))
        .order_by(Poll.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append((row.id, row.question))
    return found
