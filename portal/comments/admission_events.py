"""What happened in admission beside plain decisions; stream `consultation:N`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class AuthorAsked(Event):
    """The secretariat asked the author something; its term rests."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    comment_id: int
    body_id: int
    number: int
    question_id: int
    answer_by: datetime
    text_commitment: str


@dataclass(frozen=True)
class AuthorAnswered(Event):
    """The author answered; the term runs again."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    comment_id: int
    body_id: int
    number: int
    question_id: int
    text_commitment: str


@dataclass(frozen=True)
class PassageRestored(Event):
    """Passages that were hidden by mistake can be read again."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    hiding_id: int


@dataclass(frozen=True)
class HidingProposed(Event):
    """Somebody asks a second person to hide something that an institution said."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    number: int
    request_id: int
    what: str
    payload_hash: str


@dataclass(frozen=True)
class HidingDeclined(Event):
    """The second person did not agree, or whoever asked took it back."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    number: int
    request_id: int
    what: str


@dataclass(frozen=True)
class OriginalOpened(Event):
    """Somebody read a sealed original; why stays out of the record but for its commitment."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    number: int
    opening_id: int
    reason_commitment: str


@dataclass(frozen=True)
class HiddenFileOpened(Event):
    """Somebody opened a file that was hidden; why stays out of the record but for its commitment."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    number: int
    attachment_id: int
    opening_id: int
    reason_commitment: str


@dataclass(frozen=True)
class CommentReported(Event):
    """A reader asked the secretariat to look at a remark again."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    number: int
    report_id: int
    reason_code: str


@dataclass(frozen=True)
class CommentKept(Event):
    """The secretariat looked at what was reported and kept it."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    review_id: int
    reports: int
    text_commitment: str


@dataclass(frozen=True)
class RefusalReplied(Event):
    """The author replied to a refusal."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    comment_id: int
    body_id: int
    number: int
    reply_id: int
    decision_id: int
    text_commitment: str


@dataclass(frozen=True)
class RefusalConfirmed(Event):
    """Another person considered the author's reply and confirmed the refusal."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int
    reason_code: str
    text_commitment: str


@dataclass(frozen=True)
class DecisionUndone(Event):
    """Whoever decided took it back within seconds, before anybody was told."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int


@dataclass(frozen=True)
class AdmissionOverdue(Event):
    """The term for deciding on these remarks ran out; the secretary general is told."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    numbers: list[int]
