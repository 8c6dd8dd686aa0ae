"""What the letters about proposals need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.accounts import letters as accounts
from portal.db import db
from portal.kernel.offices import Office
from portal.opinions.proposals import locked
from portal.opinions.proposals.models import Paper, Proposal
from portal.opinions.proposals.rules import Answer, Awaited, standing, warning


@dataclass(frozen=True)
class Told:
    """A proposal as letters speak of it."""

    number: int
    title: str
    sent_on: date | None
    agenda_on: date | None
    agenda_reference: str
    decided_on: date | None
    answer: Answer | None
    decision_reason: str
    decision_act: str


@dataclass(frozen=True)
class Adopted:
    """A version of the Forum's document that was adopted."""

    paper_id: int
    title: str
    number: int
    items: int


@dataclass(frozen=True)
class Due:
    """A term that comes near, or is over."""

    number: int
    title: str
    awaited: Awaited
    last_day: date
    left: int
    warning: str

    @property
    def late(self) -> int:
        """Days since the term was over; zero while it runs."""
        return max(0, -self.left)

    @property
    def name(self) -> str:
        """Each warning is given once for each term."""
        return f"proposal:{self.number}:{self.awaited.value}:{self.last_day.isoformat()}:{self.warning}"


def told(number: int) -> Told:
    """What is written of it."""
    row = db.session.get_one(Proposal, number)
    return Told(
        row.id, row.title, row.sent_on, row.agenda_on, row.agenda_reference, row.decided_on, row.answer,
        row.decision_reason, row.decision_act,
    )  # fmt: skip


def due(now: datetime) -> list[Due]:
    """The terms of which something is to be written today."""
    query = sa.select(Proposal).where(
        Proposal.sent_on.is_not(None), Proposal.decided_on.is_(None), Proposal.withdrawn_at.is_(None)
    )
    found = []
    for row in db.session.scalars(query.order_by(Proposal.id)):
        stands = standing(locked.facts(row), now)
        kind = warning(stands)
        if kind and stands.running is not None and stands.left is not None:
            running = stands.running
            found.append(Due(row.id, row.title, running.awaited, running.last_day, stands.left, kind))
    return found


def proposers(number: int, now: datetime) -> list[int]:
    """Who speaks for the organisation that proposed it, or the Forum's secretary."""
    body_id = db.session.get_one(Proposal, number).body_id
    return accounts.signatories(body_id, now) if body_id else accounts.staff([Office.FORUM_SECRETARY], now)


def supporters(number: int, now: datetime) -> list[int]:
    """Who speaks for those that support it."""
    row = db.session.get_one(Proposal, number)
    return [person for one in locked.supporters(row) for person in accounts.signatories(one.body_id, now)]


def clerks(now: datetime) -> list[int]:
    """Those who write the Council's agenda."""
    return accounts.staff([Office.COUNCIL_CLERK], now)


def adopted(paper_id: int) -> Adopted:
    """What is written of it."""
    row = db.session.get_one(Paper, paper_id)
    return Adopted(row.id, row.title, row.number, len(locked.items(paper_id)))


def drafters(now: datetime) -> list[int]:
    """Those who say what the plan answers."""
    return accounts.staff([Office.DRAFTING_LEAD], now)
