"""What is asked of the secretariat during a sitting; stream `sitting:N`. The words are in no entry."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class HelpAsked(Event):
    """A delegate asks the desk for help."""

    STREAM = "sitting:{sitting_id}"
    AUDIENCE = Audience.STAFF
    sitting_id: int
    help: int
    seat: int


@dataclass(frozen=True)
class HelpAnswered(Event):
    """The desk answered; whoever asked is told."""

    STREAM = "sitting:{sitting_id}"
    AUDIENCE = Audience.PERSON
    sitting_id: int
    help: int
    seat: int
    for_person_id: int
