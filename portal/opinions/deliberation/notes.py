"""Write down what a table talked about: in versions, public once another person has approved them (art. 14)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.deliberation import locked, standing
from portal.opinions.deliberation.events import ForumNoteApproved, ForumNoteWritten
from portal.opinions.deliberation.models import ForumTable, NoteVersion, TableNote
from portal.opinions.deliberation.rules import NOTE_LIMIT
from portal.opinions.requests import steps
from portal.opinions.requests.steps import Step


@atomic()
def write(actor: Actor, request_id: int, number: int, held_on: date, text: str, *, now: datetime) -> int:
    """A further note of a table; its number."""
    table = _table(actor, request_id, number, now)
    if held_on > local_day(now):
        raise Invalid(N_("Choose a day that has come."), code="day", field="held_on")
    which = locked.next_number(TableNote.number, TableNote.table_id == table.id)
    note = TableNote(table_id=table.id, number=which, held_on=held_on)
    db.session.add(note)
    db.session.flush()
    _version(actor, table, note, text, now)
    return which


@atomic()
def revise(actor: Actor, request_id: int, number: int, which: int, text: str, *, now: datetime) -> int:
    """Another version; the one that is public stays so until this one is approved."""
    table = _table(actor, request_id, number, now)
    return _version(actor, table, _note(table, which), text, now)


@atomic()
def approve(actor: Actor, request_id: int, number: int, which: int, *, now: datetime) -> None:
    """Somebody other than its author, who may write notes too, makes the last version public."""
    table = _table(actor, request_id, number, now)
    note = _note(table, which)
    last = _last(note)
    if last.approved_at is not None:
        return
    if actor.person_id is None or last.written_by_id == actor.person_id:
        raise Forbidden(
            N_("Another person approves it: the coordinator what the secretariat wrote, or the other way round."),
            code="two_persons",
        )
    last.approved_at, last.approved_by_id = now, actor.person_id
    event = ForumNoteApproved(request_id, number, which, last.number, text_digest(last.text))
    record(event, actor=actor, now=now)


def _table(actor: Actor, request_id: int, number: int, now: datetime) -> ForumTable:
    """Notes are finished after the end of a discussion too, until the text to be voted is frozen."""
    locked.discussion(request_id)
    table = locked.table(request_id, number)
    standing.for_table(actor, table, now)
    if Step.FINAL_TEXT_FROZEN in steps.taken(request_id):
        raise Conflict(N_("The text of the opinion is frozen: notes do not change any more."), code="frozen")
    return table


def _note(table: ForumTable, which: int) -> TableNote:
    query = sa.select(TableNote).where(TableNote.table_id == table.id, TableNote.number == which)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _last(note: TableNote) -> NoteVersion:
    query = sa.select(NoteVersion).where(NoteVersion.note_id == note.id).order_by(NoteVersion.number.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _version(actor: Actor, table: ForumTable, note: TableNote, text: str, now: datetime) -> int:
    words = typed(text, field="text", limit=NOTE_LIMIT)
    number = locked.next_number(NoteVersion.number, NoteVersion.note_id == note.id)
    db.session.add(
        NoteVersion(note_id=note.id, number=number, text=words, written_at=now, written_by_id=actor.person_id)
    )
    event = ForumNoteWritten(table.request_id, table.number, note.number, number, note.held_on, text_digest(words))
    record(event, actor=actor, now=now)
    return number
