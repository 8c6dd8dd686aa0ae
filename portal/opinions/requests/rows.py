"""What reading requests to the Forum gives: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.conferences.rules import Organ
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind


@dataclass(frozen=True)
class ForumRequest:
    """A request; no due instant while the Forum waits for the Council."""

    id: int
    forum_id: int
    organ: Organ
    version_id: int
    version_number: int
    version_title: str
    version_hash: str
    subject: str
    act_number: str
    act_date: date
    received_at: datetime
    registered_at: datetime
    days: int
    extra_days: int
    due_at: datetime | None

    @property
    def number(self) -> int:
        """The number everybody knows it by."""
        return self.id


@dataclass(frozen=True)
class InterruptionRow:
    """What the Forum asked the Council for, and what arrived."""

    asked_at: datetime
    reason: str
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True)
class WithdrawalRow:
    """The act by which the Council took the request back."""

    act_number: str
    act_date: date
    reason: str
    withdrawn_at: datetime


@dataclass(frozen=True)
class ForumDocumentRow:
    """A document as it was frozen."""

    id: int
    request: int
    number: int
    kind: DocumentKind
    content: dict[str, Any]
    sha256: str
    drawn_at: datetime
    late: bool
    transmitted_at: datetime | None
    transmitted_to: str
    register_number: str


@dataclass(frozen=True)
class AnswerRow:
    """What the Council answers to a remark."""

    remark: int
    version: int
    outcome: AnswerOutcome
    reason: str
    answered_at: datetime
