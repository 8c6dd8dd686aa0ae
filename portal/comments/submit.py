"""Submit: a signatory binds the body, numbers are given, the receipt commits to every word."""

from __future__ import annotations

from datetime import datetime

from portal.comments import drafts, points, receipts, rules, sending, tally
from portal.comments.events import SubmissionReceived
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import COMMENT_MACHINE, SUBMISSION_MACHINE, CommentState, SubmissionState
from portal.db import atomic, next_numbers
from portal.journal.record import record
from portal.kernel import canonical
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_

_SENT = {SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}


@atomic()
def submit(actor: Actor, submission_id: int, *, revision: int | None = None, now: datetime) -> str:
    """Send the draft and return the receipt's code; sent again, the same code. `revision` is what was reviewed.

    Statute art. 12, 32 c.7: received from the opening on; late, and listed as such, from the deadline's instant.
    """
    submission = drafts.submission_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_SUBMIT, submission)
    if submission.state in _SENT and submission.code:
        return submission.code
    if revision is not None and revision != submission.revision:
        raise Conflict(
            N_("The draft was changed after you opened this page. Read it again before sending."), code="overtaken"
        )
    sending.gather(submission)
    late = _reception(actor, submission.consultation, now)
    _check_points(submission)

    _number(submission, late, actor, now)
    for comment in submission.comments:
        _publish(comment, submission.consultation)
    entry = record(_event(submission), actor=actor, now=now)
    sending.put(submission, journal_seq=entry.seq)
    sending.store(submission)
    assert submission.code is not None
    return submission.code


def _reception(actor: Actor, consultation: Consultation, now: datetime) -> bool:
    drafts.check_writable(actor, consultation, now)
    found = rules.reception(consultation.opens_at, consultation.deadline_at, consultation.concluded_at, now)
    if not found.received:
        raise Conflict(N_("The consultation is not open yet: keep the draft and send it then."), code="not_open")
    return found.is_late


def _check_points(submission: Submission) -> None:
    points.check(
        (number, points.cleaned(drafts.point_of(comment)), drafts.current_words(comment))
        for number, comment in enumerate(submission.comments, 1)
    )


def _number(submission: Submission, late: bool, actor: Actor, now: datetime) -> None:
    assert actor.acting is not None
    code, number = receipts.new_code(), next_numbers("submission")[0]
    for comment, given in zip(submission.comments, next_numbers("comment", len(submission.comments)), strict=True):
        sending.put(comment, number=given)
    sending.put(
        submission,
        state=SUBMISSION_MACHINE.advance(submission.state, SubmissionState.SUBMITTED),
        code=code,
        number=number,
        submitted_at=now,
        is_late=late,
        signed_person_id=actor.person_id,
        signed_mandate_id=actor.acting.mandate_id,
    )
    written = canonical.encode(receipts.content_of(submission, actor.acting.office, now)).decode()
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
