"""The Council answers a remark of the Forum's opinion, in public and with a reason (Statute art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.requests import locked, queries
from portal.opinions.requests.events import ForumRemarkAnswered
from portal.opinions.requests.models import ForumAnswer
from portal.opinions.requests.reasons import reasoned
from portal.opinions.requests.rules import AnswerOutcome
from portal.opinions.requests.standing import standing


@atomic()
def answer(
    actor: Actor, request_id: int, remark: int, outcome: AnswerOutcome, reason: str, *, now: datetime
) -> int:  # fmt: skip
    """Which version of the answer this is; a correction leaves the earlier one to be read."""
    locked.request(request_id)
    require(actor, Permission.FORUM_ANSWER)
    if standing(request_id, now).transmitted_at is None:
        raise Conflict(N_("The opinion has not been transmitted to the Council yet."), code="not_transmitted")
    if remark not in {int(one["number"]) for one in queries.remarks(request_id)}:
        raise NotFound()
    said, known = reasoned(reason), queries.answers(request_id).get(remark)
    if known is not None and (known.outcome, known.reason) == (outcome, said):
        return known.version
    row = ForumAnswer(
        request_id=request_id,
        remark_number=remark,
        version=known.version + 1 if known else 1,
        outcome=outcome,
        reason=said,
        answered_at=now,
        answered_by_id=actor.person_id,
    )
    db.session.add(row)
    event = ForumRemarkAnswered(request_id, remark, row.version, outcome.value, text_digest(said))
    record(event, actor=actor, now=now)
    return row.version
