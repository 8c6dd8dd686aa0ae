"""Law 241/1990 art. 16, Statute art. 32 c.1: the term of the Forum, and how far a request has come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from portal.kernel.clock import at_rome, local_day
from portal.kernel.words import N_, Words

ALARMS = (5, 2)  # days before the end on which those who prepare the opinion are written to; and when it is over
SUBJECT_LIMIT, ACT_LIMIT, LINE_LIMIT, REASON_LIMIT, REASON_LEAST = 300, 60, 200, 4_000, 20
LAST_INSTANT = time.max  # the last day belongs to the term to its end


class Step(StrEnum):
    """What the Forum does with a request, one after the other."""

    TABLES_OPENED = "tables_opened"
    TABLES_CLOSED = "tables_closed"
    DRAFTING_BEGUN = "drafting_begun"
    AMENDMENTS_OPENED = "amendments_opened"
    TEXT_FROZEN = "text_frozen"
    FINAL_TEXT_FROZEN = "final_text_frozen"
    VOTED = "voted"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"
    DISSENT_CLOSED = "dissent_closed"


class Stage(StrEnum):
    """How far a request has come; the last three stand aside."""

    REQUESTED = "requested"
    IN_TABLES = "in_tables"
    DRAFTING = "drafting"
    AMENDMENTS = "amendments"
    TEXT_FROZEN = "text_frozen"
    VOTED = "voted"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"
    TRANSMITTED = "transmitted"
    ANSWERED = "answered"
    EXPIRED = "expired"
    SUSPENDED = "suspended_for_instruction"
    WITHDRAWN = "withdrawn"


class DocumentKind(StrEnum):
    """What is sent to the Council."""

    OPINION = "opinion"
    CERTIFICATE = "certificate"


class AnswerOutcome(StrEnum):
    """What the Council does with a remark."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True)
class Interruption:
    """The Forum asked the Council for facts; until they arrive no term runs."""

    asked_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Term:
    """The days that the Forum has; the instant at which they are over, or none while it waits for the Council."""

    received_at: datetime
    days: int
    extra_days: int
    interruption: Interruption | None = None

    @property
    def first_due_at(self) -> datetime:
        """The end of the term if nothing interrupts it."""
        return last_instant(self.received_at, self.days)

    @property
    def due_at(self) -> datetime | None:
        """The end of the term as things are."""
        if self.interruption is None:
            return self.first_due_at
        if self.interruption.answered_at is None:
            return None
        return last_instant(self.interruption.answered_at, self.extra_days)

    def is_over(self, now: datetime) -> bool:
        """True after the last instant."""
        return self.due_at is not None and now > self.due_at


def last_instant(start: datetime, days: int) -> datetime:
    """The day of arrival is not counted; the last day belongs to the term to its end, by the clock of Rome."""
    return at_rome(local_day(start) + timedelta(days=days), LAST_INSTANT)


def days_left(due_at: datetime, now: datetime) -> int:
    """Whole days between today and the last day; negative once the term is over."""
    return (local_day(due_at) - local_day(now)).days


def alarm(due_at: datetime | None, now: datetime) -> int | None:
    """The alarm whose day has come: five days before, two days before, or zero once the term is over."""
    if due_at is None:
        return None
    if now > due_at:
        return 0
    left = days_left(due_at, now)
    return min((day for day in ALARMS if left <= day), default=None)


_BY_STEP = (
    (Step.TABLES_OPENED, Stage.IN_TABLES),
    (Step.DRAFTING_BEGUN, Stage.DRAFTING),
    (Step.AMENDMENTS_OPENED, Stage.AMENDMENTS),
    (Step.TEXT_FROZEN, Stage.TEXT_FROZEN),
    (Step.VOTED, Stage.VOTED),
    (Step.NO_QUORUM, Stage.NO_QUORUM),
    (Step.NOT_ADOPTED, Stage.NOT_ADOPTED),
    (Step.ADOPTED, Stage.ADOPTED),
)


def stage(steps: Collection[Step], *, transmitted: bool, answered: bool) -> Stage:
    """How far the Forum has come, whatever became of the term."""
    if transmitted:
        return Stage.ANSWERED if answered else Stage.TRANSMITTED
    return next((at for step, at in reversed(_BY_STEP) if step in steps), Stage.REQUESTED)


@dataclass(frozen=True)
class Reason:
    """Why the Council cannot go on yet."""

    code: str
    words: Words


@dataclass(frozen=True)
class Facts:
    """What the reasons are told from."""

    withdrawn: bool
    suspended: bool
    over: bool
    certified: bool
    drawn: bool
    transmitted: bool
    adopted: bool
    days_left: int | None


def blocked(at: Facts) -> tuple[Reason, ...]:
    """Art. 32 c.1, law 241/1990 art. 16 c.2: what keeps the Council from going on; the end of the term frees it."""
    if at.withdrawn or at.transmitted or at.certified:
        return ()
    if at.over:
        return (Reason("no_certificate", Words(N_("The term is over; the certificate has not been drawn up yet."))),)
    if at.suspended:
        return (Reason("suspended", Words(N_("The Forum waits for what it asked of the Council; no term runs."))),)
    if at.drawn:
        return (Reason("not_transmitted", Words(N_("The opinion has not been transmitted to the Council yet."))),)
    said = {"left": at.days_left}
    if at.adopted:
        words = Words(N_("The opinion is adopted; its document has not been drawn up. Days left: %(left)s."), said)
        return (Reason("no_document", words),)
    return (Reason("running", Words(N_("The Forum is preparing its opinion. Days left: %(left)s."), said)),)


def is_answered(remarks: Collection[int], answers: Mapping[int, AnswerOutcome]) -> bool:
    """True once every remark has its answer; without remarks there is nothing to answer."""
    return bool(remarks) and all(number in answers for number in remarks)
