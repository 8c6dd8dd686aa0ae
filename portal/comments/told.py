"""What the journal is told of a decision."""

from __future__ import annotations

from portal.comments.events import CommentAdmitted, CommentNotAdmitted
from portal.comments.models import AdmissionDecision, Comment
from portal.kernel.canonical import commitment


def decision_event(comment: Comment, decision: AdmissionDecision) -> CommentAdmitted | CommentNotAdmitted:
    """A decision by its number, its reason as a code, its words as a commitment."""
    if decision.reason_code is None:
        return CommentAdmitted(comment.consultation_id, comment.id, comment.number or 0, decision.id)
    return CommentNotAdmitted(
        comment.consultation_id,
        comment.id,
        comment.number or 0,
        decision.id,
        decision.reason_code.value,
        commitment(decision.text, comment.salt),
    )
