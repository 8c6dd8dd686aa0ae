"""What may happen in the hall: states of items, ways of being present, what a screen shows. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from portal.kernel.machine import Machine

UNDO_SECONDS = 10
EARLY = timedelta(minutes=60)  # the roll call may begin so long before the hour of the call
CONCLUSION_LIMIT, REASON_LIMIT, MESSAGE_LIMIT, INCIDENT_LIMIT = 2_000, 500, 200, 2_000
MOST_HALLS = 6


class Outcome(StrEnum):
    """What became of a call."""

    HELD = "held"
    DESERTED = "deserted"


class ItemState(StrEnum):
    """How far an item has come."""

    PENDING = "pending"
    IN_DISCUSSION = "in_discussion"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"
    ADJOURNED = "adjourned"


class Way(StrEnum):
    """Where somebody is present."""

    ROOM = "room"
    REMOTE = "remote"


class Source(StrEnum):
    """How it is known that somebody came or went."""

    BADGE = "badge"
    DESK = "desk"
    OWN = "own"
    REMOTE = "remote"
    ROLL_CALL = "roll_call"
    HAND_OVER = "hand_over"
    MANDATE = "mandate"
    CLOSING = "closing"


class RollKind(StrEnum):
    """Why the roll is called."""

    OPENING = "opening"
    VERIFICATION = "verification"


class ClaimState(StrEnum):
    """What the desk made of somebody's own word."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class IncidentKind(StrEnum):
    """What disturbed the sitting."""

    TECHNICAL = "technical"
    ORDER = "order"
    OTHER = "other"


class Shows(StrEnum):
    """What a hall's screen shows."""

    WAITING = "waiting"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    REMARK = "remark"
    INDICATION = "indication"
    POLL = "poll"
    MESSAGE = "message"


class Theme(StrEnum):
    """Dark on light, or light on dark."""

    LIGHT = "light"
    DARK = "dark"


ITEMS = Machine(
    {
        ItemState.PENDING: frozenset({ItemState.IN_DISCUSSION, ItemState.WITHDRAWN, ItemState.ADJOURNED}),
        ItemState.IN_DISCUSSION: frozenset(
            {ItemState.PENDING, ItemState.CONCLUDED, ItemState.WITHDRAWN, ItemState.ADJOURNED}
        ),
        ItemState.CONCLUDED: frozenset({ItemState.IN_DISCUSSION}),
        ItemState.ADJOURNED: frozenset({ItemState.IN_DISCUSSION}),
    }
)
