"""Offer a statement, reword it while nobody has weighed it, take it back (art. 14)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, rules, standing
from portal.opinions.deliberation.events import (
    ForumStatementAdmitted,
    ForumStatementOffered,
    ForumStatementWithdrawn,
)
from portal.opinions.deliberation.measures import measures
from portal.opinions.deliberation.models import Statement, Weighing
from portal.opinions.deliberation.rules import STATEMENT_LIMIT, Origin, StatementState


@atomic()
def offer(actor: Actor, request_id: int, text: str, *, table: int | None = None, now: datetime) -> int:
    """An organisation offers a statement, which the secretariat admits or not; its number."""
    locked.running(request_id, now)
    found = standing.member(actor, request_id, now)
    _check_few(request_id, found.body_id)
    row = _new(actor, request_id, text, table, now)
    row.origin, row.body_id, row.state = Origin.ORGANISATION, found.body_id, StatementState.OFFERED
    db.session.add(row)
    _record(actor, row, now)
    return row.number


@atomic()
def put_forward(
    actor: Actor, request_id: int, text: str, origin: Origin, *, table: int | None = None, now: datetime
) -> int:
    """The secretariat puts a statement forward, in its own name or in the rapporteur's: admitted at once."""
    discussion = locked.discussion(request_id)
    require(actor, Permission.FORUM_MANAGE)
    locked.check_not_ended(discussion, now)
    if origin is Origin.ORGANISATION:
        raise Invalid(N_("Organisations offer their own statements."), code="origin", field="origin")
    row = _new(actor, request_id, text, table, now)
    row.origin, row.state, row.decided_at = origin, StatementState.ADMITTED, now
    db.session.add(row)
    _record(actor, row, now)
    return row.number


@atomic()
def reword(actor: Actor, request_id: int, number: int, text: str, *, now: datetime) -> None:
    """Other words, as long as nobody has weighed them; an organisation's go before the secretariat again."""
    discussion = locked.discussion(request_id)
    row = _own(actor, request_id, number, now)
    locked.check_not_ended(discussion, now)
    if not rules.may_be_reworded(row.state, weighings(row)):
        raise Conflict(N_("It has been weighed: its words stay. Withdraw it and offer another one."), code="weighed")
    row.text = _words(request_id, text, besides=row.id)
    if row.origin is Origin.ORGANISATION:
        row.state, row.decided_at, row.reason = StatementState.OFFERED, None, ""
    _record(actor, row, now)


@atomic()
def withdraw(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """Whoever offered it takes it back; it is weighed and counted no more."""
    discussion = locked.discussion(request_id)
    row = _own(actor, request_id, number, now)
    locked.check_not_ended(discussion, now)
    if row.state not in {StatementState.OFFERED, StatementState.ADMITTED}:
        raise Conflict(N_("This statement is settled already."), code="settled")
    row.state = StatementState.WITHDRAWN
    record(ForumStatementWithdrawn(request_id, number), actor=actor, now=now)


def weighings(row: Statement) -> int:
    """How often it was weighed."""
    query = sa.select(sa.func.count()).select_from(Weighing).where(Weighing.statement_id == row.id)
    return db.session.scalar(query) or 0


def _new(actor: Actor, request_id: int, text: str, table: int | None, now: datetime) -> Statement:
    return Statement(
        request_id=request_id,
        number=locked.next_number(Statement.number, Statement.request_id == request_id),
        table_id=locked.table(request_id, table).id if table is not None else None,
        text=_words(request_id, text),
        reason="",
        offered_at=now,
        offered_by_id=actor.person_id,
    )


def _check_few(request_id: int, body_id: int) -> None:
    """Each organisation has so many statements; one that was withdrawn leaves its place."""
    most = measures(request_id).statements_each
    query = sa.select(sa.func.count()).where(Statement.request_id == request_id, Statement.body_id == body_id)
    if db.session.execute(query.where(Statement.state != StatementState.WITHDRAWN)).scalar_one() >= most:
        raise Conflict(
            N_("Your organisation has offered its %(most)d statements: withdraw one to offer another."),
            code="too_many",
            most=most,
        )


def _words(request_id: int, text: str, besides: int = 0) -> str:
    """One line, no longer than the rules of the Forum allow, that was not offered in the same words before."""
    limit = min(STATEMENT_LIMIT, measures(request_id).statement_length)
    words = " ".join(typed(text, field="text", limit=limit).split())
    query = sa.select(Statement.number).where(
        Statement.request_id == request_id,
        Statement.text == words,
        Statement.id != besides,
        Statement.state.in_([StatementState.OFFERED, StatementState.ADMITTED]),
    )
    known = db.session.scalar(query.limit(1))
    if known is not None:
        raise Invalid(N_("Statement n. %(number)d says the same."), code="duplicate", field="text", number=known)
    return words


def _own(actor: Actor, request_id: int, number: int, now: datetime) -> Statement:
    """The statement, if it is the actor's to change: the organisation's own, or the secretariat's."""
    row: Statement = locked.statement(request_id, number)
    if row.origin is not Origin.ORGANISATION:
        require(actor, Permission.FORUM_MANAGE)
    elif standing.member(actor, request_id, now).body_id != row.body_id:
        raise Forbidden(N_("Another organisation offered this statement."), code="not_yours")
    return row


def _record(actor: Actor, row: Statement, now: datetime) -> None:
    facts = (row.request_id, row.number, row.origin.value, row.body_id, text_digest(row.text))
    admitted = row.state is StatementState.ADMITTED
    record(ForumStatementAdmitted(*facts) if admitted else ForumStatementOffered(*facts), actor=actor, now=now)
