"""Choose more places that a point of a draft speaks of, in paragraphs other than its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from portal.comments import anchors, drafts
from portal.comments.models import Consultation
from portal.comments.passages import Passage, check_number
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def choose(
    actor: Actor, comment_id: int, among: Iterable[str], chosen: Iterable[Passage], *, submission_id: int, now: datetime
) -> int:
    """Put the choice in the place of what was chosen among the same paragraphs before; the rest stays as it is.

    Art. 9, 12: what else the same remark speaks of. Returns how many passages the point has now.
    """
    submission, comment = drafts.point_for_update(actor, comment_id)
    if submission.id != submission_id:
        raise NotFound()
    require(actor, Permission.COMMENT_DRAFT, submission)
    drafts.check_draft(submission)
    consultation = db.session.get_one(Consultation, submission.consultation_id)
    drafts.check_writable(actor, consultation, now)

    shown, before = set(among), drafts.passages_of(comment)
    wanted = [*(p for p in before if p.paragraph not in shown), *(p for p in chosen if p.paragraph in shown)]
    check_number(len(wanted))
    own = anchors.own_paragraph(comment.paragraph_id)
    found = anchors.resolved(consultation.version_id, wanted, own)
    if anchors.named(found) != before:
        anchors.put(comment, found)
        comment.revision += 1
        submission.revision += 1
        submission.saved_at = now
    return len(found)
