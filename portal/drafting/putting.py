"""Putting an answer forward, for the verbs that do: for one remark, or for all of a group."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.rules import check_not_author
from portal.db import db
from portal.drafting import giving, queries, rules
from portal.drafting.events import AnswerProposed
from portal.drafting.models import Answer, AnswerDraft, AnswerRevision
from portal.drafting.rules import ANSWER_MACHINE, AnswerState, Outcome
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed


def reasons(text: str) -> str:
    """Art. 12 and 30 c.4: the reasons as they will be stored."""
    return rules.check_reason(typed(text, field="text", limit=rules.TEXT_LIMIT))


def put(actor: Actor, comment: Comment, outcome: Outcome, text: str, base: int | None, *, now: datetime) -> Answer:
    """A new wording of the answer to a remark under lock; `base` is the revision that was seen, None where none was."""
    require(actor, Permission.ANSWER_PROPOSE, comment)
    check_not_author(actor.person_id, *queries.authors_of(comment))
    rules.check_answerable(comment.state)
    answer = queries.answer_for_update(comment.id)
    if answer is None:
        answer = giving.begin(actor, comment, actor.person_id or 0, now=now)
    rules.check_officer(answer.officer_id, actor.person_id, leads=can(actor, Permission.ANSWER_ASSIGN))
    if base is not None:
        rules.check_base(answer.revision, base)
    answer.state = ANSWER_MACHINE.advance(answer.state, AnswerState.PROPOSED)
    answer.outcome, answer.text = outcome, text
    answer.revision += 1
    answer.proposed_by_id, answer.proposed_at = actor.person_id, now
    db.session.add(_revision(answer, outcome, now))
    drop_draft(comment.id, actor.person_id)
    secret = commitment(text, comment.salt)
    event = AnswerProposed(comment.consultation_id, comment.id, answer.id, answer.revision, outcome.value, secret)
    record(event, actor=actor, now=now)
    return answer


def _revision(answer: Answer, outcome: Outcome, now: datetime) -> AnswerRevision:
    return AnswerRevision(
        answer_id=answer.id,
        revision=answer.revision,
        outcome=outcome,
        text=answer.text,
        person_id=answer.proposed_by_id,
        at=now,
    )


def drop_draft(comment_id: int, person_id: int | None) -> None:
    """What the person was writing is not needed any more."""
    own = (AnswerDraft.comment_id == comment_id) & (AnswerDraft.person_id == person_id)
    db.session.execute(sa.delete(AnswerDraft).where(own))
