"""Statute art. 30: when the opinion of the Conferenza is there, when it is not, when the Council may go on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.conferences.rules import REPEAT_DAYS
from portal.kernel.machine import Machine
from portal.kernel.words import N_, Words

SITTINGS = 3  # art. 30 c.6: the first one, and two further sittings
ALARMS = (20, 27)  # days after the first sitting on which those who convene are written to
SUBJECT_LIMIT, LINE_LIMIT, TEXT_LIMIT, REASON_LIMIT, REASON_LEAST = 300, 200, 20_000, 2_000, 30
MOST_REMARKS = 100


class OpinionKind(StrEnum):
    """What a text says of the plan; a contrary opinion is a text to be passed like any other."""

    FAVOURABLE = "favourable"
    WITH_REMARKS = "favourable_with_remarks"
    CONTRARY = "contrary"


class Result(StrEnum):
    """What became of one sitting."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DESERTED = "deserted"


class Stage(StrEnum):
    """How far a request has come."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    NOT_REACHED = "not_reached"
    REACHED = "reached"
    RENDERED = "rendered"
    NOT_RENDERED = "not_rendered"
    TRANSMITTED = "transmitted"


class DocumentKind(StrEnum):
    """What is sent to the Council."""

    OPINION = "opinion"
    CERTIFICATE = "certificate"


STAGES = Machine(
    {
        Stage.REQUESTED: frozenset({Stage.PROPOSED, Stage.NOT_REACHED}),
        Stage.PROPOSED: frozenset({Stage.NOT_REACHED, Stage.REACHED}),
        Stage.NOT_REACHED: frozenset({Stage.NOT_REACHED, Stage.REACHED, Stage.NOT_RENDERED}),
        Stage.REACHED: frozenset({Stage.RENDERED}),
        Stage.RENDERED: frozenset({Stage.TRANSMITTED}),
        Stage.NOT_RENDERED: frozenset({Stage.TRANSMITTED}),
    }
)


@dataclass(frozen=True)
class Attempt:
    """A sitting in which the opinion was voted, or that was deserted; each call of a notice is a sitting."""

    sitting: int
    call: int
    day: date
    result: Result
    poll_id: int | None = None


@dataclass(frozen=True)
class Numbered:
    """A sitting with its day: 0 is the first one's. A sitting after the term, or again on day 0, does not count."""

    attempt: Attempt
    day: int
    counts: bool


@dataclass(frozen=True)
class Course:
    """Art. 30 c.6: what the sittings held so far amount to on a day."""

    sittings: tuple[Numbered, ...]
    reached: Attempt | None
    last_day: date | None  # on which a further sitting can be held
    today: int | None  # days since the first sitting

    @property
    def held(self) -> int:
        """How many sittings count."""
        return sum(1 for one in self.sittings if one.counts)

    @property
    def missing(self) -> int:
        """How many further sittings the Statute asks for."""
        return 0 if self.reached else max(0, SITTINGS - self.held)

    @property
    def days_left(self) -> int | None:
        """Days that are left for them; negative once the term is over."""
        return None if self.today is None else REPEAT_DAYS - self.today

    @property
    def exhausted(self) -> bool:
        """True if the opinion was not reached in any of the sittings: it is not rendered."""
        return self.reached is None and self.held >= SITTINGS

    @property
    def under_way(self) -> bool:
        """True while further sittings are to be held."""
        return bool(self.sittings) and self.reached is None and not self.exhausted

    @property
    def expired(self) -> bool:
        """True if the term is over and the sittings were not held: nothing but an override leads on."""
        return self.under_way and self.days_left is not None and self.days_left < 0

    @property
    def alarm(self) -> int | None:
        """The latest day of alarm that has come, while there is still time."""
        if not self.under_way or self.expired or self.today is None:
            return None
        return max((day for day in ALARMS if day <= self.today), default=None)


def course(attempts: Sequence[Attempt], today: date) -> Course:
    """Art. 30 c.6: the first sitting is day 0, which is not counted; the thirtieth day belongs to the term.

    An opinion that is reached is there whenever that happens: the term only says when the Council may do without.
    """
    ordered = sorted(attempts, key=lambda one: (one.day, one.sitting, one.call))
    if not ordered:
        return Course((), None, None, None)
    first = ordered[0]
    numbered, counted = [], 0
    for one in ordered:
        day = (one.day - first.day).days
        counts = counted < SITTINGS and (one is first or 1 <= day <= REPEAT_DAYS)
        counted += counts
        numbered.append(Numbered(one, day, counts))
    reached = next((one for one in ordered if one.result is Result.REACHED), None)
    return Course(tuple(numbered), reached, first.day + timedelta(days=REPEAT_DAYS), (today - first.day).days)


def stage(
    found: Course, *, text: bool, document: DocumentKind | None, transmitted: bool
) -> Stage:  # fmt: skip
    """How far a request has come, step by step through the table of stages."""
    at = Stage.REQUESTED
    steps = [Stage.PROPOSED] if text else []
    for one in found.sittings:
        if found.reached is one.attempt:
            steps.append(Stage.REACHED)
            break
        steps.append(Stage.NOT_REACHED)
    if found.exhausted:
        steps.append(Stage.NOT_RENDERED)
    if found.reached and document is DocumentKind.OPINION:
        steps.append(Stage.RENDERED)
    if transmitted and document is not None:
        steps.append(Stage.TRANSMITTED)
    for step in steps:
        at = STAGES.advance(at, step)
    return at


@dataclass(frozen=True)
class Reason:
    """Why the Council cannot approve yet."""

    code: str
    words: Words


def blocked(at: Stage, found: Course, *, document: bool, overridden: bool) -> tuple[Reason, ...]:
    """Art. 30 c.6, 32 c.1: what keeps the Council from going on; nothing, if that was set aside by two persons."""
    if at is Stage.TRANSMITTED or overridden:
        return ()
    if found.expired:
        said = {"held": found.held, "needed": SITTINGS, "day": found.last_day}
        words = Words(N_("The thirty days are over and %(held)s of the %(needed)s sittings were held."), said)
        return (Reason("expired", words),)
    if found.under_way:
        said = {"missing": found.missing, "left": found.days_left}
        words = Words(N_("Further sittings still to be held: %(missing)s. Days left: %(left)s."), said)
        return (Reason("repeat", words),)
    if not found.sittings:
        return (Reason("no_sitting", Words(N_("The Conferenza has not voted yet."))),)
    if not document:
        missing = N_("The certificate has not been drawn up yet.")
        if found.reached:
            missing = N_("The opinion has been reached; its document has not been drawn up yet.")
        return (Reason("no_document", Words(missing)),)
    return (Reason("not_transmitted", Words(N_("The document has not been transmitted to the Council yet."))),)


def may_override(reasons: Sequence[Reason]) -> bool:
    """Only missing sittings can be set aside; a document that is missing is to be drawn up."""
    return any(one.code in {"expired", "repeat", "no_sitting"} for one in reasons)
