"""Weigh a statement: one answer for an organisation, the last one given, until the discussion ends (art. 14)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db, upsert
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, standing
from portal.opinions.deliberation.models import Statement, Weighing
from portal.opinions.deliberation.rules import StatementState, Weight


@atomic()
def weigh(actor: Actor, request_id: int, number: int, weight: Weight, *, now: datetime) -> None:
    """Delegate or substitute; sent twice it counts once. Before the end nothing of it is told, nor recorded."""
    locked.running(request_id, now, shared=True)
    member = standing.member(actor, request_id, now)
    row: Statement = locked.statement(request_id, number)
    if row.state is not StatementState.ADMITTED:
        raise Conflict(N_("This statement is not weighed any more."), code="not_weighed")
    values = {
        "category": member.category,
        "weight": weight,
        "person_id": member.person_id,
        "weighed_at": now,
    }
    key = {"statement_id": row.id, "body_id": member.body_id}
    insert = upsert(Weighing).values(**key, **values)
    db.session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=values))
