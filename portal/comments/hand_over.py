"""Between officers and signatory: put a draft before the signature, give it back with a note."""

from __future__ import annotations

from datetime import datetime

from portal.comments import drafts, points
from portal.comments.events import SubmissionMadeReady, SubmissionReturned
from portal.comments.models import Submission, SubmissionNote
from portal.comments.rules import SUBMISSION_MACHINE, SubmissionState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def make_ready(actor: Actor, submission_id: int, *, revision: int | None = None, now: datetime) -> int:
    """Put a finished draft on the signatory's list; from here on it does not change until it is given back."""
    submission = drafts.submission_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    if submission.state is SubmissionState.READY:
        return submission.id
    if revision is not None and revision != submission.revision:
        raise Conflict(
            N_("The draft was changed after you opened this page. Read it again before sending."), code="overtaken"
        )
    drafts.check_writable(actor, submission.consultation, now)
    points.check(
        (number, drafts.point_of(comment), comment.paragraph.text if comment.paragraph else None)
        for number, comment in enumerate(submission.comments, 1)
    )
    submission.state = SUBMISSION_MACHINE.advance(submission.state, SubmissionState.READY)
    record(
        SubmissionMadeReady(submission.consultation_id, submission.id, submission.body_id, submission.revision),
        actor=actor,
        now=now,
    )
    return submission.id


@atomic()
def give_back(actor: Actor, submission_id: int, note: str, *, now: datetime) -> int:
    """Return a draft that waits for the signature: the signatory with a note, the officers by taking it back."""
    submission = drafts.submission_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    words = typed(note, field="note", limit=points.NOTE_LIMIT, required=False)
    submission.state = SUBMISSION_MACHINE.advance(submission.state, SubmissionState.DRAFT)
    submission.revision += 1
    note_id = _keep_note(actor, submission, words, now) if words else None
    event = SubmissionReturned(submission.consultation_id, submission.id, submission.body_id, note_id)
    record(event, actor=actor, now=now)
    return submission.id


def _keep_note(actor: Actor, submission: Submission, words: str, now: datetime) -> int:
    note = SubmissionNote(submission_id=submission.id, person_id=actor.person_id, text=words, at=now)
    db.session.add(note)
    db.session.flush()
    return note.id
