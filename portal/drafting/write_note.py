"""Write an internal note beside a remark, and call colleagues to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import ColleaguesCalled, NoteWritten
from portal.drafting.models import InternalNote, NoteMention
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed


@atomic()
def write_note(
    actor: Actor, comment_id: int, text: str, *, called: Collection[int] = (), now: datetime
) -> InternalNote:
    """Colleagues of the drafting team and the secretariat read it, nobody else; those called are told by mail.

    They are called by being chosen, or in the text by `@` and their name.
    """
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    require(actor, Permission.ANSWER_NOTE, comment)
    if actor.person_id is None:
        raise Forbidden()
    words = typed(text, field="note", limit=rules.NOTE_LIMIT)
    colleagues = {colleague.name: colleague.person_id for colleague in queries.colleagues(now)}
    to = {*called, *rules.called(words, colleagues)} - {actor.person_id}
    rules.check_called(to, colleagues.values())
    note = InternalNote(comment_id=comment.id, person_id=actor.person_id, text=words, at=now)
    db.session.add(note)
    db.session.flush()

    secret = commitment(words, comment.salt)
    record(NoteWritten(comment.consultation_id, comment.id, note.id, secret), actor=actor, now=now)
    if to:
        _call(note, to)
        event = ColleaguesCalled(comment.consultation_id, comment.id, note.id, tuple(sorted(to)))
        record(event, actor=actor, now=now)
    return note


def _call(note: InternalNote, to: Collection[int]) -> None:
    db.session.add_all(NoteMention(note_id=note.id, person_id=person_id) for person_id in sorted(to))
