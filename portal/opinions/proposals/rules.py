"""Statute art. 14 c.2-3: the terms of a proposal to the Council, and what covers an item of the document. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.kernel.clock import at_rome, local_day

AGENDA_MONTHS, DECISION_MONTHS = 3, 2  # art. 14 c.2, where the Forum's own rules say nothing else
WARNINGS = (30, 7)  # days before a term on which those concerned are written to
TITLE_LIMIT, LINE_LIMIT, TEXT_LIMIT, REGISTER_LIMIT = 200, 200, 8_000, 60
MOST_ITEMS = 60
_LAST = time(23, 59, 59, 999_999)


class ProposalStage(StrEnum):
    """How far a proposal has come."""

    WRITTEN = "written"
    APPROVED = "approved"
    SENT = "sent"
    ON_AGENDA = "on_agenda"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What the Council decided."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"


class Degree(StrEnum):
    """How far the plan answers to an item of the Forum's document."""

    COVERED = "covered"
    PARTLY = "partly"
    NOT_COVERED = "not_covered"


class Awaited(StrEnum):
    """What a running term is for."""

    AGENDA = "agenda"
    DECISION = "decision"


@dataclass(frozen=True)
class Facts:
    """What happened to a proposal, as far as terms and stages go."""

    approved: bool = False
    sent_on: date | None = None
    agenda_on: date | None = None
    decided_on: date | None = None
    withdrawn_on: date | None = None
    agenda_months: int = AGENDA_MONTHS
    decision_months: int = DECISION_MONTHS


@dataclass(frozen=True)
class Term:
    """One of the two terms: until when, when it was met, and how many days late it was or is."""

    awaited: Awaited
    last_day: date
    met_on: date | None
    late: int

    @property
    def due_at(self) -> datetime:
        """The last instant of the last day, in Rome."""
        return at_rome(self.last_day, _LAST)


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands at an instant."""

    stage: ProposalStage
    terms: tuple[Term, ...]
    running: Term | None
    left: int | None  # days until the running term, the last one not counted; negative once it is over

    @property
    def overdue(self) -> bool:
        """True while a term is over and what it is for has not been done."""
        return self.running is not None and self.running.late > 0

    @property
    def days_late(self) -> int:
        """How late what is awaited is."""
        return self.running.late if self.running else 0


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def terms(facts: Facts, today: date) -> tuple[Term, ...]:
    """Art. 14 c.2: on the agenda within three months of sending, decided within two further months.

    The two months run from the day it was put on the agenda, and at the latest from the end of the three: a Council
    that is late does not gain time by it.
    """
    if facts.sent_on is None:
        return ()
    until = facts.withdrawn_on or today
    last = add_months(facts.sent_on, facts.agenda_months)
    agenda = Term(Awaited.AGENDA, last, facts.agenda_on, _late(last, facts.agenda_on, until))
    begins = min(facts.agenda_on or last, last)
    last = add_months(begins, facts.decision_months)
    decided = Term(Awaited.DECISION, last, facts.decided_on, _late(last, facts.decided_on, until))
    return (agenda, decided)


def standing(facts: Facts, now: datetime) -> Standing:
    """The stage, the terms, and the one that runs."""
    today, at = local_day(now), stage(facts)
    found = terms(facts, today)
    running = next((one for one in found if one.met_on is None), None)
    if at in {ProposalStage.DECIDED, ProposalStage.WITHDRAWN}:
        running = None
    left = (running.last_day - today).days if running else None
    return Standing(at, found, running, left)


def stage(facts: Facts) -> ProposalStage:
    """Derived from what happened, never stored."""
    if facts.withdrawn_on is not None:
        return ProposalStage.WITHDRAWN
    if facts.decided_on is not None:
        return ProposalStage.DECIDED
    if facts.agenda_on is not None:
        return ProposalStage.ON_AGENDA
    if facts.sent_on is not None:
        return ProposalStage.SENT
    return ProposalStage.APPROVED if facts.approved else ProposalStage.WRITTEN


def warning(found: Standing) -> str:
    """Which letter about the running term is due: 30 or 7 days before, the day after it; nothing: none."""
    if found.left is None:
        return ""
    if found.left < 0:
        return "overdue"
    due = [days for days in WARNINGS if found.left <= days]
    return str(min(due)) if due else ""


def covered(degrees: Collection[Degree]) -> Degree | None:
    """What an item amounts to: covered if one action covers it, partly if one does in part; none: not looked at."""
    for degree in (Degree.COVERED, Degree.PARTLY, Degree.NOT_COVERED):
        if degree in degrees:
            return degree
    return None


def _late(last: date, met: date | None, until: date) -> int:
    return max(timedelta(0), (met or until) - last).days
