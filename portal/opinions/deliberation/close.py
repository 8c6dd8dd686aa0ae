"""End a discussion when its hour has come: count, fix the number of seats, keep the fingerprint (art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.opinions.deliberation import locked
from portal.opinions.deliberation.events import ForumDiscussionClosed
from portal.opinions.deliberation.models import Discussion
from portal.opinions.deliberation.results import fingerprint, results
from portal.opinions.requests import steps
from portal.opinions.requests.steps import Step


def due(now: datetime) -> list[int]:
    """The requests whose discussion is over and not written down yet."""
    query = sa.select(Discussion.request_id).where(Discussion.closed_at.is_(None), Discussion.ends_at <= now)
    return list(db.session.scalars(query.order_by(Discussion.request_id)))


@atomic()
def close(request_id: int, *, now: datetime) -> bool:
    """By itself, whoever runs first; False where there is nothing to end."""
    row = locked.discussion(request_id)
    if row.closed_at is not None or now < row.ends_at:
        return False
    found = results(request_id, now)
    assert found is not None  # its hour has come
    row.closed_at, row.seats, row.sha256 = now, found.turnout.seats, fingerprint(found)
    steps.reach(request_id, Step.TABLES_CLOSED, now)
    event = ForumDiscussionClosed(
        request_id, row.seats, found.turnout.some, len(found.statements), found.weighings, row.sha256
    )
    record(event, actor=Actor.system(), now=now)
    return True
