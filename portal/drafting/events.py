"""What happened to answers; filed with the remarks, in stream `consultation:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class AnswerAssigned(Event):
    """A remark was given to an officer, for the first time or anew."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    answer_id: int
    officer_id: int


@dataclass(frozen=True)
class AnswerProposed(Event):
    """An outcome with its reasons was put forward."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    answer_id: int
    revision: int
    outcome: str
    text_commitment: str


@dataclass(frozen=True)
class AnswerApproved(Event):
    """A second person approved the wording of a revision."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    answer_id: int
    revision: int


@dataclass(frozen=True)
class AnswerReturned(Event):
    """An answer went back to its officer with a note."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    answer_id: int
    revision: int
    note_id: int


@dataclass(frozen=True)
class AnswerPublished(Event):
    """An answer became public, and with that immutable."""

    STREAM = "consultation:{consultation_id}"
    AUDIENCE = Audience.PUBLIC
    consultation_id: int
    comment_id: int
    answer_id: int
    number: int
    revision: int
    outcome: str
    text_commitment: str


@dataclass(frozen=True)
class NoteWritten(Event):
    """A colleague wrote an internal note."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    note_id: int
    text_commitment: str
