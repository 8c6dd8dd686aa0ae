"""Take a decision back within seconds: a wrong key must not reach the author. The journal keeps the pair."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import admission_rules, deciding
from portal.comments.admission_events import DecisionUndone
from portal.comments.admission_models import AuthorQuestion, DecisionSecond, RefusalReply, Review
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import CommentState
from portal.db import atomic, db
from portal.jobs import queue
from portal.journal.models import Entry
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_


@atomic()
def undo(actor: Actor, decision_id: int, *, now: datetime) -> int:
    """Put the remark back where it was before the decision; returns its number. The author has not been told yet."""
    comment_id = db.session.execute(
        sa.select(AdmissionDecision.comment_id).where(AdmissionDecision.id == decision_id)
    ).scalar_one_or_none()
    comment = deciding.for_decision(actor, comment_id or 0)
    decision = db.session.get(AdmissionDecision, decision_id, populate_existing=True)
    if decision is None:
        raise NotFound()
    admission_rules.check_undo(decision.decided_at, decision.person_id, actor.person_id, now)
    _check_last(comment, decision)

    deciding.move(comment, _before(comment.id, decision.id))
    _reopen(comment.id, decision.decided_at)
    _take_back_letters(comment, decision, now)
    db.session.delete(decision)
    db.session.flush()

    told = DecisionUndone(comment.consultation_id, comment.id, comment.number or 0, decision_id)
    record(told, actor=actor, now=now)
    return comment.number or 0


def _check_last(comment: Comment, decision: AdmissionDecision) -> None:
    """Only a decision that stands alone goes back: no later one, no second person, no reply or report behind it."""
    later = sa.select(AdmissionDecision.id).where(
        AdmissionDecision.comment_id == comment.id, AdmissionDecision.id > decision.id
    )
    bound = sa.select(RefusalReply.id).where(
        sa.or_(RefusalReply.considered_id == decision.id, RefusalReply.decision_id == decision.id)
    )
    closed = sa.select(Review.id).where(
        Review.comment_id == comment.id, Review.reviewed_at == decision.decided_at, sa.not_(Review.kept)
    )
    stands = CommentState.ADMITTED if decision.admitted else CommentState.NOT_ADMITTED
    found = [db.session.execute(query.limit(1)).first() for query in (later, bound, closed)]
    second = db.session.get(DecisionSecond, decision.id)
    if any(found) or second is not None or comment.state is not stands:
        raise Conflict(N_("This decision cannot be taken back: reverse it by a new one."), code="bound")


def _before(comment_id: int, decision_id: int) -> CommentState:
    """The state that the decision before this one left, or the first one."""
    admitted = db.session.execute(
        sa.select(AdmissionDecision.admitted)
        .where(AdmissionDecision.comment_id == comment_id, AdmissionDecision.id < decision_id)
        .order_by(AdmissionDecision.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    if admitted is None:
        return CommentState.SUBMITTED
    return CommentState.ADMITTED if admitted else CommentState.NOT_ADMITTED


def _take_back_letters(comment: Comment, decision: AdmissionDecision, now: datetime) -> None:
    """Letters that were written already wait for as long as the decision can be taken back."""
    entries = db.session.execute(
        sa.select(Entry.id, Entry.facts)
        .where(Entry.stream == f"consultation:{comment.consultation_id}", Entry.at == decision.decided_at)
        .where(Entry.kind.in_(["CommentAdmitted", "CommentNotAdmitted"]))
    )
    for entry_id, facts in entries:
        if facts["decision_id"] == decision.id:
            queue.take_back(f"entry:{entry_id}", now=now)


def _reopen(comment_id: int, at: datetime) -> None:
    """The question that the decision had overtaken waits for its answer again."""
    overtaken = sa.update(AuthorQuestion).where(
        AuthorQuestion.comment_id == comment_id, AuthorQuestion.ended_at == at, AuthorQuestion.answered_at.is_(None)
    )
    db.session.execute(overtaken.values(ended_at=None))
