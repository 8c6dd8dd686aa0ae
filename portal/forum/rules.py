"""Statute art. 6, 14: who belongs to the Forum on a day, and what a request to join may become. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.machine import Machine
from portal.kernel.words import N_

LINE_LIMIT, ACT_LIMIT, REASON_LIMIT, REASON_LEAST = 200, 200, 2_000, 20


class ForumKey(StrEnum):
    """Art. 14 c.1 and c.4: the Forum of the city, and the one of the young."""

    METROPOLITAN = "metropolitan"
    YOUTH = "youth"


class ApplicationState(StrEnum):
    """How far a request to join has come."""

    WRITTEN = "written"  # the address has not been confirmed yet
    RECEIVED = "received"
    ASKED = "asked"  # the secretariat waits for a document
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What an organisation is in a Forum on a day."""

    MEMBER = "member"
    SUSPENDED = "suspended"
    LEFT = "left"
    TO_COME = "to_come"


OPEN_STATES = frozenset({ApplicationState.RECEIVED, ApplicationState.ASKED})
DECIDED_STATES = frozenset({ApplicationState.ADMITTED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN})
APPLICATIONS = Machine[ApplicationState](
    {
        ApplicationState.WRITTEN: frozenset({ApplicationState.RECEIVED}),
        ApplicationState.RECEIVED: frozenset(
            {
                ApplicationState.ASKED,
                ApplicationState.ADMITTED,
                ApplicationState.REFUSED,
                ApplicationState.WITHDRAWN,
            }
        ),
        ApplicationState.ASKED: frozenset(
            {
                ApplicationState.RECEIVED,
                ApplicationState.ADMITTED,
                ApplicationState.REFUSED,
                ApplicationState.WITHDRAWN,
            }
        ),
    }
)


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; None is without end."""

    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """True on the first day, on the last day, and in between."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: Span) -> bool:
        """True if there is a day in both."""
        mine, theirs = self.ends_on or date.max, other.ends_on or date.max
        return self.starts_on <= theirs and other.starts_on <= mine


def standing(membership: Span, suspensions: Iterable[Span], day: date) -> Standing:
    """An organisation has its seat from admission to its last day, but for the days of a suspension."""
    if day < membership.starts_on:
        return Standing.TO_COME
    if not membership.holds_on(day):
        return Standing.LEFT
    return Standing.SUSPENDED if any(one.holds_on(day) for one in suspensions) else Standing.MEMBER


def check_admission(wanted: date, earlier: Iterable[Span], today: date) -> None:
    """One membership at a time; an act of admission is not of a day to come further than a year."""
    if any(one.overlaps(Span(wanted, None)) for one in earlier):
        raise Conflict(N_("This organisation is a member already, or was on that day."), code="member")
    if (wanted - today).days > 366:
        raise Invalid(N_("The day of admission is more than a year ahead."), code="day", field="admitted_on")


def check_day(wanted: date, today: date, *, field: str) -> None:
    """What held on days that are over is not rewritten: rolls were drawn from it."""
    if wanted < today:
        raise Invalid(N_("Choose today or a later day."), code="day", field=field)


def check_suspension(membership: Span, suspensions: Iterable[Span], wanted: Span) -> None:
    """A suspension lies within the membership, and two of them never share a day."""
    if wanted.ends_on is not None and wanted.ends_on < wanted.starts_on:
        raise Invalid(N_("The last day comes before the first day."), code="term", field="ends_on")
    if not membership.holds_on(wanted.starts_on):
        raise Invalid(N_("On that day the organisation is no member."), code="term", field="starts_on")
    if any(one.overlaps(wanted) for one in suspensions):
        raise Conflict(N_("The organisation is suspended already in these days."), code="suspended", field="starts_on")


def check_readmission(suspension: Span, last_day: date, today: date) -> None:
    """The last day of a suspension is never moved behind what was already over."""
    if suspension.ends_on is not None and suspension.ends_on < today:
        raise Conflict(N_("This suspension is over already."), code="over")
    if last_day < suspension.starts_on:
        raise Invalid(N_("A suspension lasts a day at least: choose a later day."), code="term", field="back_on")
    if suspension.ends_on is not None and last_day > suspension.ends_on:
        raise Invalid(
            N_("The suspension ends before that day: to make it longer suspend the organisation again, with a reason."),
            code="longer",
            field="back_on",
        )


def check_reason(reason: str, field: str = "reason") -> str:
    """Whoever is suspended, refused or struck off is told why."""
    if len(reason) < REASON_LEAST:
        raise Invalid(
            N_("Give the reason in at least %(least)d characters."),
            code="reason_too_short",
            field=field,
            least=REASON_LEAST,
        )
    return reason
