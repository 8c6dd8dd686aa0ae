"""Reply to a refusal, once, for the body that sent the remark."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import admission_rules, deciding
from portal.comments.admission_events import RefusalReplied
from portal.comments.admission_models import RefusalReply
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import CommentState
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def reply(actor: Actor, number: int, text: str, *, now: datetime) -> RefusalReply:
    """Say why the remark should stand after all; another person of the secretariat reconsiders it.

    Statute art. 12: who is refused is heard once more.
    """
    comment_id = db.session.execute(sa.select(Comment.id).where(Comment.number == number)).scalar_one_or_none()
    comment = deciding.comment_for_update(comment_id or 0)
    if not can(actor, Permission.COMMENT_READ_OWN, comment):
        raise NotFound()
    require(actor, Permission.COMMENT_SUBMIT, comment)
    admission_rules.check_state(comment.state, {CommentState.NOT_ADMITTED}, N_("This remark is not refused any more."))
    refusal = _refusal(comment)
    words = admission_rules.check_words(typed(text, field="reply", limit=admission_rules.WORDS_LIMIT), field="reply")

    made = RefusalReply(
        comment_id=comment.id,
        decision_id=refusal.id,
        text=words,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        replied_at=now,
    )
    db.session.add(made)
    db.session.flush()

    told = RefusalReplied(
        comment.consultation_id,
        comment.id,
        comment.body_id,
        number,
        made.id,
        refusal.id,
        commitment(words, comment.salt),
    )
    record(told, actor=actor, now=now)
    return made


def _refusal(comment: Comment) -> AdmissionDecision:
    """The refusal that holds; refused again after a reply, or replied to already, there is no second word."""
    refusal = db.session.execute(
        sa.select(AdmissionDecision)
        .where(AdmissionDecision.comment_id == comment.id)
        .order_by(AdmissionDecision.id.desc())
        .limit(1)
    ).scalar_one()
    said = sa.select(RefusalReply.id).where(
        sa.or_(RefusalReply.decision_id == refusal.id, RefusalReply.considered_id == refusal.id)
    )
    if db.session.execute(said).first():
        raise Conflict(N_("Your body has replied already: a reply is made once."), code="replied")
    return refusal
