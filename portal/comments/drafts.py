"""Loading drafts for the verbs: locked, and only for those who may write for the body."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import rules
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.passages import WHOLE, Passage, wording
from portal.comments.points import Point
from portal.comments.rules import Phase, SubmissionState
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import N_

_FOR_UPDATE = (
    sa.select(Submission)
    .where(Submission.id == sa.bindparam("submission"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def submission_for_update(actor: Actor, submission_id: int) -> Submission:
    """The submission, locked; a stranger's id finds nothing."""
    found = db.session.execute(_FOR_UPDATE, {"submission": submission_id}).scalar_one_or_none()
    if found is None or not can(actor, Permission.COMMENT_READ_OWN, found):
        raise NotFound()
    return found


def draft_for_update(actor: Actor, submission_id: int) -> Submission:
    """A submission that can still be changed, for somebody who may change it."""
    found = submission_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_DRAFT, found)
    check_draft(found)
    return found


def point_for_update(actor: Actor, comment_id: int) -> tuple[Submission, Comment]:
    """A point and the submission it belongs to, both locked."""
    submission_id = db.session.execute(
        sa.select(Comment.submission_id).where(Comment.id == comment_id)
    ).scalar_one_or_none()
    if submission_id is None:
        raise NotFound()
    submission = submission_for_update(actor, submission_id)
    return submission, db.session.get_one(Comment, comment_id, populate_existing=True)


def check_draft(submission: Submission) -> None:
    """Refuse changes to what has been sent, discarded, or put before the signatory."""
    if submission.state is SubmissionState.READY:
        raise Conflict(
            N_("This draft is waiting for the signature: have it returned before changing it."), code="ready"
        )
    if submission.state is not SubmissionState.DRAFT:
        raise Conflict(N_("This draft was sent or discarded already."), code="not_draft")


def check_writable(actor: Actor, consultation: Consultation, now: datetime) -> None:
    """Refuse bodies that the consultation does not admit, and writing after its conclusion."""
    kind = actor.acting.body_kind if actor.acting else None
    if kind is None or kind.value not in consultation.body_kinds:
        raise Forbidden(N_("This consultation is not open to the body for which you act."), code="body_kind")
    at = rules.phase(consultation.opens_at, consultation.deadline_at, consultation.concluded_at, now)
    if at is Phase.CONCLUDED or consultation.concluded_at:  # who waited for the conclusion asked before it
        raise Conflict(N_("The consultation is concluded: nothing is received any more."), code="concluded")


def point_of(comment: Comment) -> Point:
    """What a row says, as a plain value."""
    territory = tuple(sorted(body.id for body in comment.territory))
    return Point(
        comment.kind, comment.observation, comment.proposed_text, comment.reasons, territory, passages_of(comment)
    )


def passages_of(comment: Comment) -> tuple[Passage, ...]:
    """What was chosen; that the whole of its own paragraph is meant goes without saying."""
    return tuple(
        Passage(anchor.paragraph.key, anchor.start, anchor.end, anchor.exact)
        for anchor in comment.anchors
        if anchor.unit != WHOLE or anchor.paragraph_id != comment.paragraph_id
    )


def current_words(comment: Comment) -> str | None:
    """What a proposal of this point takes the place of."""
    own = comment.paragraph
    return wording(passages_of(comment), own.key if own else None, own.text if own else None)
