"""Hide a passage of a remark instead of all of it: the original is sealed, the receipt's hash still proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portal.comments import admission_rules, attach, deciding, hiding, sealing
from portal.comments.admission_events import PassageRestored
from portal.comments.admission_models import Hiding
from portal.comments.masks import Span
from portal.comments.rules import DECISION_LIMIT, ReasonCode
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def hide_passage(
    actor: Actor,
    comment_id: int,
    spans: Sequence[Span],
    quote: str,
    reason_code: ReasonCode | None,
    text: str,
    *,
    files: Sequence[int] = (),
    now: datetime,
) -> bool:
    """Hide passages chosen by sentence or by quoting them, and files; False if a second person must confirm it first.

    Statute art. 9 and 12; Reg. (EU) 2016/679 art. 5: no more is hidden than must be.
    """
    comment = deciding.for_decision(actor, comment_id)
    admission_rules.check_state(
        comment.state, admission_rules.ALIVE, N_("Only a remark that is read or may be read has passages to hide.")
    )
    reason = admission_rules.check_reason(reason_code, admission_rules.HIDE_REASONS)
    words = admission_rules.check_words(typed(text, field="text", limit=DECISION_LIMIT))
    hidden = sealing.hidden_spans(comment.id)
    attached = hiding.files_of(comment, files)
    meant = hiding.chosen(sealing.original(comment), spans, quote, hidden, files=attached)

    if admission_rules.two_to_hide(deciding.body_of(comment).kind):
        payload = {"spans": hiding.written(meant, attached), "reason": reason.value, "text": words}
        hiding.propose(actor, comment, hiding.PASSAGES, payload, now)
        return False
    hiding.hide(actor, comment, meant, reason, words, files=attached, now=now)
    return True


@atomic()
def restore(actor: Actor, comment_id: int, hiding_id: int, *, now: datetime) -> Hiding:
    """Let passages be read again that were hidden by mistake; whoever hid them does not judge that alone."""
    comment = deciding.for_decision(actor, comment_id)
    done = db.session.get(Hiding, hiding_id, populate_existing=True)
    if done is None or done.comment_id != comment.id:
        raise NotFound()
    if done.lifted_at is not None:
        raise Conflict(N_("These passages can be read again already."), code="lifted")
    admission_rules.check_another(actor.person_id, done.person_id)

    done.lifted_at, done.lifted_by_id = now, actor.person_id
    db.session.flush()
    sealing.rewrite(comment, sealing.original(comment))
    attach.show(actor, sealing.files_in(done.spans), now=now)

    record(PassageRestored(comment.consultation_id, comment.id, comment.number or 0, done.id), actor=actor, now=now)
    return done
