"""Publish approved answers, one or many, as one act at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.comments.models import Comment
from portal.db import atomic
from portal.drafting import queries, rules
from portal.drafting.events import AnswerPublished
from portal.drafting.models import Answer
from portal.drafting.rules import ANSWER_MACHINE, AnswerState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict, DomainError, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_, Words


@atomic()
def publish(actor: Actor, comment_ids: Sequence[int], *, now: datetime) -> list[Answer]:
    """All of them or none: if one cannot be published, the refusal names each and nothing becomes public."""
    rules.check_batch(len(comment_ids))
    require(actor, Permission.ANSWER_PUBLISH)
    pairs = [queries.both_for_update(comment_id) for comment_id in sorted(set(comment_ids))]
    problems = [words for comment, answer in pairs if (words := _problem(comment, answer))]
    if problems:
        raise Invalid(
            N_("Nothing was published: some of the chosen answers cannot be."), code="not_all", problems=problems
        )
    for comment, answer in pairs:
        _publish(actor, comment, answer, now)
    return [answer for _, answer in pairs]


def _problem(comment: Comment, answer: Answer) -> Words | None:
    try:
        rules.check_answerable(comment.state)
        ANSWER_MACHINE.advance(answer.state, AnswerState.PUBLISHED)
    except Conflict:
        return Words(N_("Remark %(number)d has no approved answer, or is not admitted any more."), _named(comment))
    except DomainError as refusal:
        return refusal.words
    return None


def _named(comment: Comment) -> dict[str, int]:
    return {"number": comment.number or 0}


def _publish(actor: Actor, comment: Comment, answer: Answer, now: datetime) -> None:
    answer.state = ANSWER_MACHINE.advance(answer.state, AnswerState.PUBLISHED)
    answer.published_at = now
    event = AnswerPublished(
        comment.consultation_id,
        comment.id,
        answer.id,
        comment.number or 0,
        answer.revision,
        answer.outcome.value if answer.outcome else "",
        commitment(answer.text, comment.salt),
    )
    record(event, actor=actor, now=now)
