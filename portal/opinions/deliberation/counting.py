"""The one count of how statements were weighed: pages, files and the annex of the opinion all show what it returns.

By the six categories of art. 6. Where few of a category answered, its answers are told together with those of others,
so that nobody reads a single organisation's mind out of a table or of a number made of it; never a share without the
number it is a share of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from portal.kernel.offices import ForumCategory
from portal.opinions.deliberation import consensus
from portal.opinions.deliberation.consensus import CELL, Cell
from portal.opinions.deliberation.rules import Weight

TAKES_PART = 5  # statements weighed by an organisation that has taken part
SHARE = Fraction(1, 4)  # of the organisations that have to take part
Cells = Mapping[ForumCategory, Cell]


class Mark(StrEnum):
    """What can be said of a statement as a whole."""

    AGREED = "agreed"
    REJECTED = "rejected"
    DIVISIVE = "divisive"
    UNCERTAIN = "uncertain"


class Order(StrEnum):
    """The order in which results are read."""

    NUMBER = "number"
    AGREED = "agreed"
    DIVISIVE = "divisive"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Line:
    """A category; without a name, those that are told together."""

    category: ForumCategory | None
    cell: Cell


@dataclass(frozen=True)
class Counted:
    """What the weighings of one statement come to."""

    total: Cell
    lines: tuple[Line, ...]
    heard: int  # categories that are large enough to speak of
    marks: tuple[Mark, ...]
    least: Line | None  # of the lines that are large enough, the one that agrees least
    least_share: Fraction
    spread: Fraction
    uncertainty: Fraction
    group_aware: Fraction
    evened: float
    distinctive: tuple[ForumCategory, ...]


@dataclass(frozen=True)
class Turnout:
    """How many took part, and whether that is enough to speak of more than an indication."""

    seats: int
    some: int  # organisations that weighed at least one statement
    enough: int  # organisations that weighed as many as taking part needs
    votes: int = TAKES_PART  # how many that is
    share: Fraction = SHARE  # of the seats that have to take part

    @property
    def needed(self) -> int:
        """How many have to take part."""
        return -(-self.seats * self.share.numerator // self.share.denominator)

    @property
    def indicative(self) -> bool:
        """True where too few took part."""
        return not self.seats or self.enough < self.needed


def cells_of(answers: Iterable[tuple[ForumCategory, Weight]]) -> dict[ForumCategory, Cell]:
    """Answers by category, in the order of the Statute."""
    one = {Weight.AGREE: Cell(agree=1), Weight.DISAGREE: Cell(disagree=1), Weight.PASSES: Cell(passes=1)}
    found: dict[ForumCategory, Cell] = {}
    for category, weight in answers:
        found[category] = found.get(category, Cell()) + one[weight]
    return {category: found[category] for category in ForumCategory if category in found}


def count(cells: Cells, least: int = CELL) -> Counted:
    """What the answers to one statement come to."""
    each, lines = list(cells.values()), told(cells, least)
    whole = consensus.total(each)
    heard = [line for line in lines if line.cell.seen >= CELL]
    return Counted(
        total=whole,
        lines=lines,
        heard=len(consensus.enough(each)),
        marks=_marks(each),
        least=min(heard, key=lambda line: (consensus.success(line.cell), line.cell.seen), default=None),
        least_share=consensus.least_share(each),
        spread=consensus.spread(each),
        uncertainty=consensus.uncertainty(each),
        group_aware=consensus.group_aware([line.cell for line in lines]),
        evened=consensus.evened([line.cell for line in lines]),
        distinctive=tuple(c for c, cell in cells.items() if consensus.is_distinctive(cell, _others(cells, c))),
    )


def told(cells: Cells, least: int = CELL) -> tuple[Line, ...]:
    """The categories as everybody reads them: small ones together, with the next smallest if they are few still."""
    apart = {category: cell for category, cell in cells.items() if cell.seen >= least}
    small = consensus.total([cell for category, cell in cells.items() if category not in apart])
    while apart and 0 < small.seen < least:
        fewest = min(cell.seen for cell in apart.values())
        small += consensus.total([cell for cell in apart.values() if cell.seen == fewest])
        apart = {category: cell for category, cell in apart.items() if cell.seen > fewest}
    lines = tuple(Line(category, cell) for category, cell in apart.items())
    return (*lines, Line(None, small)) if small.seen else lines


def turnout(seats: int, weighed: Iterable[int], votes: int = TAKES_PART, share: Fraction = SHARE) -> Turnout:
    """From how many statements each organisation weighed."""
    numbers = [one for one in weighed if one]
    return Turnout(seats, len(numbers), sum(one >= votes for one in numbers), votes, share)


def rank(counted: Counted, order: Order) -> Fraction:
    """The larger, the earlier."""
    match order:
        case Order.AGREED:
            return counted.least_share
        case Order.DIVISIVE:
            return counted.spread
        case Order.UNCERTAIN:
            return counted.uncertainty
        case Order.NUMBER:
            return Fraction(0)


def _marks(cells: list[Cell]) -> tuple[Mark, ...]:
    found = {
        Mark.AGREED: consensus.is_consensus(cells),
        Mark.REJECTED: consensus.is_consensus([cell.opposite for cell in cells]),
        Mark.DIVISIVE: consensus.is_divisive(cells),
        Mark.UNCERTAIN: consensus.is_uncertain(cells),
    }
    return tuple(mark for mark, holds in found.items() if holds)


def _others(cells: Cells, category: ForumCategory) -> Cell:
    return consensus.total([cell for other, cell in cells.items() if other is not category])
