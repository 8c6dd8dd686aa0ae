"""Submit: a signatory binds the body, numbers are given, the receipt commits to every word."""

from __future__ import annotations

from datetime import datetime

from portal.comments import drafts, points, rules, sending
from portal.comments.models import Consultation, Submission
from portal.comments.receiving import Signed, receive
from portal.comments.rules import SubmissionState
from portal.db import atomic
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

    assert actor.acting is not None
    signed = Signed(actor.acting.office, actor.person_id, actor.acting.mandate_id)
    return receive(actor, submission, signed, late=late, now=now)


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
