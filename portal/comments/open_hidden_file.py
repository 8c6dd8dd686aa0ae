"""Open a file that was hidden: who did, and why, is kept."""

from __future__ import annotations

from datetime import datetime

from portal.comments import admission_rules, attachments, deciding
from portal.comments.admission_events import HiddenFileOpened
from portal.comments.admission_models import OriginalOpening
from portal.comments.attachments import Attached
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def open_hidden_file(actor: Actor, attachment_id: int, reason: str, *, now: datetime) -> Attached:
    """Hand out a hidden file, once, for a stated reason.

    Reg. (EU) 2016/679 art. 5 and 32: access to what was hidden leaves a trace.
    """
    found = attachments.attached(actor, attachment_id)
    comment = deciding.comment_for_update(found.comment_id)
    require(actor, Permission.ORIGINAL_OPEN, comment)
    if actor.person_id is None:
        raise Forbidden(N_("A person must do this: it cannot be done from the console."), code="needs_person")
    if not found.is_hidden:
        raise NotFound()
    words = admission_rules.check_words(
        typed(reason, field="reason", limit=admission_rules.WORDS_LIMIT), field="reason"
    )

    opening = OriginalOpening(
        comment_id=comment.id,
        reason=words,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        opened_at=now,
    )
    db.session.add(opening)
    db.session.flush()

    event = HiddenFileOpened(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        found.id,
        opening.id,
        commitment(words, comment.salt),
    )
    record(event, actor=actor, now=now)
    return found
