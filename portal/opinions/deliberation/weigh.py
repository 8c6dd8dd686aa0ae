"""Weigh statements: one answer for an organisation, the last one given, until the discussion ends (art. 14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, standing
from portal.opinions.deliberation.models import Statement, Weighing
from portal.opinions.deliberation.rules import StatementState, Weight


@atomic()
def weigh(actor: Actor, request_id: int, number: int, weight: Weight, *, now: datetime) -> None:
    """One statement; by delegate or substitute. Sent twice it counts once."""
    weigh_several(actor, request_id, {number: weight}, now=now)


@atomic()
def weigh_several(actor: Actor, request_id: int, answers: Mapping[int, Weight], *, now: datetime) -> None:
    """A whole list, all or nothing. Before the end nothing of it is told, nor recorded."""
    locked.running(request_id, now, shared=True)
    member = standing.member(actor, request_id, now)
    rows = {row.number: row for row in _statements(request_id, answers)}
    if answers.keys() - rows.keys():
        raise NotFound()
    if any(row.state is not StatementState.ADMITTED for row in rows.values()):
        raise Conflict(N_("This statement is not weighed any more."), code="not_weighed")
    said = {"category": member.category, "person_id": member.person_id, "weighed_at": now}
    insert = upsert(Weighing)
    fresh = {name: insert.excluded[name] for name in (*said, "weight")}
    key = [Weighing.statement_id, Weighing.body_id]
    values = [
        {"statement_id": rows[number].id, "body_id": member.body_id, **said, "weight": answers[number]}
        for number in sorted(answers)
    ]
    if values:
        db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=fresh), values)


def _statements(request_id: int, answers: Mapping[int, Weight]) -> list[Statement]:
    query = sa.select(Statement).where(Statement.request_id == request_id, Statement.number.in_(list(answers)))
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
