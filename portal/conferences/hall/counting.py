"""Statute art. 28, 30, 32 c.7: who is there, counted in bodies and in residents, and the legal number if there is one.

Entitled seats alone make the legal number; those invited are counted beside it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from portal.conferences.ruleset import Quorum
from portal.kernel.shares import Axis


@dataclass(frozen=True)
class Counted:
    """A seat as it counts at an instant."""

    population: int
    entitled: bool
    accredited: bool
    present: bool
    remote: bool = False


@dataclass(frozen=True)
class Axes:
    """One group of seats: how many there are, how many could come, how many are there, and the residents behind."""

    seats: int = 0
    accredited: int = 0
    present: int = 0
    people: int = 0
    people_accredited: int = 0
    people_present: int = 0


@dataclass(frozen=True)
class Numbers:
    """Everything that a screen says about who is there."""

    entitled: Axes
    invited: Axes
    remote: int
    quorum: Axis | None  # of entitled seats; nothing where the rule set asks for none

    @property
    def valid(self) -> bool:
        """True while enough seats are there, or none are needed."""
        return self.quorum is None or self.quorum.met

    @property
    def reachable(self) -> bool:
        """True while those accredited would be enough, if all of them came."""
        return self.quorum is None or self.entitled.accredited >= self.quorum.needed


def count(seats: Iterable[Counted], quorum: Quorum | None) -> Numbers:
    """Both axes, and the legal number on the seats that are entitled."""
    known = list(seats)
    entitled = _axes(one for one in known if one.entitled)
    needed = None
    if quorum is not None:
        share = Fraction(quorum.numerator, quorum.denominator)
        needed = Axis.of(entitled.present, share, entitled.seats, strict=quorum.strict)
    return Numbers(
        entitled,
        _axes(one for one in known if not one.entitled),
        sum(1 for one in known if one.present and one.remote),
        needed,
    )


def _axes(seats: Iterable[Counted]) -> Axes:
    known = list(seats)
    able = [one for one in known if one.accredited or one.present]
    there = [one for one in known if one.present]
    return Axes(
        len(known),
        len(able),
        len(there),
        sum(one.population for one in known),
        sum(one.population for one in able),
        sum(one.population for one in there),
    )


def of_call(quorum: Iterable[Quorum], call: int) -> Quorum | None:
    """The legal number of a call; where no line speaks of it, none is needed."""
    return next((one for one in quorum if one.call == call), None)
