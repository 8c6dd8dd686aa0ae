"""What happens to a request for an opinion, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class OpinionEvent(Event):
    """Everybody may follow what becomes of a request."""

    STREAM: ClassVar[str] = "opinion:{request_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    request_id: int


@dataclass(frozen=True)
class OpinionRequested(OpinionEvent):
    """The Council asked for it."""

    organ: str
    version_id: int
    version_hash: str
    act_hash: str
    act_date: date
    received_at: datetime


@dataclass(frozen=True)
class OpinionTextWritten(OpinionEvent):
    """A text, or one of its remarks, was written or changed; its words are not public before they are frozen."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    text_id: int
    opinion: str
    remarks: int
    text_hash: str


@dataclass(frozen=True)
class OpinionSittingTied(OpinionEvent):
    """A sitting is to give it; the first one fixes bodies and residents."""

    sitting_id: int
    item_id: int
    seats: int
    population: int


@dataclass(frozen=True)
class OpinionPutToVote(OpinionEvent):
    """A text was frozen and a vote on it prepared."""

    text_id: int
    opinion: str
    text_sha256: str
    remarks: int
    sitting_id: int
    poll_id: int


@dataclass(frozen=True)
class OpinionDissentNoted(OpinionEvent):
    """A body that did not agree had its reasons written down."""

    poll_id: int
    body_id: int
    text_hash: str


@dataclass(frozen=True)
class OpinionRendered(OpinionEvent):
    """The opinion was reached and its document drawn up."""

    document: int
    poll_id: int
    opinion: str
    sha256: str


@dataclass(frozen=True)
class OpinionNotRendered(OpinionEvent):
    """It was not reached in any of the sittings, which is certified."""

    document: int
    sha256: str


@dataclass(frozen=True)
class OpinionTransmitted(OpinionEvent):
    """The document went to the Council."""

    document: int
    transmitted_at: datetime
    sha256: str


@dataclass(frozen=True)
class OpinionOverrideAsked(OpinionEvent):
    """Somebody asks that the Council may go on without the sittings that are missing."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    two_persons_id: int
    reason_hash: str


@dataclass(frozen=True)
class OpinionOverrideRefused(OpinionEvent):
    """Nothing came of it."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF
    two_persons_id: int


@dataclass(frozen=True)
class OpinionOverridden(OpinionEvent):
    """Two persons let the Council go on, for a public reason."""

    two_persons_id: int
    reason_hash: str
