"""What submitting reads and writes, in few statements built once: a receipt must not make anybody wait."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.orm.attributes import set_committed_value

from portal.comments import anchors
from portal.comments.attachment_models import Attachment
from portal.comments.models import Anchor, Comment, Consultation, Submission
from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import MEDIA
from portal.plan.models import Action, Paragraph, Plan, PlanVersion
from portal.territory.models import Body

_AROUND = (
    sa.select(Consultation, PlanVersion, Plan, Body)
    .join(PlanVersion, PlanVersion.id == Consultation.version_id)
    .join(Plan, Plan.id == PlanVersion.plan_id)
    .join(Body, Body.id == sa.bindparam("body"))
    .where(Consultation.id == sa.bindparam("consultation"))
    .options(
        load_only(
            Consultation.version_id,
            Consultation.title,
            Consultation.opens_at,
            Consultation.deadline_at,
            Consultation.concluded_at,
            Consultation.admission,
            Consultation.body_kinds,
        ),
        load_only(PlanVersion.plan_id, PlanVersion.number, PlanVersion.text_hash),
        load_only(Plan.slug),
        load_only(Body.key, Body.kind, Body.name, Body.istat_code),
    )
    .with_for_update(read=True, of=Consultation)  # no deadline moves and nothing is concluded while this is received
    .execution_options(populate_existing=True)
)
_COMMENTS = (
    sa.select(Comment)
    .where(Comment.submission_id == sa.bindparam("submission"))
    .order_by(Comment.position)
    .options(
        joinedload(Comment.paragraph).load_only(Paragraph.key, Paragraph.text, Paragraph.text_hash),
        joinedload(Comment.action).load_only(Action.code),
        joinedload(Comment.territory).load_only(Body.key),
        joinedload(Comment.anchors)
        .joinedload(Anchor.paragraph)
        .load_only(Paragraph.key, Paragraph.text, Paragraph.text_hash),
    )
)
_ATTACHED = (
    sa.select(Attachment.comment_id, Attachment.name, StoredFile.kind, StoredFile.size, StoredFile.sha256)
    .join(StoredFile, StoredFile.sha256 == Attachment.sha256)
    .where(Attachment.submission_id == sa.bindparam("submission"))
    .order_by(Attachment.id)
)
_WRITTEN = (
    "state",
    "code",
    "number",
    "submitted_at",
    "is_late",
    "signed_person_id",
    "signed_mandate_id",
    "canonical",
    "sha256",
    "journal_seq",
)
_submissions: Any = Submission.__table__
_comments: Any = Comment.__table__
_SUBMISSION = (
    sa.update(_submissions)
    .where(_submissions.c.id == sa.bindparam("row"))
    .values({name: sa.bindparam(f"new_{name}") for name in _WRITTEN})
)
_COMMENT = (
    sa.update(_comments)
    .where(_comments.c.id == sa.bindparam("row"))
    .values(number=sa.bindparam("new_number"), state=sa.bindparam("new_state"))
)
_ANCHOR: Any = sa.insert(Anchor.__table__)  # type: ignore[arg-type]


def gather(submission: Submission) -> None:
    """Read everything the receipt speaks of."""
    wanted = {"body": submission.body_id, "consultation": submission.consultation_id}
    consultation, version, plan, body = db.session.execute(_AROUND, wanted).one()
    put(version, plan=plan)
    put(consultation, version=version)
    comments = db.session.scalars(_COMMENTS, {"submission": submission.id}).unique().all()
    put(submission, consultation=consultation, body=body, comments=list(comments))


def attached(submission_id: int) -> dict[int, list[dict[str, Any]]]:
    """What is attached to each remark, as the receipt says it."""
    found: dict[int, list[dict[str, Any]]] = {}
    for comment_id, name, kind, size, sha256 in db.session.execute(_ATTACHED, {"submission": submission_id}):
        told = {"name": name, "media_type": MEDIA[kind], "size": size, "sha256": sha256}
        found.setdefault(comment_id, []).append(told)
    return found


def put(row: Any, **values: Any) -> None:
    """Give a row values that `store` will write."""
    for name, value in values.items():
        set_committed_value(row, name, value)


def store(submission: Submission) -> None:
    """Write the submission and its remarks; one that has not said which words it speaks of speaks of all of them."""
    values = {f"new_{name}": getattr(submission, name) for name in _WRITTEN}
    db.session.execute(_SUBMISSION, {"row": submission.id, **values})
    rows = [{"row": c.id, "new_number": c.number, "new_state": c.state} for c in submission.comments]
    db.session.connection().execute(_COMMENT, rows)
    whole = [
        {"comment_id": comment.id, **anchors.whole_of(comment.paragraph)}
        for comment in submission.comments
        if comment.paragraph and anchors.without_own(comment)
    ]
    if whole:
        db.session.connection().execute(_ANCHOR, whole)
