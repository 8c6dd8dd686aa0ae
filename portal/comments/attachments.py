"""Reading what is attached to remarks: through the one condition on what a reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment, Consultation
from portal.comments.rules import Reader
from portal.comments.visibility import Condition, reader_of, visible_clause
from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import FileKind
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound


@dataclass(frozen=True)
class Attached:
    """A file that goes with a remark, as its reader sees it."""

    id: int
    comment_id: int
    name: str
    kind: FileKind
    size: int
    sha256: str
    is_hidden: bool

    @property
    def is_picture(self) -> bool:
        """True for what can be looked at as a picture."""
        return self.kind is not FileKind.PDF


def readable(actor: Actor) -> Condition:
    """When a reader may have a file: with its remark, unless it was hidden. Join Attachment, Comment, Consultation."""
    if reader_of(actor) is Reader.SECRETARIAT:
        return visible_clause(actor)
    own = actor.acting.body_id if actor.acting else None
    is_own = Comment.body_id == own if own is not None and reader_of(actor, own) is Reader.OWN_BODY else sa.false()
    return sa.and_(visible_clause(actor), sa.or_(Attachment.hidden_at.is_(None), is_own))


def _select(actor: Actor) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        Attachment.id,
        Attachment.comment_id,
        Attachment.name,
        StoredFile.kind,
        StoredFile.size,
        StoredFile.sha256,
        Attachment.hidden_at.is_not(None),
    )
    return (
        sa.select(*columns)
        .select_from(Attachment)
        .join(StoredFile, StoredFile.sha256 == Attachment.sha256)
        .join(Comment, Comment.id == Attachment.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(readable(actor))
        .order_by(Attachment.id)
    )


def of_remarks(actor: Actor, comment_ids: Iterable[int]) -> dict[int, list[Attached]]:
    """The files that go with some remarks, as far as the reader may have them."""
    ids, found = list(comment_ids), dict[int, list[Attached]]()
    for row in db.session.execute(_select(actor).where(Attachment.comment_id.in_(ids))) if ids else ():
        found.setdefault(row[1], []).append(Attached(*row))
    return found


def of_remark(actor: Actor, comment_id: int) -> list[Attached]:
    """The files that go with one remark."""
    return of_remarks(actor, [comment_id]).get(comment_id, [])


def of_submission(actor: Actor, submission_id: int) -> dict[int, list[Attached]]:
    """The files of one submission, by the public number of the remark or, in a draft, by its id."""
    found: dict[int, list[Attached]] = {}
    query = _select(actor).add_columns(sa.func.coalesce(Comment.number, Comment.id))
    for *row, key in db.session.execute(query.where(Attachment.submission_id == submission_id)):
        found.setdefault(key, []).append(Attached(*row))
    return found


def needs_reason(actor: Actor, found: Attached) -> bool:
    """True if opening the file leaves a trace: it was hidden, and the reader is not its author."""
    return found.is_hidden and reader_of(actor) is Reader.SECRETARIAT


def attached(actor: Actor, attachment_id: int) -> Attached:
    """One file; nothing is there for who may not have it."""
    row = db.session.execute(_select(actor).where(Attachment.id == attachment_id)).one_or_none()
    if row is None:
        raise NotFound()
    return Attached(*row)
