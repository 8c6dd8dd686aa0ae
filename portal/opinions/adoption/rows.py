"""What reading votes of the Forum and notes of dissent gives: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.kernel.offices import ForumCategory
from portal.kernel.shares import Axis
from portal.opinions.adoption.rules import Result
from portal.voting.rules import Choice, PollState


@dataclass(frozen=True)
class VoteRow:
    """One vote, without a word of what was answered."""

    poll_id: int
    request_id: int
    amendment_id: int | None
    call: int
    sitting_id: int | None
    opens_at: datetime | None
    closes_at: datetime | None  # as it stands: an end may be put off
    text_sha256: str
    result: Result | None
    carried_at: datetime | None
    dissent_until: datetime | None
    question: str
    state: PollState
    proclaimed_at: datetime | None
    annul_reason: str
    seats: int
    answered: int

    @property
    def is_final(self) -> bool:
        """True of a vote on the final text."""
        return self.amendment_id is None

    @property
    def counted(self) -> bool:
        """True once everybody may read how it went."""
        return self.state in {PollState.CLOSED, PollState.PROCLAIMED}


@dataclass(frozen=True)
class SeatAnswer:
    """An organisation on the roll with its family and what it answered, once that may be read."""

    number: int
    key: str
    name: str
    body_id: int
    category: ForumCategory
    office: str | None
    choice: Choice | None


@dataclass(frozen=True)
class SignerRow:
    """An organisation behind a note; whether it cast a vote, which makes its signature count."""

    body_id: int
    name: str
    signed_at: datetime
    voted: bool


@dataclass(frozen=True)
class NoteRow:
    """A note of dissent with those behind it, held against the share that makes a minority."""

    id: int
    poll_id: int
    body_id: int
    name: str
    text: str
    sha256: str
    written_at: datetime
    sealed_at: datetime | None
    is_minority: bool | None
    signers: tuple[SignerRow, ...]
    share: Axis
