"""What happened to minutes; stream `minutes:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class MinutesDrawnUp(Event):
    """Written from the journal as it stood, with their number."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int
    number: int
    year: int
    head_seq: int
    head_hash: str
    content_hash: str


@dataclass(frozen=True)
class MinutesRegenerated(Event):
    """Written anew from the journal; what people had written was kept."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int
    head_seq: int
    content_hash: str


@dataclass(frozen=True)
class MinutesRevised(Event):
    """Somebody changed a section."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int
    section: str
    revision: int
    text_hash: str


@dataclass(frozen=True)
class MinutesSignatureGiven(Event):
    """Somebody signed; the text cannot be changed while the signature stands."""

    STREAM = "minutes:{minutes_id}"
    AUDIENCE = Audience.PUBLIC
    minutes_id: int
    sitting_id: int
    call: int
    quality: str
    content_hash: str


@dataclass(frozen=True)
class MinutesSignatureWithdrawn(Event):
    """The first signature was taken back, so that the text can be changed."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int
    quality: str
    content_hash: str


@dataclass(frozen=True)
class MinutesSigned(Event):
    """Both have signed the same text: it is frozen."""

    STREAM = "minutes:{minutes_id}"
    AUDIENCE = Audience.PUBLIC
    minutes_id: int
    sitting_id: int
    call: int
    content_hash: str


@dataclass(frozen=True)
class MinutesCorrectionAsked(Event):
    """Somebody asked to have something put right; it stands at the end."""

    STREAM = "minutes:{minutes_id}"
    minutes_id: int
    sitting_id: int
    call: int
    correction: int
    text_hash: str


@dataclass(frozen=True)
class MinutesApproved(Event):
    """Approved at a later sitting, under an item of its agenda."""

    STREAM = "minutes:{minutes_id}"
    AUDIENCE = Audience.PUBLIC
    minutes_id: int
    sitting_id: int
    call: int
    at_sitting: int
    item: int
    corrections: int


@dataclass(frozen=True)
class MinutesPublished(Event):
    """Everybody who may see the sitting reads them from now on."""

    STREAM = "minutes:{minutes_id}"
    AUDIENCE = Audience.PUBLIC
    minutes_id: int
    sitting_id: int
    call: int
    content_hash: str
