"""Reading a discussion: hours, tables, notes, proposals, statements, and the reader's own weighings alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.db import db
from portal.kernel.errors import NotFound
from portal.opinions.deliberation import rules
from portal.opinions.deliberation.models import (
    Discussion,
    ForumTable,
    NoteVersion,
    Statement,
    TableMember,
    TableNote,
    TableProposal,
    Weighing,
)
from portal.opinions.deliberation.rows import (
    DiscussionRow,
    MemberRow,
    NoteRow,
    OwnWeighing,
    ProposalRow,
    StatementRow,
    TableRow,
)
from portal.opinions.deliberation.rules import StatementState
from portal.plan.models import Section
from portal.territory.models import Body


def discussion(request_id: int, now: datetime) -> DiscussionRow | None:
    """The discussion of a request, if it was opened."""
    row = db.session.get(Discussion, request_id)
    if row is None:
        return None
    stands = rules.phase(row.begins_at, row.ends_at, row.closed_at, now)
    return DiscussionRow(row.request_id, row.begins_at, row.ends_at, row.closed_at, row.seats, row.sha256, stands)


def tables(request_id: int) -> list[TableRow]:
    """Its tables in order."""
    rows = db.session.execute(_tables().where(ForumTable.request_id == request_id).order_by(ForumTable.number))
    return [_table_row(row) for row in rows]


def table(request_id: int, number: int) -> TableRow:
    """One table."""
    query = _tables().where(ForumTable.request_id == request_id, ForumTable.number == number)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return _table_row(row)


def members(table_id: int) -> list[MemberRow]:
    """Who sits at a table now, in order of name."""
    query = sa.select(Body.id, Body.name, TableMember.joined_at).join(Body, Body.id == TableMember.body_id)
    query = query.where(TableMember.table_id == table_id, TableMember.left_at.is_(None)).order_by(Body.name)
    return [MemberRow(*row) for row in db.session.execute(query)]


def seats_at(request_id: int) -> list[tuple[int, int]]:
    """Who sits where now: numbers of tables with organisations."""
    query = sa.select(ForumTable.number, TableMember.body_id).join(TableMember, TableMember.table_id == ForumTable.id)
    query = query.where(ForumTable.request_id == request_id, TableMember.left_at.is_(None))
    return [(number, body_id) for number, body_id in db.session.execute(query)]


def notes(table_id: int, *, drafts: bool = False) -> list[NoteRow]:
    """The notes of a table by day: the last approved version; for those who write them the last one."""
    query = sa.select(TableNote, NoteVersion).join(NoteVersion, NoteVersion.note_id == TableNote.id)
    query = query.where(TableNote.table_id == table_id)
    if not drafts:
        query = query.where(NoteVersion.approved_at.is_not(None))
    last: dict[int, NoteRow] = {}
    for note, one in db.session.execute(query.order_by(TableNote.number, NoteVersion.number)):
        last[note.id] = NoteRow(
            note.number, note.held_on, one.number, one.text, one.written_at, one.written_by_id, one.approved_at
        )
    return sorted(last.values(), key=lambda row: (row.held_on, row.number))


def proposals(request_id: int, *, table: int | None = None, withdrawn: bool = False) -> list[ProposalRow]:
    """What tables propose, in order; of one table or of all."""
    query = (
        sa.select(
            TableProposal.id, ForumTable.number, TableProposal.number, Body.name, TableProposal.action_id,
            TableProposal.paragraph_id, TableProposal.request, TableProposal.reason, TableProposal.written_at,
            TableProposal.withdrawn_at,
        )
        .join(ForumTable, ForumTable.id == TableProposal.table_id)
        .outerjoin(Body, Body.id == TableProposal.body_id)
        .where(ForumTable.request_id == request_id)
        .order_by(ForumTable.number, TableProposal.number)
    )  # fmt: skip
    if table is not None:
        query = query.where(ForumTable.number == table)
    if not withdrawn:
        query = query.where(TableProposal.withdrawn_at.is_(None))
    return [_proposal_row(row) for row in db.session.execute(query)]


def statements(request_id: int, states: frozenset[StatementState] | None = None) -> list[StatementRow]:
    """Statements in order; in some states or in any."""
    query = _statements().where(Statement.request_id == request_id).order_by(Statement.number)
    if states is not None:
        query = query.where(Statement.state.in_(states))
    return [_statement_row(row) for row in db.session.execute(query)]


def statement(request_id: int, number: int) -> StatementRow:
    """One statement."""
    query = _statements().where(Statement.request_id == request_id, Statement.number == number)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    return _statement_row(row)


def own(request_id: int, body_id: int) -> list[OwnWeighing]:
    """How an organisation weighs each statement that is being weighed, in order."""
    mine = sa.select(Weighing.statement_id, Weighing.weight, Weighing.weighed_at).where(Weighing.body_id == body_id)
    said = {row.statement_id: row for row in db.session.execute(mine)}
    found = []
    for row in statements(request_id, frozenset({StatementState.ADMITTED})):
        weighed = said.get(row.id)
        found.append(OwnWeighing(row, weighed.weight if weighed else None, weighed.weighed_at if weighed else None))
    return found


def next_to_weigh(request_id: int, body_id: int, *, besides: frozenset[int] = frozenset()) -> StatementRow | None:
    """The statement that fewest organisations have weighed, among those that this one has not."""
    waiting = [one.statement for one in own(request_id, body_id) if one.weight is None]
    waiting = [row for row in waiting if row.number not in besides] or waiting
    if not waiting:
        return None
    counted = sa.select(Weighing.statement_id, sa.func.count()).group_by(Weighing.statement_id)
    rows: Any = db.session.execute(counted.where(Weighing.statement_id.in_([row.id for row in waiting])))
    times = {row[0]: row[1] for row in rows}
    return min(waiting, key=lambda row: (times.get(row.id, 0), (row.number * 7919 + body_id * 104_729) % 1009))


def is_weighed(request_id: int) -> frozenset[int]:
    """The numbers of statements that somebody has weighed: their words do not change any more."""
    query = sa.select(Statement.number).join(Weighing, Weighing.statement_id == Statement.id)
    return frozenset(db.session.scalars(query.where(Statement.request_id == request_id).distinct()))


def _tables() -> sa.Select[Any]:
    here = sa.select(sa.func.count()).where(TableMember.table_id == ForumTable.id, TableMember.left_at.is_(None))
    noted = sa.select(sa.func.count(sa.distinct(TableNote.id))).join(NoteVersion, NoteVersion.note_id == TableNote.id)
    noted = noted.where(TableNote.table_id == ForumTable.id, NoteVersion.approved_at.is_not(None))
    asked = sa.select(sa.func.count()).where(
        TableProposal.table_id == ForumTable.id, TableProposal.withdrawn_at.is_(None)
    )
    return (
        sa.select(
            ForumTable.id, ForumTable.number, ForumTable.title, ForumTable.section_id, Section.code, Section.title,
            ForumTable.coordinator_id, Body.name, here.scalar_subquery(), noted.scalar_subquery(),
            asked.scalar_subquery(),
        )
        .outerjoin(Section, Section.id == ForumTable.section_id)
        .outerjoin(Body, Body.id == ForumTable.coordinator_id)
    )  # fmt: skip


def _table_row(row: Any) -> TableRow:
    table_id, number, title, section_id, code, section, coordinator_id, coordinator, *figures = row
    place = f"{code} {section}" if section_id else ""
    return TableRow(table_id, number, title, section_id, place, coordinator_id, coordinator or "", *figures)


def _statements() -> sa.Select[Any]:
    other = aliased(Statement)
    query: Any = (
        sa.select(
            Statement.id, Statement.number, ForumTable.number, Statement.text, Statement.origin, Statement.body_id,
            Body.name, Statement.state, Statement.reason, Statement.offered_at, Statement.decided_at, other.number,
        )
        .outerjoin(ForumTable, ForumTable.id == Statement.table_id)
        .outerjoin(Body, Body.id == Statement.body_id)
        .outerjoin(other, other.id == Statement.merged_into_id)
    )  # fmt: skip
    whole: sa.Select[Any] = query
    return whole


def _statement_row(row: Any) -> StatementRow:
    statement_id, number, table, text, origin, body_id, body, *what_became = row
    return StatementRow(statement_id, number, table, text, origin, body_id, body or "", *what_became)


def _proposal_row(row: Any) -> ProposalRow:
    proposal_id, table, number, body, *rest = row
    return ProposalRow(proposal_id, table, number, body or "", *rest)
