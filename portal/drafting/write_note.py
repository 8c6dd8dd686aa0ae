"""Write an internal note beside a remark."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import NoteWritten
from portal.drafting.models import InternalNote
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed


@atomic()
def write_note(actor: Actor, comment_id: int, text: str, *, now: datetime) -> InternalNote:
    """Colleagues of the drafting team and the secretariat read it, nobody else."""
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    require(actor, Permission.ANSWER_NOTE, comment)
    if actor.person_id is None:
        raise Forbidden()
    words = typed(text, field="note", limit=rules.NOTE_LIMIT)
    note = InternalNote(comment_id=comment.id, person_id=actor.person_id, text=words, at=now)
    db.session.add(note)
    db.session.flush()

    secret = commitment(words, comment.salt)
    record(NoteWritten(comment.consultation_id, comment.id, note.id, secret), actor=actor, now=now)
    return note
