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


@dataclass(frozen=True)
class ColleaguesCalled(Event):
    """A note called colleagues by name."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    note_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class TagMade(Event):
    """A theme was made, with or without an officer of its own."""

    STREAM = "drafting"
    tag_id: int
    officer_id: int | None


@dataclass(frozen=True)
class TagChanged(Event):
    """A theme got another name or another officer."""

    STREAM = "drafting"
    tag_id: int
    officer_id: int | None


@dataclass(frozen=True)
class TagRetired(Event):
    """A theme is not offered any more."""

    STREAM = "drafting"
    tag_id: int


@dataclass(frozen=True)
class RemarkTagged(Event):
    """A remark was put under a theme."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    tag_id: int


@dataclass(frozen=True)
class RemarkUntagged(Event):
    """A remark was taken out of a theme."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    tag_id: int


@dataclass(frozen=True)
class DuplicateFound(Event):
    """Remarks that say the same in the same words were marked by themselves."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    group_id: int
    comment_id: int


@dataclass(frozen=True)
class DuplicateConfirmed(Event):
    """An officer said that two remarks ask the same."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    group_id: int
    low_id: int
    high_id: int


@dataclass(frozen=True)
class DuplicateDenied(Event):
    """An officer said that two remarks that are alike do not ask the same."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    low_id: int
    high_id: int


@dataclass(frozen=True)
class DuplicateParted(Event):
    """An officer took a remark out of its group."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    group_id: int
    comment_id: int


@dataclass(frozen=True)
class AnswerShared(Event):
    """An answer serves other remarks of its group as well."""

    STREAM = "consultation:{consultation_id}"
    consultation_id: int
    comment_id: int
    served_ids: tuple[int, ...]
