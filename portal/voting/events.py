"""What happened to rule sets and polls; streams `voting` and `poll:N`. Ballots are rows of their own, not entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.kernel.events import Audience, Event


@dataclass(frozen=True)
class RuleSetRevised(Event):
    """A matter is decided by these conditions from a day on."""

    STREAM = "voting"
    AUDIENCE = Audience.PUBLIC
    rule_set_id: int
    code: str
    number: int
    valid_from: date
    rule_hash: str


@dataclass(frozen=True)
class PollPrepared(Event):
    """A question, the seats that will answer it, and the population they count with are fixed."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    matter: str
    rule_code: str
    rule_hash: str
    question_hash: str
    call: int
    seats: int
    population_base: int
    snapshot_id: int | None
    follows_id: int | None


@dataclass(frozen=True)
class SeatDelegated(Event):
    """A seat is taken by somebody with an express delegation."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    seat: int
    mandate: int
    title_hash: str


@dataclass(frozen=True)
class SeatTakenLate(Event):
    """Somebody came into the hall while the poll was open, and its rules let them answer."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    seat: int
    mandate: int
    title_hash: str


@dataclass(frozen=True)
class PollOpened(Event):
    """Seats may answer; who holds them is frozen."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    opened_at: datetime
    roll_hash: str
    rule_hash: str
    seats: int
    vacant: int


@dataclass(frozen=True)
class PollEndSet(Event):
    """From this instant on no answer is taken; none if it ends when somebody closes it."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    closes_at: datetime | None


@dataclass(frozen=True)
class TallyProposed(Event):
    """Answers given by hand or on paper were entered and wait for a second person."""

    STREAM = "poll:{poll_id}"
    poll_id: int
    request_id: int
    channel: str
    seats: int
    tally_hash: str


@dataclass(frozen=True)
class TallyConfirmed(Event):
    """A second person found the entered answers right; they are ballots now."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    request_id: int
    channel: str
    seats: int
    tally_hash: str


@dataclass(frozen=True)
class TallyRefused(Event):
    """A second person found the entered answers wrong; none of them counts."""

    STREAM = "poll:{poll_id}"
    poll_id: int
    request_id: int
    tally_hash: str


@dataclass(frozen=True)
class RollDiffered(Event):
    """Some seats changed hands in the register while the poll was open; the poll kept its roll."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    seats: list[int]


@dataclass(frozen=True)
class PollClosed(Event):
    """No answer came in after this; the ballots and their count are fixed."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    closed_at: datetime
    roll_hash: str
    root_hash: str
    outcome_hash: str
    ballots: int
    yes: int
    no: int
    abstain: int
    present_not_voting: int
    met: bool


@dataclass(frozen=True)
class PollProclaimed(Event):
    """The chair proclaimed the result."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    proclaimed_at: datetime
    root_hash: str
    met: bool


@dataclass(frozen=True)
class PollAnnulmentAsked(Event):
    """Somebody asks that a counted poll be annulled; another person has to agree."""

    STREAM = "poll:{poll_id}"
    poll_id: int
    request_id: int
    reason_hash: str


@dataclass(frozen=True)
class PollAnnulmentRefused(Event):
    """The second person did not agree: the result stands."""

    STREAM = "poll:{poll_id}"
    poll_id: int
    request_id: int


@dataclass(frozen=True)
class PollAnnulled(Event):
    """The poll does not count, for a reason that everybody can read."""

    STREAM = "poll:{poll_id}"
    AUDIENCE = Audience.PUBLIC
    poll_id: int
    was: str
    reason_hash: str
