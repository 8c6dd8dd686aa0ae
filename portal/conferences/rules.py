"""Statute art. 28-30, 32 c.7: what a sitting may become, and what the terms of its notice say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_, Words
from portal.kernel.workdays import holidays

TITLE_LIMIT, LINE_LIMIT, LINK_LIMIT, TEXT_LIMIT, REASON_LIMIT = 300, 200, 500, 5_000, 2_000
MOST_CALLS, MOST_ITEMS, MOST_MINUTES, MOST_PAPERS = 3, 60, 600, 40
REPEAT_DAYS = 30  # art. 30 c.6: the two further sittings are held within thirty days
SUNDAY = 6


class Organ(StrEnum):
    """Whose sittings they are."""

    PROGRAMMING = "programming"
    MAYORS = "mayors"
    FORUM = "forum"
    COUNCIL = "council"
    COPLANNING = "coplanning"
    YOUTH_FORUM = "youth_forum"


class SittingState(StrEnum):
    """How far a sitting has come."""

    PLANNED = "planned"
    CONVENED = "convened"
    ROLL_CALL = "roll_call"
    IN_SESSION = "in_session"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    DESERTED = "deserted"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """Where one takes part."""

    ROOM = "room"
    MIXED = "mixed"
    REMOTE = "remote"


class Visibility(StrEnum):
    """Who may follow."""

    PUBLIC = "public"
    RESERVED = "reserved"


class ItemKind(StrEnum):
    """What is expected of an item of the agenda."""

    INFORMATION = "information"
    CONTRIBUTION = "contribution"
    OPINION = "opinion"
    RESOLUTION = "resolution"
    OTHER_BUSINESS = "other_business"


class NoticeKind(StrEnum):
    """What was sent."""

    CONVOCATION = "convocation"
    ADDENDUM = "addendum"
    CANCELLATION = "cancellation"


class ReceiptKind(StrEnum):
    """What a receipt of certified mail says."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


class SeatRole(StrEnum):
    """A seat by right, or a place among those invited to speak."""

    ENTITLED = "entitled"
    INVITED = "invited"


MACHINE = Machine(
    {
        SittingState.PLANNED: frozenset({SittingState.CONVENED}),
        SittingState.CONVENED: frozenset({SittingState.ROLL_CALL, SittingState.CANCELLED}),
        SittingState.ROLL_CALL: frozenset({SittingState.IN_SESSION, SittingState.CONVENED, SittingState.DESERTED}),
        SittingState.IN_SESSION: frozenset({SittingState.SUSPENDED, SittingState.CLOSED}),
        SittingState.SUSPENDED: frozenset({SittingState.IN_SESSION, SittingState.CLOSED}),
    }
)


def votable(kind: ItemKind) -> bool:
    """Only opinions and resolutions are put to the vote; any other business never is."""
    return kind in {ItemKind.OPINION, ItemKind.RESOLUTION}


@dataclass(frozen=True)
class Slot:
    """When an item is expected to begin and to end."""

    begins: datetime
    ends: datetime


def timetable(starts_at: datetime, minutes: Iterable[int]) -> tuple[Slot, ...]:
    """One item after the other; the last one's end is the predicted end of the sitting."""
    slots, at = [], starts_at
    for planned in minutes:
        slots.append(Slot(at, at + timedelta(minutes=planned)))
        at = slots[-1].ends
    return tuple(slots)


def moved(order: Sequence[int], item: int, by: int) -> list[int]:
    """The order with one item moved up (-1) or down (+1); at the ends nothing changes."""
    at = order.index(item)
    to = min(max(at + by, 0), len(order) - 1)
    rest = [one for one in order if one != item]
    return [*rest[:to], item, *rest[to:]]


def check_calls(calls: Sequence[datetime], most: int, now: datetime) -> None:
    """One to three calls, each later than the one before, the first still to come."""
    if not calls:
        raise Invalid(N_("Say when the first call is."), code="calls", field="call_1")
    if len(calls) > most:
        raise Invalid(N_("The rule set allows %(most)d calls in one notice."), code="calls", field="call_3", most=most)
    if calls[0] <= now:
        raise Invalid(N_("The first call must be in the future."), code="calls", field="call_1")
    for n, (one, next_one) in enumerate(pairwise(calls), 2):
        if next_one <= one:
            raise Invalid(N_("Each call comes after the one before."), code="calls", field=f"call_{n}")


def check_place(mode: Mode, place: str, remote_link: str) -> None:
    """A room needs a place, a remote sitting an address to join at."""
    if mode is not Mode.REMOTE and not place:
        raise Invalid(N_("Write where the sitting is held."), code="place", field="place")
    if mode is not Mode.ROOM and not remote_link:
        raise Invalid(N_("Write the address at which one joins from afar."), code="remote", field="remote_link")


def check_link(text: str, field: str) -> None:
    """An address of the web, or nothing."""
    if text and (not text.startswith(("https://", "http://")) or any(c.isspace() for c in text)):
        raise Invalid(N_("Write the whole address, from https:// on."), code="link", field=field)


@dataclass(frozen=True)
class Term:
    """Days of notice: given and needed. The day of sending does not count, the day of the sitting does."""

    given: int
    needed: int

    @property
    def met(self) -> bool:
        """True if there is enough time."""
        return self.given >= self.needed


def notice_term(sent_at: datetime, first_call: datetime, needed: int) -> Term:
    """Calendar days in Rome between sending and the first call."""
    return Term((local_day(first_call) - local_day(sent_at)).days, needed)


def day_warning(call: int, at: datetime, patron: str = "") -> Words | None:
    """A call on a Sunday or a holiday is held all the same: it is only pointed out."""
    day = local_day(at)
    params = {"call": call}
    if day in holidays(day.year) or f"{day:%m-%d}" == patron:
        return Words(N_("Call %(call)d falls on a public holiday."), params)
    return Words(N_("Call %(call)d falls on a Sunday."), params) if day.weekday() == SUNDAY else None


def repeat_warning(organ: Organ, calls: Sequence[datetime]) -> Words | None:
    """Art. 30 c.6: the further sittings of the mayors are within thirty days of the first one."""
    if organ is not Organ.MAYORS or len(calls) < 2:
        return None
    days = (local_day(calls[-1]) - local_day(calls[0])).days
    if days <= REPEAT_DAYS:
        return None
    return Words(
        N_("The last call is %(days)d days after the first one: article 30 allows %(most)d."),
        {"days": days, "most": REPEAT_DAYS},
    )


def request_due(reached_at: datetime, days: int) -> date:
    """Art. 29: the last day on which a sitting asked for by a fifth of the mayors can be held."""
    return local_day(reached_at) + timedelta(days=days)
