"""Reconsider a refusal with the author's reply before one's eyes: by another person than those who refused."""

from __future__ import annotations

from datetime import datetime

from portal.comments import admission_rules, deciding, rules
from portal.comments.admission_events import RefusalConfirmed
from portal.comments.admission_models import DecisionSecond
from portal.comments.models import AdmissionDecision
from portal.comments.rules import CommentState, ReasonCode
from portal.comments.told import decision_event
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def reconsider(
    actor: Actor, comment_id: int, admitted: bool, reason_code: ReasonCode | None, text: str, *, now: datetime
) -> AdmissionDecision:
    """Admit the remark after all, or confirm the refusal with its reasons.

    Statute art. 12: a second decision, by another person, is the last one.
    """
    comment = deciding.for_decision(actor, comment_id)
    waiting = deciding.open_reply(comment.id)
    if waiting is None or comment.state is not CommentState.NOT_ADMITTED:
        raise Conflict(N_("No reply waits on this remark: a colleague may have dealt with it."), code="no_reply")
    refusal = db.session.get_one(AdmissionDecision, waiting.decision_id)
    second = db.session.get(DecisionSecond, refusal.id)
    admission_rules.check_another(actor.person_id, refusal.person_id, second.proposed_by_id if second else None)
    words = typed(text, field="text", limit=rules.DECISION_LIMIT, required=False)
    reason = rules.check_decision(admitted, reason_code, words)

    if admitted:
        deciding.advance(comment, admitted=True)
    decision = deciding.keep(actor, comment, admitted, reason, words, now=now)
    waiting.considered_id = decision.id

    if reason is None:
        record(decision_event(comment, decision), actor=actor, now=now)
        return decision
    told = RefusalConfirmed(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        decision.id,
        reason.value,
        commitment(words, comment.salt),
    )
    record(told, actor=actor, now=now)
    return decision
