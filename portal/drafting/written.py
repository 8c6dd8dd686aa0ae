"""What a person has written for a body or an office, for the copy of their own data (Reg. (EU) 2016/679, art. 15)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.comments.models import AdmissionDecision, Comment, Submission, SubmissionNote
from portal.db import db
from portal.drafting.models import AnswerDraft, AnswerRevision, InternalNote, SavedView
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.territory.models import Body


def written_by(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Remarks begun or signed, and the notes, decisions and answers of the person; plain values, ready for JSON."""
    require(actor, Permission.SIGNED_IN)
    who = actor.person_id
    return {
        "remarks": _remarks(who),
        "notes_on_drafts": _texts(
            sa.select(SubmissionNote.at, SubmissionNote.text, SubmissionNote.submission_id.label("submission"))
            .where(SubmissionNote.person_id == who)
            .order_by(SubmissionNote.id)
        ),
        "decisions": _texts(
            sa.select(
                AdmissionDecision.decided_at.label("at"),
                AdmissionDecision.text,
                AdmissionDecision.admitted,
                Comment.number.label("remark"),
            )
            .join(Comment, Comment.id == AdmissionDecision.comment_id)
            .where(AdmissionDecision.person_id == who)
            .order_by(AdmissionDecision.id)
        ),
        "answers": _texts(
            sa.select(AnswerRevision.at, AnswerRevision.text, AnswerRevision.answer_id.label("answer"))
            .where(AnswerRevision.person_id == who)
            .order_by(AnswerRevision.id)
        ),
        "internal_notes": _texts(
            sa.select(InternalNote.at, InternalNote.text, Comment.number.label("remark"))
            .join(Comment, Comment.id == InternalNote.comment_id)
            .where(InternalNote.person_id == who)
            .order_by(InternalNote.id)
        ),
        "answers_begun": _texts(
            sa.select(AnswerDraft.saved_at.label("at"), AnswerDraft.text, Comment.number.label("remark"))
            .join(Comment, Comment.id == AnswerDraft.comment_id)
            .where(AnswerDraft.person_id == who)
            .order_by(Comment.number)
        ),
        "views": _texts(
            sa.select(SavedView.made_at.label("at"), SavedView.name, SavedView.filters)
            .where(SavedView.person_id == who)
            .order_by(SavedView.id)
        ),
    }


def _remarks(who: int | None) -> list[dict[str, Any]]:
    rows = db.session.execute(
        sa.select(
            Submission.state,
            Submission.code,
            Submission.submitted_at,
            Submission.person_id,
            Submission.signed_person_id,
            Body.name,
            Comment.number,
            Comment.kind,
            Comment.observation,
            Comment.proposed_text,
            Comment.reasons,
        )
        .join(Comment, Comment.submission_id == Submission.id)
        .join(Body, Body.id == Submission.body_id)
        .where(sa.or_(Submission.person_id == who, Submission.signed_person_id == who))
        .order_by(Submission.id, Comment.position)
    )
    return [
        {
            "body": row.name,
            "begun": row.person_id == who,
            "signed": row.signed_person_id == who,
            "state": row.state.value,
            "receipt": row.code,
            "sent": row.submitted_at.isoformat() if row.submitted_at else None,
            "number": row.number,
            "kind": row.kind.value,
            "observation": row.observation,
            "proposed_text": row.proposed_text,
            "reasons": row.reasons,
        }
        for row in rows
    ]


def _texts(query: Any) -> list[dict[str, Any]]:
    return [{**row._mapping, "at": row.at.isoformat()} for row in db.session.execute(query)]
