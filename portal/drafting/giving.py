"""Giving a remark to an officer, for the verbs that do: by choice, by theme, or by taking it on."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Comment
from portal.db import db
from portal.drafting import queries, rules
from portal.drafting.events import AnswerAssigned
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can


def give(actor: Actor, comment: Comment, officer_id: int, *, now: datetime) -> None:
    """Make the officer answer for the remark, which the caller holds under lock; again the same one changes nothing."""
    rules.check_answerable(comment.state)
    answer = queries.answer_for_update(comment.id)
    rules.check_reassign(answer.state if answer else None)
    if answer is None:
        begin(actor, comment, officer_id, now=now)
        return
    if answer.officer_id == officer_id:
        return
    rules.check_officer(answer.officer_id, actor.person_id, leads=can(actor, Permission.ANSWER_ASSIGN))
    answer.officer_id = officer_id
    _record(actor, comment, answer, now)


def begin(actor: Actor, comment: Comment, officer_id: int, *, now: datetime) -> Answer:
    """The answer of a remark that nobody had."""
    answer = Answer(comment_id=comment.id, officer_id=officer_id, state=AnswerState.ASSIGNED, revision=0)
    db.session.add(answer)
    db.session.flush()
    _record(actor, comment, answer, now)
    return answer


def _record(actor: Actor, comment: Comment, answer: Answer, now: datetime) -> None:
    record(AnswerAssigned(comment.consultation_id, comment.id, answer.id, answer.officer_id), actor=actor, now=now)
