"""What happens in votes of the Forum and in the notes of those who dissent, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class AdoptionEvent(Event):
    """Everybody may follow how the Forum decides."""

    STREAM: ClassVar[str] = "forum-opinion:{request_id}"
    AUDIENCE: ClassVar[Audience] = Audience.PUBLIC
    request_id: int


@dataclass(frozen=True)
class ForumVoteCalled(AdoptionEvent):
    """An amendment or the final text is put to the vote; without a sitting it says from when until when."""

    poll_id: int
    amendment_id: int | None
    call: int
    sitting_id: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    text_sha256: str
    seats: int


@dataclass(frozen=True)
class ForumRoundOpened(AdoptionEvent):
    """Votes without a sitting have begun: whoever is on the roll may answer."""

    poll_ids: list[int]
    closes_at: datetime


@dataclass(frozen=True)
class ForumVoteCarriedOver(AdoptionEvent):
    """What was proclaimed went into the text, or decided on it."""

    poll_id: int
    amendment_id: int | None
    result: str
    final: bool  # nothing follows: it is not taken again


@dataclass(frozen=True)
class ForumOpinionAdopted(AdoptionEvent):
    """The final text was passed; until this instant dissent is written down."""

    poll_id: int
    text_sha256: str
    dissent_until: datetime


@dataclass(frozen=True)
class ForumVoteTakenBack(AdoptionEvent):
    """A vote that had been carried over was annulled: it counts no more."""

    poll_id: int
    was: str


@dataclass(frozen=True)
class DissentWritten(AdoptionEvent):
    """An organisation wrote why it dissents, or wrote it anew."""

    poll_id: int
    note_id: int
    body_id: int
    text_hash: str


@dataclass(frozen=True)
class DissentSigned(AdoptionEvent):
    """An organisation stands behind the note of another."""

    note_id: int
    body_id: int
    text_hash: str


@dataclass(frozen=True)
class DissentUnsigned(AdoptionEvent):
    """An organisation stands behind it no more."""

    note_id: int
    body_id: int


@dataclass(frozen=True)
class DissentTakenBack(AdoptionEvent):
    """Who wrote a note took it back while there was time."""

    note_id: int
    body_id: int


@dataclass(frozen=True)
class DissentSealed(AdoptionEvent):
    """The time for notes is over: these stand as they are."""

    poll_id: int
    notes: list[int]
    minority: list[int]
    cast: int
    needed: int
