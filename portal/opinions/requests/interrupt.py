"""Ask the Council, once, for facts that the opinion needs; the term begins again when they arrive (art. 16 c.4)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.requests import locked, rules
from portal.opinions.requests.events import ForumTermInterrupted, ForumTermRestarted
from portal.opinions.requests.models import ForumInterruption
from portal.opinions.requests.reasons import reasoned
from portal.opinions.requests.rules import REASON_LIMIT
from portal.opinions.requests.standing import check_running


@atomic()
def interrupt(actor: Actor, request_id: int, reason: str, *, now: datetime) -> None:
    """From here no term runs; a second time is refused, whatever came of the first."""
    locked.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    found = check_running(request_id, now)
    if found.term.interruption is not None:
        raise Conflict(N_("The term was interrupted already: this can be done once."), code="interrupted")
    if found.expired:
        raise Conflict(N_("The term is over: it cannot be interrupted any more."), code="expired")
    text = reasoned(reason)
    db.session.add(
        ForumInterruption(request_id=request_id, asked_at=now, reason=text, asked_by_id=actor.person_id, answer="")
    )
    locked.term(request_id).due_at = None
    record(ForumTermInterrupted(request_id, now, text_digest(text)), actor=actor, now=now)


@atomic()
def restart(actor: Actor, request_id: int, answer: str, answered_at: datetime, *, now: datetime) -> datetime:
    """What was asked for arrived at that instant: the new end of the term."""
    locked.request(request_id)
    require(actor, Permission.FORUM_MANAGE)
    check_running(request_id, now)
    row = db.session.get(ForumInterruption, request_id, populate_existing=True)
    if row is None or row.answered_at is not None:
        raise Conflict(N_("Nothing is being waited for."), code="nothing")
    if not row.asked_at <= answered_at <= now:
        raise Invalid(
            N_("What was asked for arrived after it was asked for, and not in the future."),
            code="order",
            field="answered_at",
        )
    row.answer = typed(answer, field="answer", limit=REASON_LIMIT)
    row.answered_at, row.registered_by_id = answered_at, actor.person_id
    term = locked.term(request_id)
    due_at = rules.last_instant(answered_at, term.extra_days)
    term.due_at = due_at
    event = ForumTermRestarted(request_id, answered_at, text_digest(row.answer), due_at)
    record(event, actor=actor, now=now)
    return due_at
