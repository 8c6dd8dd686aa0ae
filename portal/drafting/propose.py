"""Put forward an outcome with its reasons; every wording is kept."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Comment
from portal.comments.rules import check_not_author
from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import AnswerAssigned, AnswerProposed
from portal.drafting.models import Answer, AnswerRevision
from portal.drafting.rules import ANSWER_MACHINE, AnswerState, Outcome
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.text import typed


@atomic()
def propose(actor: Actor, comment_id: int, outcome: Outcome, text: str, base_revision: int, *, now: datetime) -> Answer:
    """Art. 12 and 30 c.4: an outcome and reasons of one's own, written over the wording that was seen."""
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    require(actor, Permission.ANSWER_PROPOSE, comment)
    check_not_author(actor.person_id, *queries.authors_of(comment))
    rules.check_answerable(comment.state)
    reasons = rules.check_reason(typed(text, field="text", limit=rules.TEXT_LIMIT))

    answer = queries.answer_for_update(comment.id) or _taken(actor, comment, now)
    rules.check_officer(answer.officer_id, actor.person_id, leads=can(actor, Permission.ANSWER_ASSIGN))
    rules.check_base(answer.revision, base_revision)
    answer.state = ANSWER_MACHINE.advance(answer.state, AnswerState.PROPOSED)
    answer.outcome, answer.text = outcome, reasons
    answer.revision += 1
    answer.proposed_by_id, answer.proposed_at = actor.person_id, now
    db.session.add(
        AnswerRevision(
            answer_id=answer.id,
            revision=answer.revision,
            outcome=outcome,
            text=reasons,
            person_id=actor.person_id,
            at=now,
        )
    )
    secret = commitment(reasons, comment.salt)
    event = AnswerProposed(comment.consultation_id, comment.id, answer.id, answer.revision, outcome.value, secret)
    record(event, actor=actor, now=now)
    return answer


def _taken(actor: Actor, comment: Comment, now: datetime) -> Answer:
    """Whoever answers a remark that nobody had takes it on."""
    answer = Answer(comment_id=comment.id, officer_id=actor.person_id, state=AnswerState.ASSIGNED, revision=0)
    db.session.add(answer)
    db.session.flush()
    record(AnswerAssigned(comment.consultation_id, comment.id, answer.id, answer.officer_id), actor=actor, now=now)
    return answer
