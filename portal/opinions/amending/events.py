"""What happens to the Forum's text and to amendments, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class ForumTextEvent(Event):
    """Everybody may follow a text from when it is open to amendments."""

    STREAM: ClassVar[str] = "forum-opinion:{request_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    request_id: int


@dataclass(frozen=True)
class ForumDraftEvent(ForumTextEvent):
    """A draft is for members and staff."""

    AUDIENCE: ClassVar[Audience] = Audience.STAFF


@dataclass(frozen=True)
class ForumRapporteurNamed(ForumTextEvent):
    """Somebody of a body is to write the draft."""

    body_id: int


@dataclass(frozen=True)
class ForumSectionWritten(ForumDraftEvent):
    """A section was given another wording; told once of what one hand writes within some minutes."""

    section_id: int
    revision: int
    text_hash: str


@dataclass(frozen=True)
class ForumDraftArranged(ForumDraftEvent):
    """A section was added, moved, taken away or put back, or the kind of opinion was chosen."""

    revision: int
    opinion: str
    sections: tuple[int, ...]


@dataclass(frozen=True)
class ForumSourcesCited(ForumDraftEvent):
    """What a remark rests on was said anew."""

    section_id: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ForumAmendmentsOpened(ForumTextEvent):
    """The draft became the base that organisations amend until an instant."""

    closes_at: datetime
    opinion: str
    sections: int
    base_sha256: str


@dataclass(frozen=True)
class ForumAmendmentsExtended(ForumTextEvent):
    """They have longer."""

    closes_at: datetime


@dataclass(frozen=True)
class ForumAmendmentProposed(ForumTextEvent):
    """An organisation asks for a change."""

    amendment: int
    section_id: int
    change: str
    body_id: int
    text_hash: str
    carried: bool


@dataclass(frozen=True)
class ForumAmendmentSigned(ForumTextEvent):
    """Another organisation asks for it too."""

    amendment: int
    body_id: int
    signers: int


@dataclass(frozen=True)
class ForumAmendmentUnsigned(ForumTextEvent):
    """An organisation took its signature back."""

    amendment: int
    body_id: int
    signers: int


@dataclass(frozen=True)
class ForumAmendmentWithdrawn(ForumTextEvent):
    """Its proposer took it back."""

    amendment: int
    body_id: int


@dataclass(frozen=True)
class ForumAmendmentAccepted(ForumTextEvent):
    """The rapporteur took it into the text."""

    amendment: int
    section_id: int
    text_hash: str


@dataclass(frozen=True)
class ForumAmendmentToVote(ForumTextEvent):
    """The Forum is to decide on it."""

    amendment: int


@dataclass(frozen=True)
class ForumAmendmentInadmissible(ForumTextEvent):
    """It cannot be voted, for a reason that everybody reads."""

    amendment: int
    reason_hash: str


@dataclass(frozen=True)
class ForumAmendmentLapsed(ForumTextEvent):
    """It cannot be voted any more: too few signatures, or another one made it impossible."""

    amendment: int
    lapse: str
    by: int | None


@dataclass(frozen=True)
class ForumTextFrozen(ForumTextEvent):
    """Text and list of amendments to be voted do not change any more."""

    opinion: str
    amendments: tuple[int, ...]
    sha256: str


@dataclass(frozen=True)
class ForumAmendmentSettled(ForumTextEvent):
    """The vote on it was proclaimed."""

    amendment: int
    poll_id: int
    passed: bool


@dataclass(frozen=True)
class ForumAmendmentReopened(ForumTextEvent):
    """Its vote was annulled, or what had made it lapse: it is to be voted again."""

    amendment: int


@dataclass(frozen=True)
class ForumFinalTextFrozen(ForumTextEvent):
    """The text with everything that passed is what the Forum votes on in the end."""

    opinion: str
    sections: int
    sha256: str
