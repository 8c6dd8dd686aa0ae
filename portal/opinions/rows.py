"""What reading requests for an opinion gives: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.conferences.rules import Organ, SittingState
from portal.opinions.rules import DocumentKind, OpinionKind
from portal.voting.rules import PollState


@dataclass(frozen=True)
class RequestRow:
    """A request."""

    number: int
    organ: Organ
    version_id: int
    version_number: int
    version_title: str
    version_hash: str
    subject: str
    act_number: str
    act_date: date
    received_at: datetime
    base_seats: int | None
    base_population: int | None


@dataclass(frozen=True)
class RemarkRow:
    """A numbered remark, with the rows that it points to."""

    number: int
    action_id: int | None
    paragraph_id: int | None
    request: str
    reason: str
    comment_id: int | None


@dataclass(frozen=True)
class TextRow:
    """A text; frozen once it was put to the vote."""

    id: int
    number: int
    kind: OpinionKind
    text: str
    written_at: datetime
    frozen_at: datetime | None
    sha256: str | None
    remarks: tuple[RemarkRow, ...]


@dataclass(frozen=True)
class TiedSitting:
    """A sitting that is to give the opinion, with the hours of its calls."""

    number: int
    title: str
    state: SittingState
    is_public: bool
    item: int
    calls: tuple[datetime, ...]


@dataclass(frozen=True)
class PollOf:
    """A vote on a text; whether it passed is told once it is closed."""

    id: int
    text: int
    call: int
    state: PollState
    met: bool | None


@dataclass(frozen=True)
class DocumentRow:
    """A document as it was frozen."""

    id: int
    request: int
    number: int
    kind: DocumentKind
    content: dict[str, Any]
    sha256: str
    drawn_at: datetime
    transmitted_at: datetime | None
    transmitted_to: str
    transmitted_by: str


@dataclass(frozen=True)
class OverrideRow:
    """What two persons decided."""

    reason: str
    confirmed_at: datetime


@dataclass(frozen=True)
class ItemChoice:
    """An item of a sitting of the mayors that expects an opinion."""

    sitting: int
    sitting_title: str
    item_id: int
    number: int
    title: str
    starts_at: datetime
