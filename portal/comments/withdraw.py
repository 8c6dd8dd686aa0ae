"""Withdraw: a signatory takes a remark back; its number stays, its text is no longer public."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import deciding, drafts, tally
from portal.comments.events import CommentWithdrawn
from portal.comments.models import Comment
from portal.comments.rules import COMMENT_MACHINE, SUBMISSION_MACHINE, CommentState, SubmissionState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def withdraw(actor: Actor, number: int, *, now: datetime) -> int:
    """Take back one remark by its public number; withdrawn already, nothing changes. Returns its id."""
    comment_id = db.session.execute(
        sa.select(Comment.id).where(Comment.number == number).with_for_update()
    ).scalar_one_or_none()
    if comment_id is None:
        raise NotFound()
    submission, comment = drafts.point_for_update(actor, comment_id)
    require(actor, Permission.COMMENT_SUBMIT, submission)
    if comment.state is CommentState.WITHDRAWN:
        return comment.id

    admission = submission.consultation.admission
    before = tally.is_public(comment.state, admission)
    comment.state = COMMENT_MACHINE.advance(comment.state, CommentState.WITHDRAWN)
    tally.shift(comment, before, tally.is_public(comment.state, admission))
    deciding.end_question(comment.id, now)
    if all(c.state is CommentState.WITHDRAWN for c in submission.comments):
        submission.state = SUBMISSION_MACHINE.advance(submission.state, SubmissionState.WITHDRAWN)

    record(CommentWithdrawn(comment.consultation_id, comment.id, comment.body_id, number), actor=actor, now=now)
    return comment.id
