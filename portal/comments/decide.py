"""Decide on the admission of a remark: the decision, its reason and its words to the author are all kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import rules, tally
from portal.comments.events import CommentAdmitted, CommentNotAdmitted
from portal.comments.models import AdmissionDecision, Comment, Consultation, Submission
from portal.comments.rules import COMMENT_MACHINE, CommentState, Reader, ReasonCode
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed


@atomic()
def decide(
    actor: Actor,
    comment_id: int,
    admitted: bool,
    reason_code: ReasonCode | None,
    text: str,
    *,
    now: datetime,
    seen: CommentState | None = None,
) -> AdmissionDecision:
    """Admit a remark or not, or reverse an earlier decision; `seen` is the state that whoever decides had before them.

    Statute art. 12 and 31: who refuses says why, and nobody decides on a remark of their own.
    """
    comment = _for_update(comment_id)
    require(actor, Permission.COMMENT_DECIDE, comment)
    _check_other_person(actor, comment)
    if seen is not None and comment.state is not seen:
        raise Conflict(code="decided_meanwhile")
    target = CommentState.ADMITTED if admitted else CommentState.NOT_ADMITTED
    words = typed(text, field="text", limit=rules.DECISION_LIMIT, required=False)
    reason = rules.check_decision(admitted, reason_code, words)

    admission = db.session.get_one(Consultation, comment.consultation_id).admission
    before = rules.may_see(Reader.PUBLIC, comment.state, admission)
    comment.state = COMMENT_MACHINE.advance(comment.state, target)
    decision = AdmissionDecision(
        comment_id=comment.id,
        admitted=admitted,
        reason_code=reason,
        text=words,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        decided_at=now,
    )
    db.session.add(decision)
    db.session.flush()
    tally.shift(comment, before, rules.may_see(Reader.PUBLIC, comment.state, admission))

    record(_event(comment, decision), actor=actor, now=now)
    return decision


def _for_update(comment_id: int) -> Comment:
    found = db.session.execute(
        sa.select(Comment)
        .where(Comment.id == comment_id, Comment.state != CommentState.DRAFT)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def _check_other_person(actor: Actor, comment: Comment) -> None:
    submission = db.session.get_one(Submission, comment.submission_id)
    rules.check_not_author(actor.person_id, submission.person_id, submission.signed_person_id)


def _event(comment: Comment, decision: AdmissionDecision) -> CommentAdmitted | CommentNotAdmitted:
    if decision.reason_code is None:
        return CommentAdmitted(comment.consultation_id, comment.id, comment.number or 0, decision.id)
    return CommentNotAdmitted(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        decision.id,
        decision.reason_code.value,
        commitment(decision.text, comment.salt),
    )
