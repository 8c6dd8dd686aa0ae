"""Say what a remark of the draft rests on: public remarks, notes, proposals, statements, or the rapporteur alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import queries as comments
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.events import ForumSourcesCited
from portal.opinions.amending.models import ForumSource
from portal.opinions.amending.rules import MOST_SOURCES, SectionRole, SourceKind
from portal.opinions.amending.writers import check_writer
from portal.opinions.deliberation.models import ForumTable, NoteVersion, Statement, TableNote, TableProposal
from portal.opinions.deliberation.rules import StatementState
from portal.opinions.requests.standing import check_running


@dataclass(frozen=True)
class Source:
    """Public remarks and statements by their number, notes and proposals of tables by their row; the rapporteur: 0."""

    kind: SourceKind
    number: int = 0


@atomic()
def cite(actor: Actor, request_id: int, section_id: int, source: Source, *, now: datetime) -> None:
    """One more source; one that is there already stays."""
    text = locked.draft(request_id, now)
    check_writer(actor, text, now)
    check_running(request_id, now)
    if locked.section(request_id, section_id).role is not SectionRole.REMARK:
        raise NotFound()
    known = _sources(section_id)
    if source in known:
        return
    if len(known) >= MOST_SOURCES:
        raise Conflict(N_("That is enough sources for one remark."), code="too_many")
    if not is_there(request_id, source):
        raise Invalid(N_("There is nothing public under this number."), code="source", field="number")
    db.session.add(ForumSource(section_id=section_id, kind=source.kind, number=source.number))
    _tell(actor, request_id, section_id, now)


@atomic()
def uncite(actor: Actor, request_id: int, section_id: int, source: Source, *, now: datetime) -> None:
    """One source less."""
    text = locked.draft(request_id, now)
    check_writer(actor, text, now)
    locked.section(request_id, section_id)
    row = db.session.get(ForumSource, (section_id, source.kind, source.number))
    if row is None:
        return
    db.session.delete(row)
    _tell(actor, request_id, section_id, now)


def is_there(request_id: int, source: Source) -> bool:
    """True for what everybody can read, or what a table of this request has put forward."""
    if source.kind is SourceKind.RAPPORTEUR:
        return source.number == 0
    if source.kind is SourceKind.COMMENT:
        return _public(source.number)
    return db.session.scalar(_of_tables(request_id, source)) is not None


def _of_tables(request_id: int, source: Source) -> sa.Select[Any]:
    table = sa.select(ForumTable.id).where(ForumTable.request_id == request_id)
    if source.kind is SourceKind.NOTE:
        approved = sa.select(NoteVersion.note_id).where(NoteVersion.approved_at.is_not(None))
        query = sa.select(TableNote.id).where(TableNote.id == source.number, TableNote.table_id.in_(table))
        return query.where(TableNote.id.in_(approved))
    if source.kind is SourceKind.PROPOSAL:
        query = sa.select(TableProposal.id).where(TableProposal.table_id.in_(table))
        return query.where(TableProposal.id == source.number, TableProposal.withdrawn_at.is_(None))
    query = sa.select(Statement.id).where(Statement.request_id == request_id, Statement.number == source.number)
    return query.where(Statement.state == StatementState.ADMITTED)


def _public(number: int) -> bool:
    try:
        return comments.remark(Actor.anonymous(), number).visible
    except NotFound:
        return False


def _sources(section_id: int) -> list[Source]:
    rows = db.session.execute(
        sa.select(ForumSource.kind, ForumSource.number).where(ForumSource.section_id == section_id)
    )
    return sorted((Source(*row) for row in rows), key=lambda one: (list(SourceKind).index(one.kind), one.number))


def _tell(actor: Actor, request_id: int, section_id: int, now: datetime) -> None:
    db.session.flush()
    said = tuple(f"{one.kind.value}:{one.number}" for one in _sources(section_id))
    record(ForumSourcesCited(request_id, section_id, said), actor=actor, now=now)
