"""Report a public remark to the secretariat, and keep it after looking at it again."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import admission_rules, deciding
from portal.comments.admission_events import CommentKept, CommentReported
from portal.comments.admission_models import Report, Review
from portal.comments.models import Comment
from portal.comments.rules import DECISION_LIMIT, ReasonCode
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import commitment
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@atomic()
def report(actor: Actor, number: int, reason_code: ReasonCode | None, text: str, *, now: datetime) -> Report:
    """Ask that a remark which everybody can read be looked at again; sent twice, it is one report.

    Statute art. 9 and 12: readers say what breaks the rules, and the secretariat says what it did.
    """
    require(actor, Permission.SIGNED_IN)
    comment_id = db.session.execute(sa.select(Comment.id).where(Comment.number == number)).scalar_one_or_none()
    comment = deciding.comment_for_update(comment_id or 0)
    if not deciding.is_public(comment):
        raise NotFound()
    reason = admission_rules.check_reason(reason_code, admission_rules.REPORT_REASONS)
    words = admission_rules.check_words(typed(text, field="text", limit=admission_rules.WORDS_LIMIT))
    already = _open(comment.id, actor.person_id)
    if already is not None:
        return already

    made = Report(
        comment_id=comment.id,
        reason_code=reason,
        text=words,
        person_id=actor.person_id,
        mandate_id=deciding.mandate_of(actor),
        reported_at=now,
    )
    db.session.add(made)
    db.session.flush()

    record(CommentReported(comment.consultation_id, comment.id, number, made.id, reason.value), actor=actor, now=now)
    return made


def _open(comment_id: int, person_id: int | None) -> Report | None:
    waiting = (Report.comment_id == comment_id, Report.person_id == person_id, Report.review_id.is_(None))
    return db.session.execute(sa.select(Report).where(*waiting)).scalar_one_or_none()


@atomic()
def keep(actor: Actor, comment_id: int, text: str, *, now: datetime) -> Review:
    """Look at what was reported and leave the remark as it is, saying why.

    Statute art. 12: keeping is a decision as well, and stands in the register.
    """
    comment = deciding.for_decision(actor, comment_id)
    admission_rules.check_state(
        comment.state, admission_rules.ALIVE, N_("Nobody reads this remark any more: there is nothing to keep.")
    )
    words = admission_rules.check_words(typed(text, field="kept_text", limit=DECISION_LIMIT), field="kept_text")
    waiting = (Report.comment_id == comment.id, Report.review_id.is_(None))
    if not db.session.execute(sa.select(Report.id).where(*waiting)).first():
        raise Conflict(N_("No report waits on this remark: a colleague may have dealt with it."), code="no_report")

    done, number = deciding.review(actor, comment.id, kept=True, text=words, now=now)
    assert done is not None
    told = CommentKept(
        comment.consultation_id, comment.id, comment.number or 0, done.id, number, commitment(words, comment.salt)
    )
    record(told, actor=actor, now=now)
    return done
