"""Parts of a whole: what is needed, what there is, what is missing. Integers and fractions, never floats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


def least(share: Fraction, total: int, *, strict: bool) -> int:
    """The smallest whole number that is enough; never less than one, because nothing is never enough."""
    exact = share * total
    whole = exact.numerator // exact.denominator
    if strict or whole < exact:
        whole += 1
    return max(1, whole)


@dataclass(frozen=True)
class Axis:
    """One threshold and how it was met: `got` of `total`, where `needed` is the smallest number that is enough."""

    got: int
    needed: int
    total: int

    @classmethod
    def of(cls, got: int, share: Fraction, total: int, *, strict: bool = False) -> Axis:
        """Enough is a share of the total, or more than it."""
        return cls(got, least(share, total, strict=strict), total)

    @classmethod
    def more_than(cls, got: int, other: int) -> Axis:
        """Enough is one more than the other side."""
        return cls(got, other + 1, got + other)

    @property
    def missing(self) -> int:
        """How much more would have been enough; zero if it is."""
        return max(0, self.needed - self.got)

    @property
    def met(self) -> bool:
        """True if there is enough."""
        return self.missing == 0
