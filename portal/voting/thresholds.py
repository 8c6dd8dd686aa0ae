"""Statute art. 26 c.2, 30 c.5: a rule set is a list of conditions that must all hold, on seats and on population.

Pure arithmetic on integers and fractions. A *count* (yes, present, cast) is held against a share of a *base* (roll,
present, cast, yes and no), against another count, or against a fixed number. Population is counted once for each group
of seats that stands for it. Present means: answered in any way, or in the hall of the sitting; cast means: yes, no or
abstain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from portal.kernel.shares import Axis
from portal.voting.conditions import Base, Condition, Count, Dimension, RuleSet
from portal.voting.rules import ANSWERS, Choice


class Verdict(StrEnum):
    """What came of a poll."""

    PASSED = "passed"
    NOT_REACHED = "not_reached"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Seat:
    """One place on the roll; seats of one group stand for the same residents, who are counted once."""

    number: int
    population: int = 0
    group: str = ""


@dataclass(frozen=True)
class Result:
    """One condition and how it was met."""

    condition: Condition
    axis: Axis

    @property
    def met(self) -> bool:
        """True if this condition holds."""
        return self.axis.met

    def as_data(self) -> dict[str, Any]:
        """Plain values, as they are stored and exported."""
        axis = self.axis
        return {
            "condition": self.condition.as_data(),
            "got": axis.got,
            "needed": axis.needed,
            "total": axis.total,
            "missing": axis.missing,
            "met": axis.met,
        }


@dataclass(frozen=True)
class Share:
    """How many seats gave one answer, and the residents they stand for."""

    seats: int
    population: int


@dataclass(frozen=True)
class Outcome:
    """What the rule set says of the answers, with everything that was counted."""

    call: int
    results: tuple[Result, ...]
    tally: Mapping[Choice, Share]

    @property
    def met(self) -> bool:
        """True if every condition holds."""
        return all(result.met for result in self.results)

    @property
    def verdict(self) -> Verdict:
        """Passed, not reached, or without the number that makes a vote valid."""
        if any(not r.met for r in self.results if r.condition.count is Count.PRESENT):
            return Verdict.NO_QUORUM
        return Verdict.PASSED if self.met else Verdict.NOT_REACHED

    def as_data(self) -> dict[str, Any]:
        """Plain values, as they are stored and exported."""
        return {
            "call": self.call,
            "verdict": self.verdict.value,
            "results": [result.as_data() for result in self.results],
            "tally": {c.value: {"seats": s.seats, "population": s.population} for c, s in self.tally.items()},
        }


def outcome_of(data: Mapping[str, Any]) -> Outcome:
    """An outcome as it was stored."""
    results = (
        Result(Condition.of(found["condition"]), Axis(found["got"], found["needed"], found["total"]))
        for found in data["results"]
    )
    tally = {Choice(c): Share(s["seats"], s["population"]) for c, s in data["tally"].items()}
    return Outcome(data["call"], tuple(results), tally)


def residents(seats: Iterable[Seat]) -> int:
    """The residents that some seats stand for, each group counted once."""
    groups: dict[str, int] = {}
    for seat in seats:
        if groups.setdefault(seat.group, seat.population) != seat.population:
            raise ValueError(f"group {seat.group} has two populations")
    return sum(groups.values())


def evaluate(
    rule: RuleSet,
    roll: Sequence[Seat],
    answers: Mapping[int, Choice],
    *,
    call: int = 1,
    population_base: int | None = None,
    there: Collection[int] = (),
) -> Outcome:
    """Hold the answers (seat number to choice) against the conditions of a call.

    Whoever did not answer is absent, unless `there`: counted as present in the hall of a sitting.

    The base of the population is that of the whole roll, vacant seats included, unless a larger one is given, such as
    all residents of the metropolitan city where councillors vote.
    """
    by_number = {seat.number: seat for seat in roll}
    if len(by_number) != len(roll) or not {*answers, *there} <= by_number.keys():
        raise ValueError("a ballot came from outside the roll, or a seat is on it twice")
    given = {choice: [by_number[n] for n, c in answers.items() if c is choice] for choice in Choice}
    silent = [by_number[n] for n in there if answers.get(n) not in ANSWERS]
    weigh = _Scale(roll, given, residents(roll) if population_base is None else population_base, silent)
    results = tuple(Result(c, weigh.axis(c)) for c in rule.for_call(call))
    tally = {c: Share(len(given[c]), residents(given[c])) for c in Choice if c in ANSWERS}
    return Outcome(call, results, tally)


_SIDES: dict[Count, frozenset[Choice]] = {
    Count.YES: frozenset({Choice.YES}),
    Count.NO: frozenset({Choice.NO}),
    Count.CAST: frozenset({Choice.YES, Choice.NO, Choice.ABSTAIN}),
    Count.PRESENT: ANSWERS,
}
_BASES: dict[Base, frozenset[Choice]] = {
    Base.PRESENT: ANSWERS,
    Base.CAST: _SIDES[Count.CAST],
    Base.YES_AND_NO: frozenset({Choice.YES, Choice.NO}),
}


@dataclass(frozen=True)
class _Scale:
    """Counts sides and bases on either dimension."""

    roll: Sequence[Seat]
    given: Mapping[Choice, list[Seat]]
    population_base: int
    silent: Sequence[Seat] = ()  # in the hall, and without an answer

    def axis(self, condition: Condition) -> Axis:
        """One condition, weighed."""
        got = self._count(condition.count, condition.axis)
        if condition.more_than is not None:
            return Axis.more_than(got, self._count(condition.more_than, condition.axis))
        if condition.at_least is not None:
            return Axis(got, condition.at_least, self._whole(condition.axis))
        assert condition.base is not None
        share = Fraction(condition.numerator, condition.denominator)
        return Axis.of(got, share, self._base(condition.base, condition.axis), strict=condition.strict)

    def _count(self, count: Count, dimension: Dimension) -> int:
        return self._whole(dimension) if count is Count.ROLL else self._of(_SIDES[count], dimension)

    def _base(self, base: Base, dimension: Dimension) -> int:
        return self._whole(dimension) if base is Base.ROLL else self._of(_BASES[base], dimension)

    def _whole(self, dimension: Dimension) -> int:
        return len(self.roll) if dimension is Dimension.SEATS else self.population_base

    def _of(self, choices: frozenset[Choice], dimension: Dimension) -> int:
        seats = [seat for choice in choices for seat in self.given[choice]]
        if choices == ANSWERS:
            seats += self.silent
        return len(seats) if dimension is Dimension.SEATS else residents(seats)
