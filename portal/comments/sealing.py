"""Hide words of a remark and bring them back: its columns hold what anybody may read, the original is sealed beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.comments import masks
from portal.comments.admission_models import Hiding, SealedOriginal
from portal.comments.masks import FILE, PARTS, Span
from portal.comments.models import Comment
from portal.db import db
from portal.kernel import canonical

Texts = dict[str, str]


def texts_of(row: Any) -> Texts:
    """The three parts of a remark, or of its sealed original."""
    return {part: getattr(row, part) for part in PARTS}


def original(comment: Comment) -> Texts:
    """The words as they were sent."""
    sealed = db.session.get(SealedOriginal, comment.id)
    return texts_of(sealed or comment)


def sealed_among(comment_ids: Collection[int]) -> dict[int, Texts]:
    """The sealed words of those of these remarks that have any."""
    rows = db.session.execute(sa.select(SealedOriginal).where(SealedOriginal.comment_id.in_(comment_ids))).scalars()
    return {row.comment_id: texts_of(row) for row in rows}


def seal(comment: Comment, now: datetime) -> Texts:
    """Put the original away before the first passage is hidden; returns it."""
    sealed = db.session.get(SealedOriginal, comment.id)
    if sealed is None:
        sealed = SealedOriginal(comment_id=comment.id, **texts_of(comment), sealed_at=now)
        db.session.add(sealed)
        db.session.flush()
    return texts_of(sealed)


def hidden_spans(comment_id: int) -> list[Span]:
    """Every passage that is hidden now."""
    rows = db.session.execute(
        sa.select(Hiding.spans).where(Hiding.comment_id == comment_id, Hiding.lifted_at.is_(None))
    ).scalars()
    return [span for spans in rows for span in passages_in(spans)]


def passages_in(spans: Sequence[Sequence[Any]]) -> list[Span]:
    """The passages of a text among what was hidden together."""
    return [Span(str(part), int(start), int(end)) for part, start, end in spans if part in PARTS]


def files_in(spans: Sequence[Sequence[Any]]) -> list[int]:
    """The attachments among what was hidden together."""
    return [int(number) for part, number, _ in spans if part == FILE]


def rewrite(comment: Comment, texts: Mapping[str, str]) -> None:
    """Overwrite the columns with what anybody may read."""
    for part, text in masks.masked_texts(texts, hidden_spans(comment.id)).items():
        setattr(comment, part, text)
    db.session.flush()


def commitment(comment: Comment, texts: Mapping[str, str]) -> str:
    """A salted hash of the original: proves it later and says nothing now."""
    return canonical.commitment(canonical.encode(dict(texts)).decode(), comment.salt)
