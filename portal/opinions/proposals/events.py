"""What happens to proposals, to the Forum's document, and to what the plan answers to it, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class ProposalEvent(Event):
    """Everybody may follow what becomes of a proposal that was sent; before that it is the Forum's."""

    STREAM: ClassVar[str] = "proposal:{proposal_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    proposal_id: int


@dataclass(frozen=True)
class ProposalWritten(ProposalEvent):
    """It was written, or written anew."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    forum_id: int
    body_id: int | None
    text_hash: str


@dataclass(frozen=True)
class ProposalSupported(ProposalEvent):
    """An organisation supports it as it is worded."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    body_id: int
    text_hash: str


@dataclass(frozen=True)
class ProposalSupportEnded(ProposalEvent):
    """An organisation supports it no more."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    body_id: int


@dataclass(frozen=True)
class ProposalApproved(ProposalEvent):
    """It may be sent to the Council."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    text_hash: str
    poll_id: int | None
    supporters: int


@dataclass(frozen=True)
class ProposalApprovalTakenBack(ProposalEvent):
    """It is to be written anew before it is sent."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF


@dataclass(frozen=True)
class ProposalSent(ProposalEvent):
    """It went to the Council: the terms run."""

    sent_on: date
    register_hash: str
    text_hash: str


@dataclass(frozen=True)
class ProposalPutOnAgenda(ProposalEvent):
    """It stands on the Council's agenda."""

    agenda_on: date
    sitting_id: int | None
    reference_hash: str


@dataclass(frozen=True)
class ProposalDecided(ProposalEvent):
    """The Council has decided."""

    decided_on: date
    answer: str
    reason_hash: str
    act_hash: str


@dataclass(frozen=True)
class ProposalWithdrawn(ProposalEvent):
    """Who proposed it takes it back."""

    reason_hash: str


@dataclass(frozen=True)
class ForumPaperEvent(Event):
    """The document is the Forum's until it is adopted."""

    STREAM: ClassVar[str] = "forum_paper:{paper_id}"
    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    paper_id: int


@dataclass(frozen=True)
class ForumPaperBegun(ForumPaperEvent):
    """A version is being written; it begins with the items of the one before it."""

    forum_id: int
    number: int
    items: int


@dataclass(frozen=True)
class ForumPaperWritten(ForumPaperEvent):
    """Its head or one of its items was written, moved or taken away."""

    items: int
    text_hash: str


@dataclass(frozen=True)
class ForumPaperAdopted(ForumPaperEvent):
    """It was adopted: nothing of it changes any more."""

    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    forum_id: int
    number: int
    adopted_on: date
    poll_id: int | None
    items: int
    sha256: str


@dataclass(frozen=True)
class CoverageSaid(ForumPaperEvent):
    """The drafting team said how far an action answers to an item, or why none does."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    item_id: int
    version_id: int
    action_id: int | None
    degree: str
    reason_hash: str


@dataclass(frozen=True)
class CoverageUnsaid(ForumPaperEvent):
    """It took that back."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    item_id: int
    version_id: int
    action_id: int | None
