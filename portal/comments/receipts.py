"""Statute art. 8-9: what a receipt says to each reader, and how anybody can check it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.comments import sealing
from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.receipt_content import ALPHABET, tidy_code
from portal.comments.rules import SubmissionState
from portal.comments.visibility import visible_clause
from portal.db import db
from portal.journal.models import Entry
from portal.kernel import canonical
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.offices import BodyKind, Office
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.plan.models import Action, Paragraph, Plan, PlanVersion, Section
from portal.plan.rules import ParagraphKind
from portal.territory.models import Body

CONTENT_LIMIT = 4 * 2**20


@dataclass(frozen=True)
class ReceiptPoint:
    """One remark of a receipt; its wording is the plan's and public, its texts are for those who may read them."""

    id: int
    number: int
    kind: Any
    state: Any
    action_code: str | None
    action_title: str | None
    section_code: str | None
    section_title: str | None
    paragraph_key: str | None
    paragraph_number: int | None
    paragraph_kind: ParagraphKind | None
    wording: str | None
    visible: bool
    observation: str
    proposed_text: str
    reasons: str
    masked: bool = False  # a passage is hidden from the public
    complete: bool = True  # this reader has every word of it

    def uncovered(self, original: sealing.Texts | None, own: bool) -> ReceiptPoint:
        """The same with the words as they were sent, for the body that sent them; marked as masked for the others."""
        if original is None or original == sealing.texts_of(self):
            return self
        words: dict[str, Any] = original if own else {}
        return replace(self, masked=True, complete=own, **words)


@dataclass(frozen=True)
class Receipt:
    """What anybody who holds the code may know."""

    submission_id: int
    number: int
    code: str
    sha256: str
    submitted_at: datetime
    is_late: bool
    state: SubmissionState
    body_id: int
    body_key: str
    body_name: str
    body_kind: BodyKind
    office: Office | None
    consultation_id: int
    consultation_title: str
    deadline_at: datetime
    admission: Any
    plan_slug: str
    version_number: int
    journal_seq: int | None
    points: tuple[ReceiptPoint, ...] = ()

    @property
    def may_download(self) -> bool:
        """True if every text of it is for this reader's eyes."""
        return bool(self.points) and all(point.visible and point.complete for point in self.points)


def receipt(actor: Actor, code: str) -> Receipt:
    """The receipt under a code."""
    found = _under(actor, code)
    if not found:
        raise NotFound()
    return found[0]


def content(actor: Actor, code: str) -> str:
    """The canonical content, byte for byte, for those who may read every text in it."""
    found = receipt(actor, code)
    if not found.may_download:
        raise NotFound()
    text = db.session.execute(sa.select(Submission.canonical).where(Submission.id == found.submission_id)).scalar_one()
    return text or ""


def _under(actor: Actor, code: str) -> list[Receipt]:
    """The receipt under a code as somebody typed it; signs that no code has are not even looked for."""
    tidy = tidy_code(code)
    return _receipts(actor, Submission.code == tidy) if set(tidy) <= {*ALPHABET, "-"} else []


