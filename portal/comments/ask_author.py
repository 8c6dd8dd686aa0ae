"""Ask the author before deciding: one question at a time, and the term rests until the answer."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import admission_rules, deciding
from portal.comments.admission_events import AuthorAsked
from portal.comments.admission_models import AuthorQuestion
from portal.comments.rules import CommentState
from portal.comments.term import TIME_TO_ANSWER
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.clock import at_rome, local_day
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def ask_author(actor: Actor, comment_id: int, text: str, *, now: datetime) -> AuthorQuestion:
    """Put a question about a remark that waits for a decision.

    Statute art. 12: whoever could mend a remark is asked before it is refused.
    """
    comment = deciding.for_decision(actor, comment_id)
    message = N_("This remark was decided or withdrawn already.")
    admission_rules.check_state(comment.state, {CommentState.SUBMITTED}, message)
    words = admission_rules.check_words(
        typed(text, field="question", limit=admission_rules.WORDS_LIMIT), field="question"
    )
    _check_none_open(comment.id)

    question = AuthorQuestion(
        comment_id=comment.id,
        text=words,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        asked_at=now,
        answer_by=at_rome(local_day(now + TIME_TO_ANSWER)),
    )
    db.session.add(question)
    db.session.flush()

    event = AuthorAsked(
        comment.consultation_id,
        comment.id,
        comment.body_id,
        comment.number or 0,
        question.id,
        question.answer_by,
        commitment(words, comment.salt),
    )
    record(event, actor=actor, now=now)
    return question


def _check_none_open(comment_id: int) -> None:
    query = sa.select(AuthorQuestion.id).where(
        AuthorQuestion.comment_id == comment_id, AuthorQuestion.ended_at.is_(None)
    )
    if db.session.execute(query).first():
        raise Conflict(N_("The author has been asked already and has not answered yet."), code="asked")
