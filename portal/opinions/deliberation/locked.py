"""Rows that the verbs of a discussion need: under its lock, or beside it for those who weigh."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.clock import local
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.opinions.deliberation import rules
from portal.opinions.deliberation.models import Discussion, ForumTable, Statement
from portal.opinions.deliberation.rules import Phase
from portal.opinions.requests import queries as requests


def discussion(request_id: int, *, shared: bool = False) -> Discussion:
    """Everything in it changes under this lock; weighings share it, so that none is written while it is closed."""
    query: Any = sa.select(Discussion).where(Discussion.request_id == request_id).with_for_update(read=shared)
    found: Discussion | None = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def running(request_id: int, now: datetime, *, shared: bool = False) -> Discussion:
    """The discussion, which has to be going on."""
    row = discussion(request_id, shared=shared)
    check_running(row, now)
    return row


def _check_wanted(request_id: int) -> None:
    """Nobody goes on talking about a request that the Council took back."""
    if requests.withdrawal(request_id) is not None:
        raise Conflict(N_("The Council took this request back: nothing more is done about it."), code="withdrawn")


def check_running(row: Discussion, now: datetime) -> None:
    """Refuse before its first instant, and from its last one on."""
    _check_wanted(row.request_id)
    match rules.phase(row.begins_at, row.ends_at, row.closed_at, now):
        case Phase.AHEAD:
            raise Conflict(N_("The discussion begins on %(at)s: come back then."), code="ahead", at=said(row.begins_at))
        case Phase.ENDED:
            raise Conflict(
                N_("The discussion ended on %(at)s: nothing is added to it any more."),
                code="ended",
                at=said(row.ends_at),
            )


def check_not_ended(row: Discussion, now: datetime) -> None:
    """Before it begins the room may be prepared; after its end it may not."""
    _check_wanted(row.request_id)
    if rules.phase(row.begins_at, row.ends_at, row.closed_at, now) is Phase.ENDED:
        check_running(row, now)


def table(request_id: int, number: int) -> ForumTable:
    """A table of a discussion that is locked already."""
    query = sa.select(ForumTable).where(ForumTable.request_id == request_id, ForumTable.number == number)
    found: ForumTable = _one(query)
    return found


def statement(request_id: int, number: int) -> Statement:
    """A statement of a discussion that is locked already."""
    query = sa.select(Statement).where(Statement.request_id == request_id, Statement.number == number)
    found: Statement = _one(query)
    return found


def next_number(column: Any, where: sa.ColumnElement[bool]) -> int:
    """One more than the last, under the lock of the discussion."""
    return (db.session.scalar(sa.select(sa.func.max(column)).where(where)) or 0) + 1


def _one(query: sa.Select[Any]) -> Any:
    found = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def said(at: datetime) -> str:
    """An instant inside a refusal, by the clock of Rome."""
    return f"{local(at):%d/%m/%Y, %H:%M}"
