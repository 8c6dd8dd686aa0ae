"""What happened to the screens themselves; what they show is `ScreenShown`. Stream `sitting:N`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.conferences.hall.events import HallEvent
from portal.kernel.events import Audience


@dataclass(frozen=True)
class ScreenSetUp(HallEvent):
    """A hall was added or named, or its computer was given an address of its own, or lost it."""

    AUDIENCE = Audience.STAFF
    hall: int
    act: str  # added | named | address_given | address_ended
