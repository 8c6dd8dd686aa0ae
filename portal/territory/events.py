"""What happened to the register of bodies; stream `territory`, open to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class BodiesImported(Event):
    """A file was read in: how many bodies it added and changed, and which snapshot it filled."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    file_sha256: str
    added: int
    changed: int
    figures: int
    snapshot_id: int | None


@dataclass(frozen=True)
class BodyRegistered(Event):
    """A body was added by hand."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    registered_id: int


@dataclass(frozen=True)
class BodyChanged(Event):
    """What the register says of a body was changed by hand."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    changed_id: int


@dataclass(frozen=True)
class MembershipAdded(Event):
    """A Comune is part of an Unione or zone."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    group_id: int
    member_id: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class MembershipEnded(Event):
    """A Comune leaves an Unione or zone after this day."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    group_id: int
    member_id: int
    ends_on: date


@dataclass(frozen=True)
class SnapshotFrozen(Event):
    """A procedure counts with these figures: they do not change any more."""

    STREAM = "territory"
    AUDIENCE = Audience.PUBLIC
    snapshot_id: int
