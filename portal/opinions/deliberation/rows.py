"""What reading a discussion gives: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.opinions.deliberation.rules import Origin, Phase, StatementState, Weight


@dataclass(frozen=True)
class DiscussionRow:
    """The hours of a discussion, and where it stands."""

    request_id: int
    begins_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    seats: int | None
    sha256: str | None
    phase: Phase


@dataclass(frozen=True)
class TableRow:
    """A table, with how many sit at it and what it has made."""

    id: int
    number: int
    title: str
    section_id: int | None
    section: str
    coordinator_id: int | None
    coordinator: str
    members: int
    notes: int
    proposals: int


@dataclass(frozen=True)
class MemberRow:
    """An organisation at a table."""

    body_id: int
    name: str
    joined_at: datetime


@dataclass(frozen=True)
class NoteRow:
    """A note in the version that the reader sees."""

    number: int
    held_on: date
    version: int
    text: str
    written_at: datetime
    written_by_id: int | None
    approved_at: datetime | None


@dataclass(frozen=True)
class ProposalRow:
    """A proposal of a table."""

    id: int
    table: int
    number: int
    body: str
    action_id: int | None
    paragraph_id: int | None
    request: str
    reason: str
    written_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class StatementRow:
    """A statement."""

    id: int
    number: int
    table: int | None
    text: str
    origin: Origin
    body_id: int | None
    body: str
    state: StatementState
    reason: str
    offered_at: datetime
    decided_at: datetime | None
    into: int | None


@dataclass(frozen=True)
class OwnWeighing:
    """How an organisation weighs a statement that can still be weighed; None: not yet."""

    statement: StatementRow
    weight: Weight | None
    weighed_at: datetime | None
