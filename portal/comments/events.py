"""What happened to consultations and remarks; stream `consultation:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class CommentAdmitted(Event):
    """The secretariat let a remark stand; said again when it reverses a refusal."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int


@dataclass(frozen=True)
class CommentNotAdmitted(Event):
    """The secretariat did not let a remark stand; the reason is a code, its words stay out of the record."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    decision_id: int
    reason_code: str
    text_commitment: str


@dataclass(frozen=True)
class SubmissionReceived(Event):
    """A signatory submitted; the receipt's hash commits to every word of it."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    submission_id: int
    body_id: int
    number: int
    comments: list[int]  # public numbers
    sha256: str
    late: bool


@dataclass(frozen=True)
class SubmissionMadeReady(Event):
    """An officer put a draft before the signatory."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    submission_id: int
    body_id: int
    revision: int


@dataclass(frozen=True)
class SubmissionReturned(Event):
    """The draft went back to the officers, with a note or without."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    submission_id: int
    body_id: int
    note_id: int | None


@dataclass(frozen=True)
class SubmissionDiscarded(Event):
    """A draft was given up before it was submitted."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.BODY
    consultation_id: int
    submission_id: int
    body_id: int


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    """Its signatory took a remark back; the number stays."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    body_id: int
    number: int


@dataclass(frozen=True)
class PassageHidden(Event):
    """Passages of a remark were hidden; the original is sealed, and its commitment stands here."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    number: int
    hiding_id: int
    reason_code: str
    passages: int
    original_commitment: str


@dataclass(frozen=True)
class LetterRegistered(Event):
    """The secretariat registered on behalf of a body what had come by another way."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.STAFF
    consultation_id: int
    submission_id: int
    body_id: int
    registration_id: int
    channel: str


@dataclass(frozen=True)
class LetterSetAside(Event):
    """A letter was given up before it was registered."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.STAFF
    consultation_id: int
    registration_id: int
    body_id: int
