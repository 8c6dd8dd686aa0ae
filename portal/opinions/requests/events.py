"""What happens to a request to the Forum, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class ForumRequestEvent(Event):
    """Everybody may follow what becomes of a request."""

    STREAM: ClassVar[str] = "forum-opinion:{request_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    request_id: int


@dataclass(frozen=True)
class ForumOpinionRequested(ForumRequestEvent):
    """The Council asked for it."""

    forum_id: int
    version_id: int
    version_hash: str
    act_hash: str
    act_date: date
    received_at: datetime
    days: int
    due_at: datetime


@dataclass(frozen=True)
class ForumTermInterrupted(ForumRequestEvent):
    """The Forum asked the Council for facts; no term runs until they arrive."""

    asked_at: datetime
    reason_hash: str


@dataclass(frozen=True)
class ForumTermRestarted(ForumRequestEvent):
    """What was asked for arrived; the term began again."""

    answered_at: datetime
    answer_hash: str
    due_at: datetime


@dataclass(frozen=True)
class ForumRequestWithdrawn(ForumRequestEvent):
    """The Council took the request back."""

    act_hash: str
    act_date: date


@dataclass(frozen=True)
class ForumTermExpired(ForumRequestEvent):
    """The term ran out without the opinion, which was certified: the Council may go on."""

    document: int
    due_at: datetime
    sha256: str


@dataclass(frozen=True)
class ForumOpinionDrawnUp(ForumRequestEvent):
    """The adopted opinion became a document."""

    document: int
    opinion: str
    late: bool
    sha256: str


@dataclass(frozen=True)
class ForumOpinionTransmitted(ForumRequestEvent):
    """A document went to the Council."""

    document: int
    transmitted_at: datetime
    late: bool
    sha256: str


@dataclass(frozen=True)
class ForumRemarkAnswered(ForumRequestEvent):
    """The Council answered a remark, or corrected its answer."""

    remark: int
    version: int
    outcome: str
    reason_hash: str
