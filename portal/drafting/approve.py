"""Approve an answer, and those that it serves: a second person, who has read the wording that is approved."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Comment
from portal.comments.rules import check_not_author
from portal.db import atomic
from portal.drafting import batch, queries, rules
from portal.drafting.batch import Item
from portal.drafting.events import AnswerApproved
from portal.drafting.models import Answer
from portal.drafting.rules import ANSWER_MACHINE, AnswerState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require


@atomic()
def approve(actor: Actor, comment_id: int, base_revision: int, *, now: datetime) -> Answer:
    """Who proposed does not approve, whatever mandate they act under."""
    comment, answer = queries.both_for_update(comment_id)
    require(actor, Permission.ANSWER_APPROVE, comment)
    rules.check_base(answer.revision, base_revision)
    _approve(actor, comment, answer, now)
    return answer


@atomic()
def approve_for_group(actor: Actor, comment_id: int, base_revision: int, *, now: datetime) -> list[Item]:
    """The same wording for the remarks that it serves: each is approved, or told why it is not."""
    source = approve(actor, comment_id, base_revision, now=now)

    def one(comment: Comment) -> None:
        answer = queries.answer_for_update(comment.id)
        if answer is None or (answer.text, answer.outcome) != (source.text, source.outcome):
            raise Conflict(rules.STALE, code="stale")
        _approve(actor, comment, answer, now)

    return batch.each(queries.served_by(comment_id), one)


def _approve(actor: Actor, comment: Comment, answer: Answer, now: datetime) -> None:
    require(actor, Permission.ANSWER_APPROVE, comment)
    check_not_author(actor.person_id, *queries.authors_of(comment))
    rules.check_answerable(comment.state)
    rules.check_second_person(answer.proposed_by_id, actor.person_id)
    answer.state = ANSWER_MACHINE.advance(answer.state, AnswerState.APPROVED)
    answer.approved_by_id, answer.approved_at = actor.person_id, now
    event = AnswerApproved(comment.consultation_id, comment.id, answer.id, answer.revision)
    record(event, actor=actor, now=now)
