"""Open the discussion of a request, and move its end while it goes on (art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.deliberation import locked
from portal.opinions.deliberation.events import ForumDiscussionMoved, ForumDiscussionOpened
from portal.opinions.deliberation.models import Discussion
from portal.opinions.requests import locked as requests
from portal.opinions.requests import queries, steps
from portal.opinions.requests.steps import Step


@atomic()
def open_up(actor: Actor, request_id: int, begins_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Fix from when until when the Forum discusses; once for a request."""
    requests.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    if queries.withdrawal(request_id) is not None or Step.TEXT_FROZEN in steps.taken(request_id):
        raise Conflict(N_("This request is past its discussion."), code="stage")
    if db.session.get(Discussion, request_id) is not None:
        raise Conflict(N_("The discussion of this request has been opened already."), code="opened")
    _check_end(request_id, begins_at, ends_at, now)
    db.session.add(Discussion(request_id=request_id, begins_at=begins_at, ends_at=ends_at, opened_at=now))
    steps.reach(request_id, Step.TABLES_OPENED, now)
    record(ForumDiscussionOpened(request_id, begins_at, ends_at), actor=actor, now=now)


@atomic()
def move_end(actor: Actor, request_id: int, ends_at: datetime, *, now: datetime) -> None:
    """A later or an earlier end, both ahead; what is over stays over."""
    row = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(row, now)
    _check_end(request_id, row.begins_at, ends_at, now)
    row.ends_at = ends_at
    record(ForumDiscussionMoved(request_id, ends_at), actor=actor, now=now)


def _check_end(request_id: int, begins_at: datetime, ends_at: datetime, now: datetime) -> None:
    """After its beginning, ahead of us, and inside the term that the law gives to the opinion."""
    if ends_at <= max(begins_at, now):
        raise Invalid(N_("The end has to be ahead, and after the beginning."), code="end", field="ends_at")
    due_at = queries.request(request_id).due_at
    if due_at is not None and ends_at > due_at:
        raise Invalid(
            N_("The term for the opinion ends on %(at)s: the discussion has to end before."),
            code="term",
            field="ends_at",
            at=locked.said(due_at),
        )
