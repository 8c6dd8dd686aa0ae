"""Read a sealed original: who did, and why, is kept."""

from __future__ import annotations

from datetime import datetime

from portal.comments import admission_rules, deciding, sealing
from portal.comments.admission_events import OriginalOpened
from portal.comments.admission_models import OriginalOpening, SealedOriginal
from portal.comments.sealing import Texts
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def open_original(actor: Actor, comment_id: int, reason: str, *, now: datetime) -> Texts:
    """Hand out the words as they were sent, once, for a stated reason.

    Reg. (EU) 2016/679 art. 5 and 32: access to what was hidden leaves a trace.
    """
    comment = deciding.comment_for_update(comment_id)
    require(actor, Permission.ORIGINAL_OPEN, comment)
    if actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    words = admission_rules.check_words(
        typed(reason, field="reason", limit=admission_rules.WORDS_LIMIT), field="reason"
    )
    sealed = db.session.get(SealedOriginal, comment.id)
    if sealed is None:
        raise NotFound()

    opening = OriginalOpening(
        comment_id=comment.id,
        reason=words,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        opened_at=now,
    )
    db.session.add(opening)
    db.session.flush()

    event = OriginalOpened(
        comment.consultation_id, comment.id, comment.number or 0, opening.id, commitment(words, comment.salt)
    )
    record(event, actor=actor, now=now)
    return sealing.texts_of(sealed)
