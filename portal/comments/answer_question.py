"""Answer the secretariat's question, for the body that sent the remark."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import admission_rules, deciding
from portal.comments.admission_events import AuthorAnswered
from portal.comments.admission_models import AuthorQuestion
from portal.comments.models import Comment
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def answer_question(actor: Actor, number: int, question_id: int, text: str, *, now: datetime) -> AuthorQuestion:
    """Answer the question that is open on a remark of one's own body; it goes back to the queue.

    Statute art. 12: the answer is received as long as nobody has decided, also after the days given for it.
    """
    comment = _own(actor, number)
    require(actor, Permission.COMMENT_DRAFT, comment)
    question = _question(comment, question_id)
    words = typed(text, field="answer", limit=admission_rules.WORDS_LIMIT)

    question.answer = words
    question.answered_person_id = actor.person_id
    question.answered_mandate_id = deciding.mandate_of(actor)
    question.answered_at = question.ended_at = now

    event = AuthorAnswered(
        comment.consultation_id, comment.id, comment.body_id, number, question.id, commitment(words, comment.salt)
    )
    record(event, actor=actor, now=now)
    return question


def _own(actor: Actor, number: int) -> Comment:
    comment_id = db.session.execute(sa.select(Comment.id).where(Comment.number == number)).scalar_one_or_none()
    if comment_id is None:
        raise NotFound()
    comment = deciding.comment_for_update(comment_id)
    if not can(actor, Permission.COMMENT_READ_OWN, comment):
        raise NotFound()
    return comment


def _question(comment: Comment, question_id: int) -> AuthorQuestion:
    found = db.session.execute(
        sa.select(AuthorQuestion)
        .where(AuthorQuestion.id == question_id, AuthorQuestion.comment_id == comment.id)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    if found.ended_at is not None:
        raise Conflict(N_("This question was answered already, or the decision has been taken."), code="ended")
    return found
