"""What was put on the table; stream `sitting:N`. A remark's words are never here: its own rules say who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.conferences.hall.events import HallEvent
from portal.kernel.events import Audience


@dataclass(frozen=True)
class RemarkMade(HallEvent):
    """A remark was made, or called up, in the sitting; who conducts is told, everybody once it is admitted."""

    AUDIENCE = Audience.STAFF
    remark: int
    seat: int | None
    item: int | None
    action: int | None
    made_here: bool


@dataclass(frozen=True)
class RemarkRaised(HallEvent):
    """A remark of the sitting is public now."""

    remark: int
    item: int | None
    action: int | None


@dataclass(frozen=True)
class RemarkTied(HallEvent):
    """A remark belongs to a speech, or to another item."""

    AUDIENCE = Audience.STAFF
    remark: int
    speech: int | None
    item: int | None


@dataclass(frozen=True)
class RemarkRead(HallEvent):
    """A public remark was read aloud."""

    remark: int
    item: int | None
    speech: int | None


@dataclass(frozen=True)
class IndicationOpened(HallEvent):
    """Bodies are asked what they say of an action; not a vote."""

    round: int
    item: int | None
    action: int
    visible_at_once: bool


@dataclass(frozen=True)
class IndicationGiven(HallEvent):
    """A body said it; what it said is told when the round closes, or at once where it is visible at once."""

    round: int
    seat: int
    stance: str  # empty while it is not visible
    channel: str
    answered: int


@dataclass(frozen=True)
class IndicationClosed(HallEvent):
    """What bodies said, and the residents behind them."""

    round: int
    favourable: int
    with_remarks: int
    contrary: int
    silent: int
    favourable_population: int
    with_remarks_population: int
    contrary_population: int
    silent_population: int


@dataclass(frozen=True)
class PollTied(HallEvent):
    """A poll belongs to an item."""

    poll: int
    item: int


@dataclass(frozen=True)
class PollMoved(HallEvent):
    """A poll of this sitting was opened, closed, proclaimed or annulled, or while open it was said when it ends."""

    poll: int
    item: int
    state: str
    closes_at: datetime | None = None
