"""What the acts that hide share: the request that waits for a second person, and hiding itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from portal.accounts import two_persons
from portal.accounts.models import SecondPersonRequest
from portal.comments import admission_rules, deciding, masks, sealing
from portal.comments.admission_events import HidingProposed
from portal.comments.admission_models import Hiding
from portal.comments.events import PassageHidden
from portal.comments.masks import PARTS, Span
from portal.comments.models import Comment
from portal.comments.rules import ReasonCode
from portal.comments.sealing import Texts
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.words import N_

PASSAGES, WHOLE = "comment.hide_passages", "comment.refuse"
KINDS = (PASSAGES, WHOLE)


def subject(comment_id: int) -> str:
    """Under what a request about a remark is filed."""
    return f"comment:{comment_id}"


def propose(actor: Actor, comment: Comment, kind: str, payload: dict[str, Any], now: datetime) -> SecondPersonRequest:
    """Leave the act to a second person; one request of a kind waits at a time."""
    if two_persons.waiting(subject(comment.id), kind, now=now):
        raise Conflict(N_("A colleague has asked for this already: confirm or decline it first."), code="waiting")
    request = two_persons.ask(actor, kind, subject(comment.id), payload, now=now, term=admission_rules.TO_CONFIRM)
    event = HidingProposed(
        comment.consultation_id, comment.id, comment.number or 0, request.id, kind, request.payload_hash
    )
    record(event, actor=actor, now=now)
    return request


def chosen(texts: Texts, spans: Sequence[Span], quote: str, hidden: Sequence[Span]) -> list[Span]:
    """The passages that are meant: those that were ticked, and every place where the quoted words stand."""
    found = {span for span in spans if masks.fits(span, texts)}
    if len(found) < len(set(spans)):
        raise Invalid(N_("A passage lies outside the text: choose it again."), code="beyond", field="sentences")
    if quote.strip():
        places = [span for part in PARTS for span in masks.occurrences(part, texts[part], quote)]
        if not places:
            raise Invalid(N_("These words do not stand in the remark: copy them as they are."), field="quote")
        found.update(places)
    fresh = sorted(span for span in found if not _covered(span, hidden))
    if not fresh:
        message = N_("This passage is hidden already.") if found else N_("Choose what to hide: sentences, or words.")
        raise Invalid(message, code="nothing", field="sentences")
    if len(fresh) > admission_rules.MOST_SPANS:
        raise Invalid(N_("These are too many passages at once: do not admit the remark instead."), field="sentences")
    return fresh


def _covered(span: Span, hidden: Sequence[Span]) -> bool:
    return any(h.part == span.part and h.start <= span.start and span.end <= h.end for h in hidden)


def hide(
    actor: Actor,
    comment: Comment,
    spans: Sequence[Span],
    reason: ReasonCode,
    words: str,
    *,
    now: datetime,
    proposed_by: int | None = None,
) -> Hiding:
    """Seal the original if it is not yet, write the passages down, overwrite what anybody reads."""
    texts = sealing.seal(comment, now)
    done = Hiding(
        comment_id=comment.id,
        spans=[[s.part, s.start, s.end] for s in spans],
        reason_code=reason,
        text=words,
        proposed_by_id=proposed_by,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        hidden_at=now,
    )
    db.session.add(done)
    db.session.flush()
    sealing.rewrite(comment, texts)
    deciding.review(actor, comment.id, kept=False, text="", now=now)
    event = PassageHidden(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        done.id,
        reason.value,
        len(spans),
        sealing.commitment(comment, texts),
    )
    record(event, actor=actor, now=now)
    return done
