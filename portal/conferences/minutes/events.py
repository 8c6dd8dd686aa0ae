"""What happened to minutes; stream `minutes:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class MinutesEvent(Event):
    """Something about the minutes of one held call."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int


@dataclass(frozen=True)
class MinutesDrawnUp(MinutesEvent):
    """Written from the journal as it stood, with their number."""

    number: int
    year: int
    head_seq: int
    head_hash: str
    content_hash: str


@dataclass(frozen=True)
class MinutesRegenerated(MinutesEvent):
    """Written anew from the journal; what people had written was kept."""

    head_seq: int
    content_hash: str


@dataclass(frozen=True)
class MinutesRevised(MinutesEvent):
    """Somebody changed a section."""

    section: str
    revision: int
    text_hash: str


@dataclass(frozen=True)
class MinutesSignatureGiven(MinutesEvent):
    """Somebody signed; the text cannot be changed while the signature stands."""

    AUDIENCE = Audience.PUBLIC
    quality: str
    content_hash: str


@dataclass(frozen=True)
class MinutesSignatureWithdrawn(MinutesEvent):
    """The first signature was taken back, so that the text can be changed."""

    quality: str
    content_hash: str


@dataclass(frozen=True)
class MinutesSigned(MinutesEvent):
    """Both have signed the same text: it is frozen."""

    AUDIENCE = Audience.PUBLIC
    content_hash: str


@dataclass(frozen=True)
class MinutesCorrectionAsked(MinutesEvent):
    """Somebody asked to have something put right; it stands at the end."""

    correction: int
    text_hash: str


@dataclass(frozen=True)
class MinutesApproved(MinutesEvent):
    """Approved at a later sitting, under an item of its agenda."""

    AUDIENCE = Audience.PUBLIC
    at_sitting: int
    item: int
    corrections: int


@dataclass(frozen=True)
class MinutesPublished(MinutesEvent):
    """Everybody who may see the sitting reads them from now on."""

    AUDIENCE = Audience.PUBLIC
    content_hash: str
