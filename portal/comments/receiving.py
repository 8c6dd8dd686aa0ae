"""What receiving a submission means, whichever way it came: numbers, the receipt, publication, the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.comments import receipt_content, sending, tally
from portal.comments.events import SubmissionReceived
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import COMMENT_MACHINE, SUBMISSION_MACHINE, CommentState, SubmissionState
from portal.db import numbers_of
from portal.journal.record import record
from portal.kernel import canonical
from portal.kernel.actor import Actor
from portal.kernel.offices import Office


@dataclass(frozen=True)
class Signed:
    """Who bound the body: somebody on the portal, or whoever signed the letter that `letter` tells of."""

    office: Office | None
    person_id: int | None = None
    mandate_id: int | None = None
    letter: dict[str, Any] | None = None


def receive(actor: Actor, submission: Submission, signed: Signed, *, late: bool, now: datetime) -> str:
    """Give numbers and a receipt to what `sending.gather` has read, publish it, write it down; return the code."""
    _number(submission, signed, late, now)
    for comment in submission.comments:
        _publish(comment, submission.consultation)
    entry = record(_event(submission), actor=actor, now=now)
    sending.put(submission, journal_seq=entry.seq)
    sending.store(submission)
    assert submission.code is not None
    return submission.code


def _number(submission: Submission, signed: Signed, late: bool, now: datetime) -> None:
    code, numbers = receipt_content.new_code(), numbers_of({"submission": 1, "comment": len(submission.comments)})
    for comment, given in zip(submission.comments, numbers["comment"], strict=True):
        sending.put(comment, number=given)
    sending.put(
        submission,
        state=SUBMISSION_MACHINE.advance(submission.state, SubmissionState.SUBMITTED),
        code=code,
        number=numbers["submission"][0],
        submitted_at=now,
        is_late=late,
        signed_person_id=signed.person_id,
        signed_mandate_id=signed.mandate_id,
    )
    attached = sending.attached(submission.id)
    content = receipt_content.content_of(submission, signed.office, now, attached=attached, letter=signed.letter)
    written = canonical.encode(content).decode()
    sending.put(submission, canonical=written, sha256=canonical.text_digest(written))


def _publish(comment: Comment, consultation: Consultation) -> None:
    sending.put(comment, state=COMMENT_MACHINE.advance(comment.state, CommentState.SUBMITTED))
    tally.shift(comment, False, tally.is_public(comment.state, consultation.admission))


def _event(submission: Submission) -> SubmissionReceived:
    return SubmissionReceived(
        submission.consultation_id,
        submission.id,
        submission.body_id,
        submission.number or 0,
        [comment.number or 0 for comment in submission.comments],
        submission.sha256 or "",
        submission.is_late,
    )
