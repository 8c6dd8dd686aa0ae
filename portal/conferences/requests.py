"""Counting who asks for a sitting, by the rule set of votes on requests to convene (art. 29), and reading requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.conferences.accreditation_models import ConvocationRequest, ConvocationSupport
from portal.conferences.models import Sitting
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.territory import queries as territory
from portal.territory.models import Body
from portal.voting import rule_queries as votes
from portal.voting import thresholds
from portal.voting.rules import Choice, Matter
from portal.voting.thresholds import Seat


@dataclass(frozen=True)
class Count:
    """How many Comuni ask, of how many, and how many are needed."""

    supporters: int
    needed: int
    seats: int
    met: bool


@dataclass(frozen=True)
class RequestRow:
    """A request with its count: frozen once it was reached, of today before."""

    id: int
    subject: str
    reasons: str
    body_name: str
    opened_at: datetime
    reached_at: datetime | None
    due_on: date | None
    count: Count
    sitting_id: int | None
    supported: bool  # by the body the reader acts for


@dataclass(frozen=True)
class Supporter:
    """A Comune that asks for it."""

    body_key: str
    body_name: str
    supported_at: datetime


def count(request_id: int, now: datetime) -> Count:
    """Of the Comuni of today, as the rule set in force today asks."""
    return _count(_supporters([request_id]).get(request_id, set()), _Base(now))


class _Base:
    """The roll and the rule set of today, read once."""

    def __init__(self, now: datetime) -> None:
        rows = votes.in_force(local_day(now))
        rule = next((row for row in rows if row.matter is Matter.REQUEST_TO_CONVENE), None)
        if rule is None:
            raise Invalid(N_("No rule set says how many mayors can ask for a sitting."), code="no_rule")
        today = local_day(now)
        bodies = territory.bodies(BodyKind.MUNICIPALITY)
        self.ids = [one.id for one in bodies if one.ended_on is None or one.ended_on >= today]
        self.rule = rule.rule_set
        latest = territory.latest_snapshot() if any(c.axis == "population" for c in self.rule.conditions) else None
        people = territory.population_of(latest.id, self.ids) if latest else {}
        self.roll = [Seat(n, people.get(body, 0), str(body)) for n, body in enumerate(self.ids, 1)]


def _count(bodies: set[int], base: _Base) -> Count:
    answers = {n: Choice.YES for n, body in enumerate(base.ids, 1) if body in bodies}
    outcome = thresholds.evaluate(base.rule, base.roll, answers)
    needed = next((r.axis.needed for r in outcome.results if r.condition.axis == "seats"), 1)
    return Count(len(answers), needed, len(base.ids), outcome.met)


def _supporters(request_ids: list[int]) -> dict[int, set[int]]:
    rows = db.session.execute(
        sa.select(ConvocationSupport.request_id, ConvocationSupport.body_id).where(
            ConvocationSupport.request_id.in_(request_ids), ConvocationSupport.withdrawn_at.is_(None)
        )
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.request_id, set()).add(row.body_id)
    return found


def readable(actor: Actor) -> bool:
    """Mayors and the secretariat read requests that are not reached yet; everybody those that are."""
    return can(actor, Permission.CONVOCATION_ASK) or can(actor, Permission.CONFERENCE_WATCH)


def requests(actor: Actor, *, now: datetime, number: int | None = None) -> list[RequestRow]:
    """Newest first."""
    query = (
        sa.select(ConvocationRequest, Body.name, Sitting.id, Sitting.convened_at)
        .join(Body, Body.id == ConvocationRequest.body_id)
        .outerjoin(Sitting, Sitting.request_id == ConvocationRequest.id)
        .order_by(ConvocationRequest.id.desc())
        .limit(50)
    )
    if not readable(actor):
        query = query.where(ConvocationRequest.reached_at.is_not(None))
    if number is not None:
        query = query.where(ConvocationRequest.id == number)
    rows = db.session.execute(query).all()
    if not rows:
        return []
    by_request = _supporters([row[0].id for row in rows])
    base = _Base(now) if any(row[0].reached_at is None for row in rows) else None
    own = actor.acting.body_id if actor.acting else None
    return [
        RequestRow(
            id=r.id,
            subject=r.subject,
            reasons=r.reasons,
            body_name=name,
            opened_at=r.opened_at,
            reached_at=r.reached_at,
            due_on=r.due_on,
            count=_shown(r, by_request.get(r.id, set()), base),
            sitting_id=sitting if convened else None,
            supported=own in by_request.get(r.id, set()),
        )
        for r, name, sitting, convened in rows
    ]


def _shown(row: ConvocationRequest, bodies: set[int], base: _Base | None) -> Count:
    if row.needed is not None and row.seats is not None:
        return Count(len(bodies), row.needed, row.seats, True)
    assert base is not None
    return _count(bodies, base)


def request(actor: Actor, number: int, *, now: datetime) -> RequestRow:
    """One request, for whoever may read it."""
    found = requests(actor, now=now, number=number)
    if not found:
        raise NotFound()
    return found[0]


def supporters(request_id: int) -> list[Supporter]:
    """The Comuni that ask for it, in the order in which they joined."""
    rows = db.session.execute(
        sa.select(Body.key, Body.name, ConvocationSupport.supported_at)
        .join(Body, Body.id == ConvocationSupport.body_id)
        .where(ConvocationSupport.request_id == request_id, ConvocationSupport.withdrawn_at.is_(None))
        .order_by(ConvocationSupport.id)
    )
    return [Supporter(*row) for row in rows]


def waiting() -> list[tuple[int, str, date]]:
    """Requests that were reached and have no sitting yet: number, subject, last day."""
    rows = db.session.execute(
        sa.select(ConvocationRequest.id, ConvocationRequest.subject, ConvocationRequest.due_on)
        .outerjoin(Sitting, Sitting.request_id == ConvocationRequest.id)
        .where(ConvocationRequest.due_on.is_not(None), Sitting.id.is_(None))
        .order_by(ConvocationRequest.due_on)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[2] is not None]
