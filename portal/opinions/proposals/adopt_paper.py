"""Adopt a version of the Forum's document: nothing of it changes from then on (art. 14 c.3)."""

from __future__ import annotations

from datetime import date, datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.proposals import locked
from portal.opinions.proposals.content import paper_content
from portal.opinions.proposals.events import ForumPaperAdopted
from portal.opinions.proposals.rules import LINE_LIMIT
from portal.opinions.proposals.votes import check_vote


@atomic()
def adopt(actor: Actor, paper_id: int, on: date, act: str, poll_id: int | None = None, *, now: datetime) -> str:
    """By a vote of the Forum or by an act; the fingerprint of what was adopted."""
    require(actor, Permission.FORUM_MANAGE)
    row = locked.open_paper(paper_id)
    items = locked.items(paper_id)
    if not items:
        raise Conflict(N_("Write at least one item first."), code="empty")
    if not local_day(row.begun_at) <= on <= local_day(now):
        raise Invalid(
            N_("The document is adopted after it was begun, and not in the future."), code="order", field="on"
        )
    check_vote(row.forum_id, poll_id)
    row.act = typed(act, field="act", limit=LINE_LIMIT, required=poll_id is None)
    row.adopted_on, row.adopted_at, row.poll_id = on, now, poll_id
    row.sha256 = digest(paper_content(row, items))
    event = ForumPaperAdopted(paper_id, row.forum_id, row.number, on, poll_id, len(items), row.sha256)
    record(event, actor=actor, now=now)
    return row.sha256
