"""Statute art. 32 c.7: indications counted in bodies and in residents, two figures that are never mixed.

Nothing here is a vote: there is no threshold and no outcome, only who said what and for how many residents. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.conferences.table.rules import Stance


@dataclass(frozen=True)
class Answer:
    """A seat that is asked: what it said, if it said anything, and whether it is there."""

    population: int
    present: bool
    stance: Stance | None = None


@dataclass(frozen=True)
class Weight:
    """Some seats and the residents behind them: two figures, each with its own base."""

    bodies: int = 0
    population: int = 0

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Weight:
        """How many, and for how many residents."""
        known = list(answers)
        return cls(len(known), sum(one.population for one in known))


@dataclass(frozen=True)
class Counts:
    """What the seats of a round said; `entitled` is the base of every figure."""

    favourable: Weight
    with_remarks: Weight
    contrary: Weight
    answered: Weight
    silent: Weight  # there, and have not answered
    absent: Weight  # not there, and have not answered
    entitled: Weight

    def of(self, stance: Stance) -> Weight:
        """Those who said this."""
        found: Weight = getattr(self, stance.value)
        return found

    @property
    def asked(self) -> Weight:
        """Those who could answer: whoever did, and whoever is there."""
        return Weight(
            self.answered.bodies + self.silent.bodies,
            self.answered.population + self.silent.population,
        )


def count(answers: Iterable[Answer]) -> Counts:
    """Every seat falls into one group; who answered and then left has answered."""
    known = list(answers)
    said = {stance: Weight.of(one for one in known if one.stance is stance) for stance in Stance}
    quiet = [one for one in known if one.stance is None]
    return Counts(
        favourable=said[Stance.FAVOURABLE],
        with_remarks=said[Stance.WITH_REMARKS],
        contrary=said[Stance.CONTRARY],
        answered=Weight.of(one for one in known if one.stance is not None),
        silent=Weight.of(one for one in quiet if one.present),
        absent=Weight.of(one for one in quiet if not one.present),
        entitled=Weight.of(known),
    )
