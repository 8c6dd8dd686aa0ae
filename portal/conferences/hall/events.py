"""What happened in the hall; stream `sitting:N`. Facts are public: pages of those who follow patch themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class HallEvent(Event):
    """Something that whoever may follow the sitting may know."""

    STREAM = "sitting:{sitting_id}"
    AUDIENCE = Audience.PUBLIC
    sitting_id: int


@dataclass(frozen=True)
class RollCallBegun(HallEvent):
    """The roll is called: at the opening, or to verify."""

    call: int
    roll_call: int
    roll_kind: str


@dataclass(frozen=True)
class RollAnswered(HallEvent):
    """A seat answered to its name, or did not."""

    roll_call: int
    seat: int
    present: bool


@dataclass(frozen=True)
class RollCallEnded(HallEvent):
    """What was counted: seats and residents; `needed` seats, or none if the rule set asks for no number."""

    roll_call: int
    present: int
    seats: int
    present_population: int
    population: int
    needed: int | None
    met: bool


@dataclass(frozen=True)
class SittingOpened(HallEvent):
    """The session was declared open."""

    call: int
    present: int
    seats: int
    present_population: int
    population: int


@dataclass(frozen=True)
class SittingSuspended(HallEvent):
    """The session stands still, until an instant if one was announced."""

    suspension: int
    resumes_at: datetime | None


@dataclass(frozen=True)
class SittingResumed(HallEvent):
    """The session goes on."""

    suspension: int


@dataclass(frozen=True)
class SittingClosed(HallEvent):
    """The session was declared closed."""

    call: int
    present: int
    present_population: int


@dataclass(frozen=True)
class SittingDeserted(HallEvent):
    """Not enough came to a call; `last` says whether another call follows."""

    call: int
    present: int
    present_population: int
    last: bool


@dataclass(frozen=True)
class QuorumLost(HallEvent):
    """Less than the needed number is there."""

    present: int
    needed: int


@dataclass(frozen=True)
class QuorumRegained(HallEvent):
    """The needed number is there again."""

    present: int
    needed: int


@dataclass(frozen=True)
class SeatEntered(HallEvent):
    """Somebody is there for a seat; with the sums of those who are there now."""

    seat: int
    presence: int
    way: str
    source: str
    present: int
    present_population: int


@dataclass(frozen=True)
class SeatLeft(HallEvent):
    """Nobody is there for a seat any more; with the sums of those who are there now."""

    seat: int
    presence: int
    source: str
    present: int
    present_population: int


@dataclass(frozen=True)
class PresenceClaimed(HallEvent):
    """Somebody says to be in the room; the desk is asked."""

    AUDIENCE = Audience.STAFF
    claim: int
    seat: int


@dataclass(frozen=True)
class PresenceClaimSettled(HallEvent):
    """The desk confirmed or refused, or it was taken back."""

    AUDIENCE = Audience.STAFF
    claim: int
    seat: int
    state: str


@dataclass(frozen=True)
class ItemCalled(HallEvent):
    """An item is in discussion."""

    item: int
    spell: int


@dataclass(frozen=True)
class ItemEnded(HallEvent):
    """An item is not in discussion any more, or will not be: concluded, adjourned, withdrawn, left pending."""

    item: int
    state: str
    conclusion_hash: str


@dataclass(frozen=True)
class ItemMoved(HallEvent):
    """An item is taken in another turn; `order` lists the items as they will be taken."""

    item: int
    order: tuple[int, ...]


@dataclass(frozen=True)
class IncidentNoted(HallEvent):
    """Something disturbed the sitting."""

    incident: int
    incident_kind: str
    text_hash: str


@dataclass(frozen=True)
class ScreenShown(HallEvent):
    """A hall's screen shows something else, or looks otherwise."""

    hall: int
    shows: str
    follows: bool
    theme: str
    item: int | None
    action: int | None
    paragraph: str
    remark: int | None
    poll: int | None
    round: int | None


@dataclass(frozen=True)
class ActUndone(HallEvent):
    """What an entry of this stream says was taken back within ten seconds."""

    undone_seq: int
    act: str
