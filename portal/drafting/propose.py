"""Put forward an outcome with its reasons; every wording is kept. One answer can serve a whole group of duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting import batch, putting, queries, rules
from portal.drafting.batch import Item
from portal.drafting.events import AnswerShared
from portal.drafting.models import Answer, AnswerServed
from portal.drafting.rules import Outcome
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound


@atomic()
def propose(actor: Actor, comment_id: int, outcome: Outcome, text: str, base_revision: int, *, now: datetime) -> Answer:
    """Art. 12 and 30 c.4: an outcome and reasons of one's own, written over the wording that was seen."""
    comment = _remark(comment_id)
    answer = putting.put(actor, comment, outcome, putting.reasons(text), base_revision, now=now)
    _stand_alone(comment.id)
    return answer


@dataclass(frozen=True)
class Wording:
    """What is put forward for many."""

    outcome: Outcome
    text: str
    base_revision: int


@atomic()
def propose_for_group(actor: Actor, comment_id: int, wording: Wording, *, now: datetime) -> list[Item]:
    """The same answer for every remark of the group; each keeps its own, and those that cannot have it are told.

    The remark itself is not in the list: if it cannot be answered nothing is.
    """
    comment, text = _remark(comment_id), putting.reasons(wording.text)
    before = queries.served_by(comment.id)
    putting.put(actor, comment, wording.outcome, text, wording.base_revision, now=now)
    _stand_alone(comment.id)

    def serve(other: Comment) -> None:
        answer = queries.answer_for_update(other.id)
        rules.check_servable(answer is not None and answer.revision > 0 and other.id not in before)
        putting.put(actor, other, wording.outcome, text, None, now=now)
        _stand_alone(other.id)
        db.session.add(AnswerServed(comment_id=other.id, source_id=comment.id, at=now))

    others = queries.twins_of(comment.id)
    items = batch.each(others, serve) if others else []
    served = tuple(item.comment_id for item in items if item.refused is None)
    if served:
        record(AnswerShared(comment.consultation_id, comment.id, served), actor=actor, now=now)
    return items


def _remark(comment_id: int) -> Comment:
    comment = queries.remark_for_update(comment_id)
    if comment is None:
        raise NotFound()
    return comment


def _stand_alone(comment_id: int) -> None:
    """The remark has an answer of its own from now on, and serves nobody else unless it is said again."""
    ties = sa.or_(AnswerServed.comment_id == comment_id, AnswerServed.source_id == comment_id)
    db.session.execute(sa.delete(AnswerServed).where(ties))
