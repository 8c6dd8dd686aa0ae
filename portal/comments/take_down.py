"""Ask a second person to take a public remark of an institution from sight."""

from __future__ import annotations

from datetime import datetime

from portal.comments import admission_rules, deciding, hiding, rules
from portal.comments.rules import COMMENT_MACHINE, CommentState, ReasonCode
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def take_down(
    actor: Actor,
    comment_id: int,
    reason_code: ReasonCode | None,
    text: str,
    *,
    now: datetime,
    seen: CommentState | None = None,
) -> int:
    """Propose not to admit it; nothing changes until somebody else confirms. Returns the request's number.

    Statute art. 12: nobody alone takes from sight what an institution has said in public.
    """
    comment = deciding.for_decision(actor, comment_id)
    if seen is not None and comment.state is not seen:
        raise Conflict(code="decided_meanwhile")
    words = typed(text, field="text", limit=rules.DECISION_LIMIT, required=False)
    reason = rules.check_decision(False, reason_code, words)
    assert reason is not None
    COMMENT_MACHINE.advance(comment.state, CommentState.NOT_ADMITTED)
    if not admission_rules.two_to_refuse(deciding.body_of(comment).kind, deciding.is_public(comment)):
        raise Conflict(N_("One person is enough for this decision: take it directly."), code="one_person")

    return hiding.propose(actor, comment, hiding.WHOLE, {"reason": reason.value, "text": words}, now).id
