"""Statute art. 6, 14, 32 c.1: what becomes of a vote of the Forum, when dissent is noted, and the minority's share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.offices import ForumCategory
from portal.kernel.shares import Axis
from portal.kernel.words import N_
from portal.voting.rules import PollState
from portal.voting.thresholds import Verdict

DISSENT_LIMIT, DISSENT_LEAST = 5_000, 30
CALLS = 2  # a vote without its legal number is taken again once
REMINDERS = (72, 24, 2)  # hours before the closing
LEAST_OPEN, MOST_OPEN = timedelta(hours=4), timedelta(days=15)


class Result(StrEnum):
    """What became of a vote."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"


class Way(StrEnum):
    """How a vote is taken."""

    SITTING = "sitting"
    TERM = "term"


_RESULTS = {
    Verdict.PASSED: Result.PASSED,
    Verdict.NOT_REACHED: Result.NOT_PASSED,
    Verdict.NO_QUORUM: Result.NO_QUORUM,
}


def result_of(verdict: Verdict) -> Result:
    """What the count says of a text: passed, not passed, or without the number that makes a vote valid."""
    return _RESULTS[verdict]


@dataclass(frozen=True)
class Taken:
    """A vote as it stands, in the order in which votes were taken."""

    poll_id: int
    state: PollState
    call: int
    result: Result | None


def decided(result: Result, call: int) -> bool:
    """Whether a vote ends the matter: one without its legal number does only in the last call."""
    return result is not Result.NO_QUORUM or call >= CALLS


def next_vote(earlier: Taken | None, call: int) -> tuple[int, int | None]:
    """The call of the next vote on a text and the vote it repeats; refused while there is nothing to repeat."""
    if earlier is None:
        return call, None
    if earlier.state is PollState.ANNULLED:
        return max(call, earlier.call), earlier.poll_id
    if earlier.state is not PollState.PROCLAIMED or earlier.result is None:
        raise Conflict(N_("There is a vote on it that is not over yet."), code="vote")
    if decided(earlier.result, earlier.call):
        raise Conflict(N_("This has been decided: it is not put to the vote again."), code="decided")
    return CALLS, earlier.poll_id


def check_term(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """A vote without a sitting lasts long enough for everybody to find it, and ends."""
    if closes_at <= now:
        raise Invalid(N_("The vote ends in the future."), code="term", field="closes_at")
    if not LEAST_OPEN <= closes_at - opens_at <= MOST_OPEN:
        raise Invalid(
            N_("A vote without a sitting lasts from four hours to fifteen days."), code="term", field="closes_at"
        )


def reminder_due(opens_at: datetime, closes_at: datetime, now: datetime) -> int | None:
    """The hours of the reminder whose time has come: the nearest one, and none that came before the vote opened."""
    due = [hours for hours in REMINDERS if opens_at < closes_at - timedelta(hours=hours) <= now]
    return min(due) if due and now < closes_at else None


def check_window(until: datetime | None, now: datetime) -> None:
    """Dissent is written and signed until the window ends, and not at that instant."""
    if until is None:
        raise Conflict(N_("Dissent is written down once the opinion is adopted."), code="dissent")
    if now >= until:
        raise Conflict(N_("The time for notes of dissent is over: they stay as they are."), code="dissent_over")


def check_dissent(text: str) -> str:
    """A note says why."""
    if len(text) < DISSENT_LEAST:
        raise Invalid(
            N_("Say why in at least %(least)d characters: it is published as you write it."),
            code="too_short",
            field="text",
            least=DISSENT_LEAST,
        )
    return text


def minority(signers: Collection[int], voters: Collection[int], share: Fraction) -> Axis:
    """Signatures of those who cast a vote, held against a share of the votes cast; the base is what was cast."""
    return Axis.of(len(set(signers) & set(voters)), share, len(set(voters)))


@dataclass(frozen=True)
class Cell:
    """How the seats of one family answered; who did not is among the seats alone."""

    category: ForumCategory
    seats: int
    counts: Mapping[str, int]

    @property
    def answered(self) -> int:
        """Seats of the family that answered in any way."""
        return sum(self.counts.values())


def breakdown(seats: Iterable[tuple[ForumCategory, str | None]]) -> tuple[Cell, ...]:
    """Each seat's family and answer (none if it did not answer), counted family by family in the order of art. 6."""
    found: dict[ForumCategory, list[str | None]] = {category: [] for category in ForumCategory}
    for category, answer in seats:
        found[category].append(answer)
    return tuple(_cell(category, said) for category, said in found.items() if said)


def _cell(category: ForumCategory, said: list[str | None]) -> Cell:
    given = [one for one in said if one is not None]
    return Cell(category, len(said), {one: given.count(one) for one in sorted(set(given))})
