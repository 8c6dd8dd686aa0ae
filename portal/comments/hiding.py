"""What the acts that hide share: the request that waits for a second person, and hiding itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import two_persons
from portal.accounts.models import SecondPersonRequest
from portal.comments import admission_rules, attach, deciding, masks, sealing
from portal.comments.admission_events import HidingProposed
from portal.comments.admission_models import Hiding
from portal.comments.attachment_models import Attachment
from portal.comments.events import PassageHidden
from portal.comments.masks import FILE, PARTS, Span
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


def chosen(
    texts: Texts, spans: Sequence[Span], quote: str, hidden: Sequence[Span], *, files: Sequence[int] = ()
) -> list[Span]:
    """The passages that are meant: those that were ticked, and every place where the quoted words stand.

    There must be some, unless files are to be hidden.
    """
    found = {span for span in spans if masks.fits(span, texts)}
    if len(found) < len(set(spans)):
        raise Invalid(N_("A passage lies outside the text: choose it again."), code="beyond", field="sentences")
    if quote.strip():
        found_at = [span for part in PARTS for span in masks.occurrences(part, texts[part], quote)]
        places = [span for span in found_at if not _touches(span, hidden)]  # nobody guesses at what is hidden
        if not places:
            raise Invalid(N_("These words do not stand in the remark: copy them as they are."), field="quote")
        found.update(places)
    fresh = sorted(span for span in found if not _covered(span, hidden))
    if not fresh and not files:
        message = N_("This passage is hidden already.") if found else N_("Choose what to hide: sentences, or words.")
        raise Invalid(message, code="nothing", field="sentences")
    if len(fresh) > admission_rules.MOST_SPANS:
        raise Invalid(N_("These are too many passages at once: do not admit the remark instead."), field="sentences")
    return fresh


def files_of(comment: Comment, chosen_ids: Sequence[int]) -> list[int]:
    """The attachments that are meant: those of this remark that are not hidden yet."""
    own = db.session.execute(
        sa.select(Attachment.id).where(
            Attachment.comment_id == comment.id, Attachment.id.in_(chosen_ids), Attachment.hidden_at.is_(None)
        )
    ).scalars()
    found = sorted(own)
    if len(found) < len(set(chosen_ids)):
        raise Invalid(N_("This file is hidden already, or does not go with this remark."), code="file", field="files")
    return found


def written(spans: Sequence[Span], files: Sequence[int]) -> list[list[Any]]:
    """What is hidden together, as it is kept."""
    return [*([s.part, s.start, s.end] for s in spans), *([FILE, number, 1] for number in files)]


def _touches(span: Span, hidden: Sequence[Span]) -> bool:
    return any(h.part == span.part and h.start < span.end and span.start < h.end for h in hidden)


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
    files: Sequence[int] = (),
) -> Hiding:
    """Seal the original if it is not yet, write the passages down, overwrite what anybody reads; files go with them."""
    texts = sealing.seal(comment, now) if spans else sealing.original(comment)
    done = Hiding(
        comment_id=comment.id,
        spans=written(spans, files),
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
    attach.hide(actor, list(files), now=now)
    deciding.review(actor, comment.id, kept=False, text="", now=now)
    event = PassageHidden(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        done.id,
        reason.value,
        len(done.spans),
        sealing.commitment(comment, texts),
    )
    record(event, actor=actor, now=now)
    return done
