"""What pages are given of proposals and of the Forum's document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.forum.rules import ForumKey
from portal.kernel.offices import ForumCategory
from portal.opinions.proposals.rules import Answer, Facts


@dataclass(frozen=True)
class ProposalRow:
    """A proposal; without a body it is the Forum's own, by its secretary."""

    number: int
    forum_id: int
    forum: ForumKey
    body_id: int | None
    body_key: str | None
    body_name: str | None
    title: str
    text: str
    reason: str
    text_hash: str
    written_at: datetime
    changed_at: datetime
    approved_at: datetime | None
    poll_id: int | None
    sent_on: date | None
    sent_register: str
    agenda_on: date | None
    agenda_reference: str
    agenda_sitting_id: int | None
    decided_on: date | None
    answer: Answer | None
    decision_reason: str
    decision_act: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    facts: Facts


@dataclass(frozen=True)
class SupporterRow:
    """An organisation that supports a proposal; `current`: as it is worded now."""

    body_id: int
    key: str
    name: str
    category: ForumCategory | None
    given_at: datetime
    current: bool


@dataclass(frozen=True)
class ItemRow:
    """An item of the document."""

    id: int
    number: int
    key: int
    title: str
    text: str
    reason: str
    axis_code: str
    axis_title: str


@dataclass(frozen=True)
class PaperRow:
    """A version of the document."""

    id: int
    forum_id: int
    forum: ForumKey
    number: int
    title: str
    preamble: str
    begun_at: datetime
    changed_at: datetime
    adopted_on: date | None
    adopted_at: datetime | None
    act: str
    poll_id: int | None
    sha256: str | None
