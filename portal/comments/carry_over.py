"""Carry a draft over to the consultation on a newer version: each point to the same place, its words found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from portal.comments import anchors, drafts
from portal.comments.models import Anchor, Comment, Consultation
from portal.comments.passages import Selector, refound, selector, whole
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, PlanVersion, Section

Placed = TypeVar("Placed", Action, Section, Paragraph)


@dataclass(frozen=True)
class Carried:
    """How the points arrived."""

    found: int
    to_review: tuple[int, ...]  # points whose place or words are not there any more: somebody must look


@atomic()
def carry_over(actor: Actor, submission_id: int, consultation_id: int, *, now: datetime) -> Carried:
    """Move every point; what is not found again is left at the next larger place and named, never guessed.

    Art. 32 c.2-5: paragraphs keep their keys from version to version.
    """
    submission = drafts.draft_for_update(actor, submission_id)
    require(actor, Permission.COMMENT_DRAFT, submission)
    target = db.session.get(Consultation, consultation_id)
    if target is None:
        raise NotFound()
    drafts.check_writable(actor, target, now)
    _check_later(submission.consultation.version, target.version)

    review = tuple(comment.id for comment in submission.comments if not _moved(comment, target))
    submission.consultation = target
    submission.revision += 1
    submission.saved_at = now
    db.session.flush()
    return Carried(len(submission.comments) - len(review), review)


def _check_later(old: PlanVersion, new: PlanVersion) -> None:
    if old.plan_id != new.plan_id or new.number <= old.number:
        raise Conflict(N_("A draft is only carried over to a newer version of the same plan."), code="not_newer")


def _moved(comment: Comment, target: Consultation) -> bool:
    """Move one point; True if its place and all its words were found again."""
    version = target.version_id
    chosen, complete = _chosen(comment.anchors, version)
    action, section = _same(Action, comment.action, version), _same(Section, comment.section, version)
    own = _same(Paragraph, comment.paragraph, version)
    if own is not None and (own.action_id, own.section_id) != (action and action.id, section and section.id):
        own = None  # the paragraph now stands under another action: a person says whether the point goes with it
    complete = complete and all(
        (old is None) == (new is None)
        for old, new in ((comment.action, action), (comment.section, section), (comment.paragraph, own))
    )
    comment.consultation_id = target.id
    comment.action, comment.section, comment.paragraph = action, section, own
    comment.paragraph_id = own.id if own else None
    anchors.put(
        comment, [(paragraph, words) for paragraph, words in chosen if words.unit == "quote" or paragraph is not own]
    )
    comment.revision += 1
    return complete


def _chosen(rows: list[Anchor], version: int) -> tuple[list[tuple[Paragraph, Selector]], bool]:
    """The passages in the new text, and whether all were found."""
    found: list[tuple[Paragraph, Selector]] = []
    complete = True
    for row in rows:
        there = _same(Paragraph, row.paragraph, version)
        words = _again(row, there) if there else None
        complete = complete and words is not None
        if there and words:
            found.append((there, words))
    return found, complete


def _again(row: Anchor, there: Paragraph) -> Selector | None:
    if row.unit == "whole":
        return whole(there.key, there.text)
    at = refound(selector(row.paragraph.key, row.paragraph.text, row.start, row.end), there.text)
    return selector(there.key, there.text, *at) if at else None


def _same(table: type[Placed], old: Placed | None, version: int) -> Placed | None:
    """The row of the new version that is the same thing: keys are for ever."""
    if old is None:
        return None
    return db.session.scalar(sa.select(table).where(table.version_id == version, table.key == old.key))
