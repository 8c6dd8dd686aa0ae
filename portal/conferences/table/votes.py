"""Votes of a sitting: which belong to its items, how far each has come, what can be reached by those who are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences.hall import acts
from portal.conferences.hall.seats_now import seats_now
from portal.conferences.models import AgendaItem, Sitting
from portal.conferences.rules import ItemKind, votable
from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.voting import queries as voting
from portal.voting import thresholds
from portal.voting.prepare import Question
from portal.voting.queries import PollPage, PollRow, SeatRow, Turnout
from portal.voting.rules import IN_THE_HALL, Choice, PollState
from portal.voting.thresholds import Seat

LATEST = 5


@dataclass(frozen=True)
class PollLine:
    """A vote of this sitting, without a word of what was answered."""

    id: int
    question: str
    state: PollState
    item: int
    item_id: int
    turnout: Turnout | None  # while it is open
    missing: tuple[str, ...]  # names of bodies
    reachable: bool  # by whoever has answered, or may answer and is there
    met: bool | None
    closes_at: datetime | None  # the last call was made: no answer is taken from here on
    repeated: bool  # another vote has taken its place
    call: int


@dataclass(frozen=True)
class VotableItem:
    """An item that can be put to the vote."""

    id: int
    number: int
    title: str
    kind: ItemKind


def poll_lines(actor: Actor, sitting_id: int, now: datetime) -> list[PollLine]:
    """The votes tied to items of this sitting; who has not answered, while one is open."""
    rows = db.session.execute(
        sa.select(SittingPoll.poll_id, AgendaItem.position, AgendaItem.id)
        .join(AgendaItem, AgendaItem.id == SittingPoll.item_id)
        .where(SittingPoll.sitting_id == sitting_id)
        .order_by(SittingPoll.poll_id)
    ).all()
    here = {seat.mandate_id for seat in seats_now(sitting_id, now) if seat.present} if rows else set()
    found = (_poll(actor, here, *row) for row in rows)
    return [line for line in found if line is not None]


def _poll(actor: Actor, here: set[int | None], poll_id: int, item: int, item_id: int) -> PollLine | None:
    """None for one that is only prepared, where the reader does not prepare votes."""
    try:
        page = voting.poll(actor, poll_id)
    except NotFound:
        return None
    is_open = page.state is PollState.OPEN
    seats, answered = (voting.roll(poll_id), voting.answered(poll_id)) if is_open else ([], frozenset())
    asks = is_open and can(actor, Permission.POLL_WATCH, page)
    left = [seat for seat in seats if seat.number not in answered and seat.asked]
    return PollLine(
        id=poll_id,
        question=page.question,
        state=page.state,
        item=item,
        item_id=item_id,
        turnout=voting.turnout(page, seats) if is_open else None,
        missing=tuple(seat.name for seat in left) if asks else (),
        reachable=is_open and _reachable(page, seats, answered, here),
        met=page.outcome.met if page.outcome else None,
        closes_at=page.closes_at,
        repeated=page.followed_by_id is not None,
        call=page.call,
    )


def _reachable(page: PollPage, seats: list[SeatRow], answered: frozenset[int], here: set[int | None]) -> bool:
    """Whether the thresholds are within reach if all who have answered, or may and are still there, say yes."""
    able = {seat.number for seat in seats if seat.asked and (seat.presence is None or seat.mandate_id in here)}
    roll = [Seat(seat.number, seat.population, seat.group) for seat in seats]
    there = [seat.number for seat in seats if seat.presence in IN_THE_HALL]
    yes = dict.fromkeys(able | answered, Choice.YES)
    base = page.population_base
    return thresholds.evaluate(page.rule_set, roll, yes, call=page.call, population_base=base, there=there).met


def votable_items(sitting_id: int) -> list[VotableItem]:
    """Announced items that can be put to the vote, in order."""
    rows = db.session.execute(
        sa.select(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.kind)
        .where(AgendaItem.sitting_id == sitting_id, AgendaItem.notice_id.is_not(None))
        .order_by(AgendaItem.position)
    )
    return [VotableItem(*row) for row in rows if votable(row.kind)]


def snapshot_of(sitting_id: int) -> int | None:
    """The residents that count since the sitting was convened."""
    return db.session.scalar(sa.select(Sitting.snapshot_id).where(Sitting.id == sitting_id))


def just_prepared(actor: Actor, question: Question, now: datetime) -> int | None:
    """A vote on the same question that was prepared a moment ago and still waits: a button pressed twice makes one."""
    text = " ".join(question.text.split())
    return next(
        (
            row.id
            for row in voting.polls(actor)[:LATEST]
            if row.state is PollState.PREPARED
            and (row.matter, " ".join(row.question.split())) == (question.matter, text)
            and now - row.prepared_at < acts.WINDOW
        ),
        None,
    )


def loose_polls(actor: Actor) -> list[PollRow]:
    """Votes that wait to be opened and belong to no sitting."""
    if not can(actor, Permission.POLL_PREPARE):
        return []
    tied = set(db.session.scalars(sa.select(SittingPoll.poll_id)))
    found = voting.polls(actor)
    return [row for row in found if row.state is PollState.PREPARED and row.id not in tied]
