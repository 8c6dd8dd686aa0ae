"""What the letters about a discussion need to know, and to whom they go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import MailChoice, Mandate
from portal.accounts.rules import Pace
from portal.db import db
from portal.kernel.clock import at_rome, local_day
from portal.opinions.deliberation.models import Discussion, Statement, Weighing
from portal.opinions.deliberation.rules import StatementState
from portal.opinions.requests import letters, queries

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A discussion as a letter tells of it."""

    request: int
    subject: str
    begins_at: datetime
    ends_at: datetime
    statements: int = 0  # that wait for an answer of the reader's organisation
    number: int = 0  # of the statement that was not admitted
    text: str = ""
    reason: str = ""
    is_over: bool = False


@dataclass(frozen=True)
class Waiting:
    """New statements of a discussion on a day: told once."""

    name: str
    told: Told


def told(request_id: int, now: datetime) -> Told:
    """The discussion of a request."""
    row = db.session.get_one(Discussion, request_id)
    subject = queries.request(request_id).subject
    return Told(request_id, subject, row.begins_at, row.ends_at, is_over=now >= row.ends_at)


def told_refusal(request_id: int, number: int, now: datetime) -> tuple[Told, list[int]]:
    """A statement that was not admitted and why; who offered it."""
    query = sa.select(Statement).where(Statement.request_id == request_id, Statement.number == number)
    row = db.session.scalars(query).one()
    return replace(told(request_id, now), number=number, text=row.text, reason=row.reason), [
        row.offered_by_id
    ] if row.offered_by_id else []


def news(now: datetime, hour: time) -> list[Waiting]:
    """Discussions under way in which statements were admitted in the day before this morning's hour of news."""
    this_morning = at_rome(local_day(now), hour)
    if now < this_morning:
        return []
    query = (
        sa.select(Statement.request_id)
        .join(Discussion, Discussion.request_id == Statement.request_id)
        .where(Discussion.begins_at <= now, Discussion.ends_at > now, Discussion.closed_at.is_(None))
        .where(Statement.state == StatementState.ADMITTED)
        .where(Statement.decided_at > this_morning - _DAY, Statement.decided_at <= this_morning)
        .distinct()
        .order_by(Statement.request_id)
    )
    day = local_day(now).isoformat()
    return [Waiting(f"forum-statements:{number}:{day}", told(number, now)) for number in db.session.scalars(query)]


def readers(request_id: int, now: datetime) -> dict[int, int]:
    """Persons to write to, with how many statements their organisation has not weighed; those who want news."""
    people = letters.members(request_id, now)
    admitted = sa.select(Statement.id).where(
        Statement.request_id == request_id, Statement.state == StatementState.ADMITTED
    )
    whole = len(db.session.scalars(admitted).all())
    weighed = sa.select(Weighing.body_id, sa.func.count()).where(Weighing.statement_id.in_(admitted))
    done = {row[0]: row[1] for row in db.session.execute(weighed.group_by(Weighing.body_id))}
    acting = sa.select(Mandate.person_id, Mandate.body_id).where(
        Mandate.person_id.in_(people), Mandate.office.in_(letters.MEMBERS), accounts.is_in_force(now)
    )
    left: dict[int, int] = {}
    for person_id, body_id in db.session.execute(acting):
        left[person_id] = max(left.get(person_id, 0), whole - done.get(body_id, 0))
    silent = set(db.session.scalars(sa.select(MailChoice.person_id).where(MailChoice.news == Pace.NEVER)))
    return {person: number for person, number in left.items() if number and person not in silent}
