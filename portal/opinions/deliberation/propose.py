"""A table proposes what the opinion should ask for, and where in the plan (art. 14, 32 c.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, standing
from portal.opinions.deliberation.events import ForumTableProposalWithdrawn, ForumTableProposed
from portal.opinions.deliberation.models import TableProposal
from portal.opinions.deliberation.rules import REASON_LIMIT, REQUEST_LIMIT
from portal.opinions.requests import queries as requests
from portal.plan.models import Action, Paragraph


@dataclass(frozen=True)
class Point:
    """What is asked for, why, and the action or the paragraph it is about, if it is about one."""

    request: str
    reason: str
    action_id: int | None = None
    paragraph_id: int | None = None


@atomic()
def propose(actor: Actor, request_id: int, number: int, point: Point, *, now: datetime) -> int:
    """A further proposal of a table; its number."""
    locked.running(request_id, now)
    table = locked.table(request_id, number)
    found = standing.at_table(actor, table, now)
    _check_place(request_id, point)
    row = TableProposal(
        table_id=table.id,
        number=locked.next_number(TableProposal.number, TableProposal.table_id == table.id),
        body_id=found.body_id if found else None,
        action_id=point.action_id,
        paragraph_id=point.paragraph_id,
        request=typed(point.request, field="request", limit=REQUEST_LIMIT),
        reason=typed(point.reason, field="reason", limit=REASON_LIMIT),
        written_at=now,
    )
    db.session.add(row)
    words = digest({"request": row.request, "reason": row.reason})
    record(ForumTableProposed(request_id, number, row.number, words), actor=actor, now=now)
    return row.number


@atomic()
def withdraw(actor: Actor, request_id: int, number: int, which: int, *, now: datetime) -> None:
    """The coordinator or the secretariat takes a proposal back; it stays in the record."""
    locked.running(request_id, now)
    table = locked.table(request_id, number)
    standing.for_table(actor, table, now)
    query = sa.select(TableProposal).where(TableProposal.table_id == table.id, TableProposal.number == which)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound()
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        record(ForumTableProposalWithdrawn(request_id, number, which), actor=actor, now=now)


def _check_place(request_id: int, point: Point) -> None:
    """What it is about has to stand in the version that the opinion is about."""
    wanted: Action | Paragraph | None = None
    if point.paragraph_id is not None:
        wanted = db.session.get(Paragraph, point.paragraph_id)
    elif point.action_id is not None:
        wanted = db.session.get(Action, point.action_id)
    else:
        return
    if wanted is None or wanted.version_id != requests.request(request_id).version_id:
        raise Invalid(N_("Choose an action or a paragraph of this version."), code="target", field="target")
