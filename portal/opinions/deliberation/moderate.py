"""Admit a statement, refuse it for a published reason, or merge it into one that says the same (art. 14)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.deliberation import locked
from portal.opinions.deliberation.events import (
    ForumStatementAdmitted,
    ForumStatementMerged,
    ForumStatementRefused,
)
from portal.opinions.deliberation.models import Statement
from portal.opinions.deliberation.rules import REASON_LIMIT, StatementState


@atomic()
def admit(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """From here on organisations weigh it."""
    row = _waiting(actor, request_id, number, now)
    row.state, row.decided_at = StatementState.ADMITTED, now
    event = ForumStatementAdmitted(request_id, number, row.origin.value, row.body_id, text_digest(row.text))
    record(event, actor=actor, now=now)


@atomic()
def refuse(actor: Actor, request_id: int, number: int, reason: str, *, now: datetime) -> None:
    """Its words are shown to nobody else; the reason to everybody."""
    row = _waiting(actor, request_id, number, now)
    row.reason = typed(reason, field="reason", limit=REASON_LIMIT)
    row.state, row.decided_at = StatementState.REFUSED, now
    record(ForumStatementRefused(request_id, number, text_digest(row.reason)), actor=actor, now=now)


@atomic()
def merge(actor: Actor, request_id: int, number: int, into: int, reason: str, *, now: datetime) -> None:
    """It says what another one says: it is weighed no more, and its weighings are not moved to the other."""
    locked.running(request_id, now)
    require(actor, Permission.FORUM_MANAGE)
    row = locked.statement(request_id, number)
    if row.state not in {StatementState.OFFERED, StatementState.ADMITTED}:
        raise Conflict(N_("This statement is settled already."), code="settled")
    other = locked.statement(request_id, into)
    if other.id == row.id or other.state is not StatementState.ADMITTED:
        raise Invalid(N_("Choose another statement that is being weighed."), code="into", field="into")
    row.reason = typed(reason, field="reason", limit=REASON_LIMIT, required=False)
    row.state, row.merged_into_id, row.decided_at = StatementState.MERGED, other.id, now
    record(ForumStatementMerged(request_id, number, into, text_digest(row.reason)), actor=actor, now=now)


def _waiting(actor: Actor, request_id: int, number: int, now: datetime) -> Statement:
    locked.running(request_id, now)
    require(actor, Permission.FORUM_MANAGE)
    row: Statement = locked.statement(request_id, number)
    if row.state is not StatementState.OFFERED:
        raise Conflict(N_("This statement is settled already."), code="settled")
    return row
