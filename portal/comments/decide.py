"""Decide on the admission of a remark: the decision, its reason and its words to the author are all kept."""

from __future__ import annotations

from datetime import datetime

from portal.comments import admission_rules, deciding, rules
from portal.comments.models import AdmissionDecision
from portal.comments.rules import CommentState, ReasonCode
from portal.comments.told import decision_event
from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def decide(
    actor: Actor,
    comment_id: int,
    admitted: bool,
    reason_code: ReasonCode | None,
    text: str,
    *,
    now: datetime,
    seen: CommentState | None = None,
) -> AdmissionDecision:
    """Admit a remark or not, or reverse an earlier decision; `seen` is the state that whoever decides had before them.

    Statute art. 12 and 31: who refuses says why, nobody decides on a remark of their own, and nobody alone takes from
    sight what an institution has said in public.
    """
    comment = deciding.for_decision(actor, comment_id)
    if seen is not None and comment.state is not seen:
        raise Conflict(code="decided_meanwhile")
    words = typed(text, field="text", limit=rules.DECISION_LIMIT, required=False)
    reason = rules.check_decision(admitted, reason_code, words)
    kind = deciding.body_of(comment).kind
    if not admitted and admission_rules.two_to_refuse(kind, deciding.is_public(comment)):
        raise Conflict(
            N_("Everybody can read this remark of an institution: a second person must confirm that it is hidden."),
            code="second_person",
        )
    deciding.check_no_reply(comment)

    deciding.advance(comment, admitted)
    decision = deciding.keep(actor, comment, admitted, reason, words, now=now)

    record(decision_event(comment, decision), actor=actor, now=now)
    return decision
