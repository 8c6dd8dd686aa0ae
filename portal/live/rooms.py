"""Rooms: one for each stream, and one each for those who hear more of it than everybody."""

from __future__ import annotations

from collections.abc import Iterator

from portal.journal.hearing import Ear, Told
from portal.kernel.events import Audience


def staff_of(stream: str) -> str:
    """Where those of the staff stand who follow a stream."""
    return f"{stream}|staff"


def rooms_of(stream: str, ear: Ear) -> Iterator[str]:
    """Where somebody stands who follows a stream in this quality."""
    yield stream
    if ear.staff:
        yield staff_of(stream)
    if ear.body_id is not None:
        yield f"{stream}|body:{ear.body_id}"
    if ear.person_id is not None:
        yield f"{stream}|person:{ear.person_id}"


def room_of(entry: Told) -> str:
    """Where an entry is told in full: in the room of those it is for."""
    match entry.audience:
        case Audience.PUBLIC:
            return entry.stream
        case Audience.STAFF:
            return staff_of(entry.stream)
        case Audience.BODY:
            return f"{entry.stream}|body:{entry.facts.get('body_id')}"
        case Audience.PERSON:
            return f"{entry.stream}|person:{entry.facts.get('for_person_id')}"
