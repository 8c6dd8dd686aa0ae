"""Statute art. 8-9: what a receipt commits to when it is given, and the code under which it is found again."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from portal.comments.anchors import without_own
from portal.comments.models import Comment, Submission
from portal.comments.passages import selector, whole
from portal.kernel.offices import Office
from portal.territory.models import Body

FORMAT = "parere-receipt/2"  # 1 had no passages and no files; what it was given to is checked alike
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: what is read aloud or copied by hand stays the same


def new_code() -> str:
    """Eight characters that nobody can guess, such as K7QF-2M9D."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def tidy_code(text: str) -> str:
    """A code as people type it, brought to the form in which it is kept."""
    plain = "".join(text.upper().split()).replace("-", "")
    return f"{plain[:4]}-{plain[4:]}"


def content_of(
    submission: Submission,
    office: Office | None,
    now: datetime,
    *,
    attached: dict[int, list[dict[str, Any]]],
    letter: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything the receipt's hash commits to: who, when, on which exact wording, every word written, every file.

    `letter` tells by which way it came, where the secretariat registered it on behalf of the body.
    """
    consultation = submission.consultation
    version = consultation.version
    return {
        "format": FORMAT,
        "number": submission.number,
        "received_at": now,
        "late": submission.is_late,
        "body": _body(submission.body),
        "office": office.value if office else None,
        "on_behalf": letter,
        "consultation": {
            "id": consultation.id,
            "title": consultation.title,
            "opens_at": consultation.opens_at,
            "deadline_at": consultation.deadline_at,
        },
        "version": {"plan": version.plan.slug, "number": version.number, "text_sha256": version.text_hash},
        "comments": [_comment(comment, attached.get(comment.id, [])) for comment in submission.comments],
    }


def _body(body: Body) -> dict[str, Any]:
    return {"key": body.key, "kind": body.kind.value, "name": body.name, "istat_code": body.istat_code}


def _comment(comment: Comment, attached: list[dict[str, Any]]) -> dict[str, Any]:
    paragraph = comment.paragraph
    return {
        "number": comment.number,
        "kind": comment.kind.value,
        "action": comment.action.code if comment.action else None,
        "section": comment.section.code if comment.section else None,
        "paragraph": paragraph.key if paragraph else None,
        "wording": {"exact": paragraph.text, "sha256": paragraph.text_hash} if paragraph else None,
        "passages": _passages(comment),
        "observation": comment.observation,
        "proposed_text": comment.proposed_text,
        "reasons": comment.reasons,
        "territory": [body.key for body in comment.territory],
        "attachments": attached,
    }


def _passages(comment: Comment) -> list[dict[str, Any]]:
    chosen = [(a.paragraph, selector(a.paragraph.key, a.paragraph.text, a.start, a.end)) for a in comment.anchors]
    if comment.paragraph and without_own(comment):
        chosen.insert(0, (comment.paragraph, whole(comment.paragraph.key, comment.paragraph.text)))
    return [{**asdict(words), "sha256": paragraph.text_hash} for paragraph, words in chosen]
