"""What every act of admission shares: the remark under its lock, who may not act on it, and how a decision is kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import rules, tally
from portal.comments.admission_models import AuthorQuestion, DecisionSecond, RefusalReply, Report, Review
from portal.comments.models import AdmissionDecision, Comment, Consultation, Submission
from portal.comments.rules import COMMENT_MACHINE, CommentState, ReasonCode
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory.models import Body


def comment_for_update(comment_id: int) -> Comment:
    """A remark that was sent, locked."""
    found = db.session.execute(
        sa.select(Comment)
        .where(Comment.id == comment_id, Comment.state != CommentState.DRAFT)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def for_decision(actor: Actor, comment_id: int) -> Comment:
    """A remark, locked, for somebody of the secretariat who neither wrote nor signed it."""
    comment = comment_for_update(comment_id)
    require(actor, Permission.COMMENT_DECIDE, comment)
    submission = db.session.get_one(Submission, comment.submission_id)
    rules.check_not_author(actor.person_id, submission.person_id, submission.signed_person_id)
    return comment


def open_reply(comment_id: int) -> RefusalReply | None:
    """The author's reply to a refusal that nobody has considered yet."""
    query = sa.select(RefusalReply).where(RefusalReply.comment_id == comment_id, RefusalReply.considered_id.is_(None))
    return db.session.execute(query.order_by(RefusalReply.id.desc()).limit(1)).scalar_one_or_none()


def check_no_reply(comment: Comment) -> None:
    """A refusal that the author replied to is reconsidered by another person, not just reversed."""
    if comment.state is CommentState.NOT_ADMITTED and open_reply(comment.id):
        raise Conflict(N_("The author has replied to the refusal: reconsider it with the reply."), code="reply")


def is_public(comment: Comment) -> bool:
    """True if anybody may read the remark now."""
    return tally.is_public(comment.state, db.session.get_one(Consultation, comment.consultation_id).admission)


def body_of(comment: Comment) -> Body:
    """The body that speaks."""
    return db.session.get_one(Body, comment.body_id)


def keep(
    actor: Actor,
    comment: Comment,
    admitted: bool,
    reason: ReasonCode | None,
    words: str,
    *,
    now: datetime,
    proposed_by: int | None = None,
) -> AdmissionDecision:
    """Write the decision down; what was open about the remark is closed by it."""
    decision = AdmissionDecision(
        comment_id=comment.id,
        admitted=admitted,
        reason_code=reason,
        text=words,
        person_id=actor.person_id,
        mandate_id=mandate_of(actor),
        decided_at=now,
    )
    db.session.add(decision)
    db.session.flush()
    if proposed_by is not None:
        db.session.add(DecisionSecond(decision_id=decision.id, proposed_by_id=proposed_by))
    end_question(comment.id, now)
    if not admitted:
        review(actor, comment.id, kept=False, text="", now=now)
    return decision


def advance(comment: Comment, admitted: bool) -> None:
    """Bring the remark where the decision says, and the figures with it."""
    move(comment, COMMENT_MACHINE.advance(comment.state, _target(admitted)))


def move(comment: Comment, state: CommentState) -> None:
    """Put the remark in a state and keep the figures in step."""
    before = is_public(comment)
    comment.state = state
    tally.shift(comment, before, is_public(comment))


def _target(admitted: bool) -> CommentState:
    return CommentState.ADMITTED if admitted else CommentState.NOT_ADMITTED


def end_question(comment_id: int, now: datetime) -> None:
    """Nobody waits for the author any more."""
    ended = sa.update(AuthorQuestion).where(AuthorQuestion.comment_id == comment_id, AuthorQuestion.ended_at.is_(None))
    db.session.execute(ended.values(ended_at=now))


def review(actor: Actor, comment_id: int, *, kept: bool, text: str, now: datetime) -> tuple[Review | None, int]:
    """Close what readers reported about a remark: the review, and how many reports it answers; none, no review."""
    waiting = (Report.comment_id == comment_id, Report.review_id.is_(None))
    number = db.session.execute(sa.select(sa.func.count()).select_from(Report).where(*waiting)).scalar_one()
    if not number and not kept:
        return None, 0
    done = Review(
        comment_id=comment_id,
        kept=kept,
        text=text,
        person_id=actor.person_id,
        mandate_id=mandate_of(actor),
        reviewed_at=now,
    )
    db.session.add(done)
    db.session.flush()
    db.session.execute(sa.update(Report).where(*waiting).values(review_id=done.id))
    return done, number


def mandate_of(actor: Actor) -> int | None:
    """Under which mandate somebody acts."""
    return actor.acting.mandate_id if actor.acting else None
