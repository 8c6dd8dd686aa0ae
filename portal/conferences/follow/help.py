"""A line from a delegate to the secretariat: ask, answer, read. It is no part of the sitting and of no minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences import locked
from portal.conferences.follow.events import HelpAnswered, HelpAsked
from portal.conferences.follow.models import HelpLine
from portal.conferences.follow.rules import ANSWER_LIMIT, HELP_LIMIT
from portal.conferences.hall import standing
from portal.conferences.models import SittingSeat
from portal.conferences.rules import SittingState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
OVER = frozenset({SittingState.CLOSED, SittingState.DESERTED, SittingState.CANCELLED})
MOST = 20


@dataclass(frozen=True)
class Line:
    """What was asked, and what was answered."""

    id: int
    seat: int
    name: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@atomic()
def ask_help(actor: Actor, sitting_id: int, text: str, client_key: str, *, now: datetime) -> int:
    """Whoever is accredited asks, present or not; the same key sent again asks once."""
    sitting = locked.sitting(sitting_id)
    held = standing.standing(actor, sitting_id)
    if not _KEY.fullmatch(client_key):
        raise Invalid(N_("Open the page again, and write once more."), code="client_key", field="client_key")
    mine = sa.select(HelpLine).where(HelpLine.sitting_id == sitting_id, HelpLine.person_id == held.person_id)
    known = db.session.scalar(mine.where(HelpLine.client_key == client_key))
    if known is not None:
        return known.id
    if sitting.state in OVER:
        raise Conflict(N_("The sitting is over: write to the secretariat."), code="over")
    if db.session.scalar(mine.where(HelpLine.answered_at.is_(None))) is not None:
        raise Conflict(N_("You have asked already: the secretariat has not answered yet."), code="waiting")
    row = HelpLine(
        sitting_id=sitting_id,
        seat_id=held.seat_id,
        person_id=held.person_id,
        client_key=client_key,
        text=typed(text, field="text", limit=HELP_LIMIT),
        asked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(HelpAsked(sitting_id, row.id, held.seat_number), actor=standing.acting(actor, held), now=now)
    return row.id


@atomic()
def answer_help(actor: Actor, sitting_id: int, help_id: int, answer: str, *, now: datetime) -> None:
    """Whoever conducts answers, or says by an empty line that it is done; the first answer stands."""
    locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    row = db.session.get(HelpLine, help_id, populate_existing=True)
    if row is None or row.sitting_id != sitting_id:
        raise NotFound()
    if row.answered_at is not None:
        raise Conflict(N_("Somebody has answered this already."), code="answered")
    row.answer = typed(answer, field="answer", limit=ANSWER_LIMIT, required=False)
    row.answered_at, row.answered_by_id = now, actor.person_id
    seat = db.session.get_one(SittingSeat, row.seat_id)
    record(HelpAnswered(sitting_id, row.id, seat.number, row.person_id), actor=actor, now=now)


def waiting(actor: Actor, sitting_id: int) -> list[Line]:
    """What nobody has answered, the oldest first, for those who conduct."""
    require(actor, Permission.SITTING_WATCH)
    query = _lines().where(HelpLine.sitting_id == sitting_id, HelpLine.answered_at.is_(None))
    return _read(query.order_by(HelpLine.id))


def own(actor: Actor, sitting_id: int) -> list[Line]:
    """What the reader asked, the latest first."""
    query = _lines().where(HelpLine.sitting_id == sitting_id, HelpLine.person_id == (actor.person_id or 0))
    return _read(query.order_by(HelpLine.id.desc()))


def of_person(actor: Actor) -> list[dict[str, Any]]:
    """What is kept of it about the reader, for the copy of their own data (Reg. (EU) 2016/679, art. 15)."""
    require(actor, Permission.SIGNED_IN)
    rows = db.session.scalars(
        sa.select(HelpLine).where(HelpLine.person_id == actor.person_id).order_by(HelpLine.id).limit(1000)
    )
    return [
        {"sitting": one.sitting_id, "at": one.asked_at.isoformat(), "text": one.text, "answer": one.answer}
        for one in rows
    ]


def _lines() -> Any:
    return sa.select(
        HelpLine.id,
        SittingSeat.number,
        SittingSeat.name,
        HelpLine.text,
        HelpLine.asked_at,
        HelpLine.answer,
        HelpLine.answered_at,
    ).join(SittingSeat, SittingSeat.id == HelpLine.seat_id)


def _read(query: Any) -> list[Line]:
    return [Line(*row) for row in db.session.execute(query.limit(MOST))]
