"""What happens in a discussion of the Forum, in the past tense; how a statement is weighed is told when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class DiscussionEvent(Event):
    """Everybody may follow a discussion, on the record of the request it belongs to."""

    STREAM: ClassVar[str] = "forum-opinion:{request_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    request_id: int


@dataclass(frozen=True)
class ForumDiscussionOpened(DiscussionEvent):
    """Its hours were fixed."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class ForumDiscussionMoved(DiscussionEvent):
    """Its end was moved while it went on."""

    ends_at: datetime


@dataclass(frozen=True)
class ForumDiscussionClosed(DiscussionEvent):
    """It ended; from here on how statements were weighed is public, and has a fingerprint."""

    seats: int
    organisations: int
    statements: int
    weighings: int
    sha256: str


@dataclass(frozen=True)
class ForumTableOpened(DiscussionEvent):
    """A table was opened."""

    table: int
    section_id: int | None
    coordinator_id: int | None


@dataclass(frozen=True)
class ForumTableChanged(DiscussionEvent):
    """Its title, its part of the plan or its coordinator changed."""

    table: int
    section_id: int | None
    coordinator_id: int | None


@dataclass(frozen=True)
class ForumTableJoined(DiscussionEvent):
    """An organisation joined a table, or was put there."""

    table: int
    body_id: int
    put: bool


@dataclass(frozen=True)
class ForumTableLeft(DiscussionEvent):
    """An organisation left a table, or was taken away."""

    table: int
    body_id: int


@dataclass(frozen=True)
class ForumNoteWritten(DiscussionEvent):
    """A version of a note was written; it is not public before it is approved."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    table: int
    note: int
    version: int
    held_on: date
    text_hash: str


@dataclass(frozen=True)
class ForumNoteApproved(DiscussionEvent):
    """A version of a note became public."""

    table: int
    note: int
    version: int
    text_hash: str


@dataclass(frozen=True)
class ForumTableProposed(DiscussionEvent):
    """A table proposes something for the opinion."""

    table: int
    proposal: int
    text_hash: str


@dataclass(frozen=True)
class ForumTableProposalWithdrawn(DiscussionEvent):
    """A table took a proposal back."""

    table: int
    proposal: int


@dataclass(frozen=True)
class ForumStatementOffered(DiscussionEvent):
    """A statement was offered, or reworded before anybody weighed it."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    statement: int
    origin: str
    body_id: int | None
    text_hash: str


@dataclass(frozen=True)
class ForumStatementAdmitted(DiscussionEvent):
    """From here on it is weighed."""

    statement: int
    origin: str
    body_id: int | None
    text_hash: str


@dataclass(frozen=True)
class ForumStatementRefused(DiscussionEvent):
    """It was not admitted, for a published reason."""

    statement: int
    reason_hash: str


@dataclass(frozen=True)
class ForumStatementMerged(DiscussionEvent):
    """It says what another says already; what was weighed stays with it."""

    statement: int
    into: int
    reason_hash: str


@dataclass(frozen=True)
class ForumStatementWithdrawn(DiscussionEvent):
    """Whoever offered it took it back."""

    statement: int