def _receipts(actor: Actor, which: sa.ColumnElement[bool]) -> list[Receipt]:
    rows: Any = db.session.execute(
        sa.select(
            Submission.id,
            Submission.number,
            Submission.code,
            Submission.sha256,
            Submission.submitted_at,
            Submission.is_late,
            Submission.state,
            Body.id,
            Body.key,
            Body.name,
            Body.kind,
            Mandate.office,
            Consultation.id,
            Consultation.title,
            Consultation.deadline_at,
            Consultation.admission,
            Plan.slug,
            PlanVersion.number,
            Submission.journal_seq,
        )
        .join(Body, Body.id == Submission.body_id)
        .outerjoin(Mandate, Mandate.id == Submission.signed_mandate_id)
        .join(Consultation, Consultation.id == Submission.consultation_id)
        .join(PlanVersion, PlanVersion.id == Consultation.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(which, Submission.submitted_at.is_not(None))
    ).all()
    found: list[tuple[Any, ...]] = [(*row, _points(actor, row[0], row[7])) for row in rows]
    return [Receipt(*values) for values in found]


def _points(actor: Actor, submission_id: int, body_id: int) -> tuple[ReceiptPoint, ...]:
    seen, texts = visible_clause(actor), (Comment.observation, Comment.proposed_text, Comment.reasons)
    rows: Any = db.session.execute(
        sa.select(
            Comment.id,
            Comment.number,
            Comment.kind,
            Comment.state,
            Action.code,
            Action.title,
            Section.code,
            Section.title,
            Paragraph.key,
            Paragraph.number,
            Paragraph.kind,
            Paragraph.text,
            sa.case((seen, True), else_=False),
            *(sa.case((seen, text), else_="") for text in texts),
        )
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .outerjoin(Action, Action.id == Comment.action_id)
        .outerjoin(Section, Section.id == Comment.section_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(Comment.submission_id == submission_id, Comment.number.is_not(None))
        .order_by(Comment.position)
    )
    points = [ReceiptPoint(*row) for row in rows]
    own = can(actor, Permission.COMMENT_READ_OWN, body_id)
    sealed = sealing.sealed_among([p.id for p in points if p.visible])
    lacking = set() if own or can(actor, Permission.COMMENT_READ_HIDDEN) else _with_hidden_files(submission_id)
    uncovered = (point.uncovered(sealed.get(point.id), own) for point in points)
    return tuple(replace(point, complete=point.complete and point.id not in lacking) for point in uncovered)


def _with_hidden_files(submission_id: int) -> set[int]:
    """Remarks of which a file is hidden now: its very name may be what nobody else should read."""
    hidden = (Attachment.submission_id == submission_id, Attachment.hidden_at.is_not(None))
    return set(db.session.execute(sa.select(Attachment.comment_id).where(*hidden)).scalars())


@dataclass(frozen=True)
class Check:
    """What a check found: the receipt it belongs to, and whether content and register agree."""

    receipt: Receipt | None
    asked: str  # code | hash | content
    sha256: str = ""
    in_register: bool = False  # the journal's entry holds the same hash and is itself untouched


def check(actor: Actor, given: str) -> Check:
    """Look up a code, a hash, or the canonical content itself."""
    text = given.strip().lstrip("\ufeff")
    if not text:
        raise Invalid(N_("Write a code, a fingerprint, or paste the content of the receipt."), field="given")
    if text.startswith("{"):
        return _found(actor, "content", fingerprint(text))
    if len(text) == 64 and all(c in "0123456789abcdef" for c in text.lower()):
        return _found(actor, "hash", text.lower())
    if len(tidy_code(text)) != 9:
        raise Invalid(N_("A code has eight characters, a fingerprint sixty-four."), field="given")
    rows = _under(actor, text)
    return Check(rows[0], "code", rows[0].sha256, in_register(rows[0])) if rows else Check(None, "code")


def fingerprint(text: str) -> str:
    """The hash of a content as it was written canonically, whatever spaces or order it has now."""
    try:
        return hashlib.sha256(canonical.encode(json.loads(text))).hexdigest()
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid(
            N_("This is not the content of a receipt: it cannot be read as JSON."), code="content", field="given"
        ) from error


def _found(actor: Actor, asked: str, sha256: str) -> Check:
    rows = _receipts(actor, Submission.sha256 == sha256)
    return Check(rows[0], asked, sha256, in_register(rows[0])) if rows else Check(None, asked, sha256)


def in_register(of: Receipt) -> bool:
    """True if the register's entry says the same hash and has not been touched."""
    entry = db.session.execute(
        sa.select(Entry).where(Entry.stream == f"consultation:{of.consultation_id}", Entry.seq == of.journal_seq)
    ).scalar_one_or_none()
    return (
        entry is not None
        and entry.computed_hash() == entry.hash
        and entry.facts.get("submission_id") == of.submission_id
        and entry.facts.get("sha256") == of.sha256
    )
