"""An officer says whether two remarks that are alike ask the same; only that makes near ones a group."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting import grouping, queries, rules
from portal.drafting.events import DuplicateConfirmed, DuplicateDenied, DuplicateParted
from portal.drafting.models import DuplicateMember
from portal.drafting.rules import Found, Standing
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def same(actor: Actor, one_id: int, other_id: int, *, now: datetime) -> int:
    """They ask the same: from now on they stand together, each with its own number, body and link."""
    person_id, low, high = _both(actor, one_id, other_id)
    grouping.judged(low.id, high.id, Standing.SAME, person_id, now=now)
    group_id = grouping.join(low, high, Found.CONFIRMED, person_id, now=now)
    record(DuplicateConfirmed(low.consultation_id, group_id, low.id, high.id), actor=actor, now=now)
    return group_id


@atomic()
def different(actor: Actor, one_id: int, other_id: int, *, now: datetime) -> None:
    """They do not ask the same, however alike they are: they are not put forward again."""
    person_id, low, high = _both(actor, one_id, other_id)
    grouping.judged(low.id, high.id, Standing.DIFFERENT, person_id, now=now)
    record(DuplicateDenied(low.consultation_id, low.id, high.id), actor=actor, now=now)


@atomic()
def part(actor: Actor, comment_id: int, *, now: datetime) -> None:
    """Take one out of its group: it is answered by itself and not put forward with the others again."""
    require(actor, Permission.ANSWER_PROPOSE)
    comment, member = queries.remark_for_update(comment_id), db.session.get(DuplicateMember, comment_id)
    if comment is None or member is None:
        raise NotFound()
    rules.check_parting(queries.is_answered(comment_id))
    group_id = member.group_id
    for other_id in grouping.leave(member):
        grouping.judged(comment.id, other_id, Standing.DIFFERENT, _person(actor), now=now)
    record(DuplicateParted(comment.consultation_id, group_id, comment.id), actor=actor, now=now)


def _both(actor: Actor, one_id: int, other_id: int) -> tuple[int, Comment, Comment]:
    require(actor, Permission.ANSWER_PROPOSE)
    low, high = (queries.remark_for_update(comment_id) for comment_id in sorted((one_id, other_id)))
    if low is None or high is None or low.id == high.id or low.consultation_id != high.consultation_id:
        raise NotFound()
    return _person(actor), low, high


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Forbidden()
    return actor.person_id
