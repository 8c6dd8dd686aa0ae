"""Give an answer back to its officer with a note that says what to change."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import AnswerReturned
from portal.drafting.models import Answer, InternalNote
from portal.drafting.rules import ANSWER_MACHINE, AnswerState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed


@atomic()
def give_back(actor: Actor, comment_id: int, note: str, base_revision: int, *, now: datetime) -> Answer:
    """The wording stays where it is, to be written over; the note is read inside the house alone.

    Where the answer serves other remarks it goes back for them too.
    """
    comment, answer = queries.both_for_update(comment_id)
    require(actor, Permission.ANSWER_APPROVE, comment)
    words = typed(note, field="why", limit=rules.NOTE_LIMIT)
    rules.check_base(answer.revision, base_revision)
    row = InternalNote(comment_id=comment.id, person_id=actor.person_id, text=words, at=now)
    db.session.add(row)
    db.session.flush()
    _return(actor, comment, answer, row.id, now)
    for served in sorted(queries.served_by(comment.id)):
        other, its = queries.both_for_update(served)
        if its.state in {AnswerState.PROPOSED, AnswerState.APPROVED}:
            _return(actor, other, its, row.id, now)
    return answer


def _return(actor: Actor, comment: Comment, answer: Answer, note_id: int, now: datetime) -> None:
    answer.state = ANSWER_MACHINE.advance(answer.state, AnswerState.ASSIGNED)
    answer.approved_by_id = answer.approved_at = None
    event = AnswerReturned(comment.consultation_id, comment.id, answer.id, answer.revision, note_id)
    record(event, actor=actor, now=now)
