"""How statements were weighed, group by group: the formulas of opinion research, over the registered categories.

A, D, S are those who agree, disagree, and answered at all in a group; shares are smoothed as (A+1)/(S+2), so that three
answers do not weigh as thirty. Square roots are allowed here and nowhere else: nothing of this decides an outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod, sqrt

SIGNIFICANT = 1.2816  # nine times out of ten, one side
CELL = 5  # answers of a group that are enough to speak of it
HALF = Fraction(1, 2)
MANY_PASS = Fraction(3, 10)


@dataclass(frozen=True)
class Cell:
    """Answers of a group to one statement."""

    agree: int = 0
    disagree: int = 0
    passes: int = 0

    @property
    def seen(self) -> int:
        """All who answered."""
        return self.agree + self.disagree + self.passes

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.agree + other.agree, self.disagree + other.disagree, self.passes + other.passes)

    @property
    def opposite(self) -> Cell:
        """The same with the two sides exchanged."""
        return Cell(self.disagree, self.agree, self.passes)


def total(cells: Sequence[Cell]) -> Cell:
    """All groups together."""
    return sum(cells, Cell())


def success(cell: Cell) -> Fraction:
    """The smoothed share of those who agree."""
    return Fraction(cell.agree + 1, cell.seen + 2)


def success_test(cell: Cell) -> float:
    """How far from an even split, in standard errors."""
    return 2 * sqrt(cell.seen + 1) * ((cell.agree + 1) / (cell.seen + 1) - 0.5)


def representative(cell: Cell, others: Cell) -> Fraction:
    """How much more a group agrees than all others: the ratio of the two shares."""
    return success(cell) / success(others)


def representative_test(cell: Cell, others: Cell) -> float:
    """The difference between a group and all others, in standard errors."""
    here, there = cell.seen + 1, others.seen + 1
    pooled = (cell.agree + 1 + others.agree + 1) / (here + there)
    if pooled >= 1:
        return 0.0
    share, other = (cell.agree + 1) / here, (others.agree + 1) / there
    return (share - other) / sqrt(pooled * (1 - pooled) * (1 / here + 1 / there))


def group_aware(cells: Sequence[Cell]) -> Fraction:
    """The product of the shares of all groups: high only where every group agrees, and low with many groups."""
    return prod((success(cell) for cell in cells), start=Fraction(1))


def evened(cells: Sequence[Cell]) -> float:
    """The geometric mean over groups of those who agree and do not disagree, which many small groups do not sink."""
    if not cells:
        return 0.0
    each = [(c.agree + 0.5) / (c.seen + 1) * (1 - (c.disagree + 0.5) / (c.seen + 1)) for c in cells]
    return float(prod(each) ** (1 / len(each)))


def agrees(cell: Cell) -> bool:
    """More than half of a group agrees, and not by chance."""
    return success(cell) > HALF and success_test(cell) > SIGNIFICANT


def enough(cells: Sequence[Cell]) -> list[Cell]:
    """The groups that are large enough to speak of."""
    return [cell for cell in cells if cell.seen >= CELL]


def is_consensus(cells: Sequence[Cell]) -> bool:
    """Every group that is large enough agrees, and there is one."""
    heard = enough(cells)
    return bool(heard) and all(agrees(cell) for cell in heard)


def is_divisive(cells: Sequence[Cell]) -> bool:
    """One group agrees and another disagrees, neither by chance."""
    heard = enough(cells)
    return any(agrees(cell) for cell in heard) and any(agrees(cell.opposite) for cell in heard)


def is_uncertain(cells: Sequence[Cell]) -> bool:
    """More than three in ten pass."""
    whole = total(cells)
    return whole.seen >= CELL and Fraction(whole.passes, whole.seen) > MANY_PASS


def is_distinctive(cell: Cell, others: Cell) -> bool:
    """A group that is large enough agrees, and more than all others, neither by chance."""
    apart = representative_test(cell, others) > SIGNIFICANT
    return cell.seen >= CELL and apart and success_test(cell) > SIGNIFICANT


def uncertainty(cells: Sequence[Cell]) -> Fraction:
    """The order of those that are passed: many, and by many."""
    whole = total(cells)
    return Fraction(whole.passes**3, whole.seen**2) if whole.seen else Fraction(0)


def spread(cells: Sequence[Cell]) -> Fraction:
    """How far apart the groups are that are large enough."""
    shares = [success(cell) for cell in enough(cells)]
    return max(shares) - min(shares) if shares else Fraction(0)


def least_share(cells: Sequence[Cell]) -> Fraction:
    """The smallest share among the groups that are large enough; nothing where there are none."""
    return min((success(cell) for cell in enough(cells)), default=Fraction(0))
