"""What happened on the floor; stream `sitting:N`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.conferences.hall.events import HallEvent


@dataclass(frozen=True)
class FloorAsked(HallEvent):
    """Somebody asks for the floor; `waiting` are all who wait now."""

    request: int
    seat: int
    item: int | None
    floor_kind: str
    channel: str
    waiting: int


@dataclass(frozen=True)
class FloorSettled(HallEvent):
    """A request was withdrawn or refused."""

    request: int
    seat: int
    state: str
    waiting: int


@dataclass(frozen=True)
class QueueChanged(HallEvent):
    """The queue of an item was closed or opened, put in another order, or the ordering rule was changed."""

    item: int | None
    is_open: bool
    ordering: str
    order: tuple[int, ...]  # the requests as they would be called


@dataclass(frozen=True)
class SpeechBegun(HallEvent):
    """Somebody has the floor until an instant; `seat` is empty for who holds none."""

    speech: int
    request: int | None
    seat: int | None
    item: int | None
    speech_kind: str
    limit_seconds: int
    began_at: datetime
    ends_at: datetime
    waiting: int


@dataclass(frozen=True)
class SpeechPaused(HallEvent):
    """The clock of a speech stands still; so many seconds are left, below zero beyond the limit."""

    speech: int
    left_seconds: int


@dataclass(frozen=True)
class SpeechResumed(HallEvent):
    """It runs again, until an instant."""

    speech: int
    ends_at: datetime


@dataclass(frozen=True)
class SpeechExtended(HallEvent):
    """More time was given."""

    speech: int
    limit_seconds: int
    ends_at: datetime


@dataclass(frozen=True)
class SpeechEnded(HallEvent):
    """It is over; `seconds` were spoken, pauses apart."""

    speech: int
    seat: int | None
    ending: str
    seconds: int


@dataclass(frozen=True)
class SpeechNoted(HallEvent):
    """The desk wrote a synopsis, or filed the text that was handed in."""

    speech: int
    synopsis_hash: str
    text_sha256: str
