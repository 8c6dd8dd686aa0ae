"""Give remarks to an officer of the drafting team, one or many in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting import queries, rules
from portal.drafting.events import AnswerAssigned
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import N_, Words


@dataclass(frozen=True)
class Item:
    """What became of one remark of the act: assigned, or the words that say why not."""

    comment_id: int
    number: int
    refused: Words | None = None


@atomic()
def assign(actor: Actor, comment_ids: Sequence[int], officer_id: int, *, now: datetime) -> list[Item]:
    """Assign each remark to the officer; those that cannot be are left as they are and reported."""
    rules.check_batch(len(comment_ids))
    _check_may(actor, officer_id)
    if officer_id not in {officer.person_id for officer in queries.officers(now)}:
        raise Invalid(N_("Choose somebody of the drafting team."), code="officer", field="officer")
    return [_one(actor, comment_id, officer_id, now) for comment_id in sorted(set(comment_ids))]


def _check_may(actor: Actor, officer_id: int) -> None:
    if officer_id == actor.person_id and can(actor, Permission.ANSWER_PROPOSE):
        return
    require(actor, Permission.ANSWER_ASSIGN)


def _one(actor: Actor, comment_id: int, officer_id: int, now: datetime) -> Item:
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    try:
        _give(actor, comment, officer_id, now)
    except DomainError as refusal:
        return Item(comment.id, comment.number or 0, refusal.words)
    return Item(comment.id, comment.number or 0)


def _give(actor: Actor, comment: Comment, officer_id: int, now: datetime) -> None:
    rules.check_answerable(comment.state)
    answer = queries.answer_for_update(comment.id)
    rules.check_reassign(answer.state if answer else None)
    if answer is None:
        answer = Answer(comment_id=comment.id, officer_id=officer_id, state=AnswerState.ASSIGNED)
        db.session.add(answer)
        db.session.flush()
    elif answer.officer_id == officer_id:
        return
    else:
        rules.check_officer(answer.officer_id, actor.person_id, leads=can(actor, Permission.ANSWER_ASSIGN))
        answer.officer_id = officer_id
    record(AnswerAssigned(comment.consultation_id, comment.id, answer.id, officer_id), actor=actor, now=now)
