"""Make the index anew from the texts, part by part: work goes on meanwhile, and it can be begun again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.comments.models import Comment
from portal.db import atomic, db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.plan.models import Action, Paragraph, PlanVersion, Section
from portal.plan.rules import VersionState
from portal.search import index, texts
from portal.search.models import Document
from portal.search.rules import Kind
from portal.search.texts import Text

PART = 500
_SOURCES: dict[Kind, Any] = {
    Kind.SECTION: Section,
    Kind.ACTION: Action,
    Kind.PARAGRAPH: Paragraph,
    Kind.REMARK: Comment,
    Kind.ANSWER: Answer,
}


@dataclass(frozen=True)
class Report:
    """What was found to be missing or different, and what stood there without a text."""

    documents: int
    written: int
    removed: int

    @property
    def was_complete(self) -> bool:
        """True if there was nothing to do."""
        return not self.written and not self.removed


def reindex() -> Report:
    """Bring the index in step with every text; what is right already stays as it is."""
    removed = _remove_strays()
    written = sum(_version(version_id) for version_id in _versions())
    written += _in_parts(Comment.id, texts.of_remarks) + _in_parts(Answer.id, texts.of_answers)
    return Report(db.session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0, written, removed)


def is_empty() -> bool:
    """True if nothing was ever indexed although there are public texts: after an upgrade from an earlier program."""
    return db.session.scalar(sa.select(Document.id).limit(1)) is None and bool(_versions())


def _versions() -> list[int]:
    published = PlanVersion.state != VersionState.DRAFT
    return list(db.session.scalars(sa.select(PlanVersion.id).where(published).order_by(PlanVersion.id)))


@atomic()
def _version(version_id: int) -> int:
    return index.put(texts.of_version(version_id))


def _in_parts(key: Any, read: Callable[..., list[Text]]) -> int:
    """Part after part by key: a part is what one transaction writes."""
    last, written = db.session.scalar(sa.select(sa.func.max(key))) or 0, 0
    for start in range(0, last, PART):
        written += _part(read, key > start, key <= start + PART)
    return written


@atomic()
def _part(read: Callable[..., list[Text]], *where: Any) -> int:
    return index.put(read(*where))


@atomic()
def _remove_strays() -> int:
    """Documents whose text is gone."""
    strays = [document_id for kind in Kind for document_id in db.session.scalars(_stray(kind))]
    for at in range(0, len(strays), PART):
        index.remove(strays[at : at + PART])
    return len(strays)


def _stray(kind: Kind) -> sa.Select[int]:
    source = _SOURCES[kind]
    stands = sa.select(source.id).where(source.id == Document.ref)
    if kind is Kind.ANSWER:
        stands = stands.where(Answer.state == AnswerState.PUBLISHED)
    return sa.select(Document.id).where(Document.kind == kind, ~stands.exists())
