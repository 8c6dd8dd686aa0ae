"""How many remarks of a consultation were answered, and how."""

from __future__ import annotations

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.queries import published_for_all
from portal.drafting.rules import Outcome


def outcomes(consultation_id: int) -> dict[Outcome, int]:
    """Published answers by outcome."""
    rows = db.session.execute(
        sa.select(Answer.outcome, sa.func.count())
        .join(Comment, Comment.id == Answer.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.consultation_id == consultation_id, *published_for_all())
        .group_by(Answer.outcome)
    )
    return {outcome: count for outcome, count in rows if outcome is not None}
