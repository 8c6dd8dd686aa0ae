"""Attach: a file goes with a remark while that is a draft; afterwards it is only ever hidden."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.comments import drafts
from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment, Consultation, Submission
from portal.db import atomic, db, upsert
from portal.files import receive
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.receive import Progress
from portal.files.rules import COUNT_LIMIT, tidy_name
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def announce(actor: Actor, comment_id: int, client_key: str, name: str, size: int, *, now: datetime) -> Progress | int:
    """Begin to send a file, or go on; one that is attached under this key already is told by its number."""
    submission = _draft(actor, comment_id, now)
    known = _under_key(comment_id, client_key)
    if known:
        return known
    _check_count(submission)
    return receive.begin(actor, purpose(comment_id), client_key, name, size, now=now)


@atomic()
def attach(
    actor: Actor, comment_id: int, found: Examined, name: str, client_key: str, *, store: Store, now: datetime
) -> int:
    """Attach a file that was looked at and return its number; the same file again is the same attachment.

    Statute art. 12-13: it belongs to the remark, is public when the remark is, and its fingerprint is in the receipt.
    """
    submission = _draft(actor, comment_id, now)
    known = _under_key(comment_id, client_key) or _same(comment_id, found.sha256)
    if known:
        return known
    _check_count(submission)
    values = {
        "comment_id": comment_id,
        "submission_id": submission.id,
        "sha256": keep(store, found, now=now),
        "name": tidy_name(name, found.kind),
        "client_key": client_key,
        "person_id": actor.person_id,
        "added_at": now,
    }
    new_id: int = db.session.execute(upsert(Attachment).values(**values).returning(Attachment.id)).scalar_one()
    _changed(submission, now)
    return new_id


@atomic()
def remove(actor: Actor, attachment_id: int, *, now: datetime) -> int:
    """Take a file away from a draft and return its remark; the file itself is collected later."""
    comment_id = db.session.execute(
        sa.select(Attachment.comment_id).where(Attachment.id == attachment_id)
    ).scalar_one_or_none()
    if comment_id is None:
        raise NotFound()
    submission = _draft(actor, comment_id, now)
    db.session.execute(sa.delete(Attachment).where(Attachment.id == attachment_id))
    _changed(submission, now)
    return comment_id


def purpose(comment_id: int) -> str:
    """For what a file on its way is meant."""
    return f"comment:{comment_id}"


def _draft(actor: Actor, comment_id: int, now: datetime) -> Submission:
    submission, comment = drafts.point_for_update(actor, comment_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    drafts.check_draft(submission)
    drafts.check_writable(actor, db.session.get_one(Consultation, comment.consultation_id), now)
    return submission


def _under_key(comment_id: int, client_key: str) -> int | None:
    return _one(Attachment.comment_id == comment_id, Attachment.client_key == client_key)


def _same(comment_id: int, sha256: str) -> int | None:
    return _one(Attachment.comment_id == comment_id, Attachment.sha256 == sha256)


def _one(*which: sa.ColumnElement[bool]) -> int | None:
    return db.session.execute(sa.select(Attachment.id).where(*which)).scalar_one_or_none()


def _check_count(submission: Submission) -> None:
    count = db.session.execute(
        sa.select(sa.func.count()).select_from(Attachment).where(Attachment.submission_id == submission.id)
    ).scalar_one()
    if count >= COUNT_LIMIT:
        raise Conflict(
            N_("A submission holds at most %(limit)d files: remove one first, or send a second submission."),
            code="too_many_files",
            limit=COUNT_LIMIT,
        )


def _changed(submission: Submission, now: datetime) -> None:
    submission.revision += 1
    submission.saved_at = now


@atomic()
def hide(actor: Actor, attachment_ids: list[int], *, now: datetime) -> list[int]:
    """Art. 12: what holds other people's data is for author and secretariat alone from now on; returns which changed.

    Called by the verb that hides a passage, which also writes it down.
    """
    found = db.session.execute(
        sa.select(Attachment, Comment)
        .join(Comment, Comment.id == Attachment.comment_id)
        .where(Attachment.id.in_(attachment_ids), Attachment.hidden_at.is_(None))
        .with_for_update(of=Attachment)
    ).all()
    for attachment, comment in found:
        require(actor, Permission.COMMENT_DECIDE, comment)
        attachment.hidden_at = now
    return [attachment.id for attachment, _ in found]


@atomic()
def show(actor: Actor, attachment_ids: list[int], *, now: datetime) -> list[int]:
    """Let files be had again that were hidden by mistake; returns which changed. Called by the verb that restores."""
    found = db.session.execute(
        sa.select(Attachment, Comment)
        .join(Comment, Comment.id == Attachment.comment_id)
        .where(Attachment.id.in_(attachment_ids), Attachment.hidden_at <= now)
        .with_for_update(of=Attachment)
    ).all()
    for attachment, comment in found:
        require(actor, Permission.COMMENT_DECIDE, comment)
        attachment.hidden_at = None
    return [attachment.id for attachment, _ in found]
