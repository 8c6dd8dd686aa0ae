"""What a text changes in another, stretch by stretch, and how changes made apart are put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from portal.comments.difference import Op, difference


@dataclass(frozen=True, order=True)
class Edit:
    """Characters of a text, from one place up to another, that are replaced; none of them: something is put in."""

    start: int
    end: int
    new: str

    @property
    def inserts(self) -> bool:
        """True if nothing is taken away."""
        return self.start == self.end


@dataclass(frozen=True)
class Merged:
    """Two texts written over the same one: together, or the words of the first if they touch the same place."""

    text: str
    clash: bool


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """What leads from one text to the other, word by word."""
    found: list[Edit] = []
    at = 0
    for stretch in difference(before, after):
        if stretch.op is Op.ADDED:
            last = found.pop() if found and found[-1].end == at else Edit(at, at, "")
            found.append(Edit(last.start, at, last.new + stretch.text))
            continue
        if stretch.op is Op.REMOVED:
            found.append(Edit(at, at + len(stretch.text), ""))
        at += len(stretch.text)
    return tuple(found)


def combine(base: str, *changes: Iterable[Edit]) -> str:
    """The text with all of them; what is put in at the same place follows in the order given, the same once."""
    wanted = sorted(dict.fromkeys(chain.from_iterable(changes)), key=lambda one: (one.start, one.end))
    pieces, at = list[str](), 0
    for one in wanted:
        pieces += [base[at : one.start], one.new]
        at = max(at, one.end)
    return "".join([*pieces, base[at:]])


def overlap(ours: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """True if they cannot both be made: both change some of the same characters, or are the same change."""
    return any(_overlap(a, b) for a in ours for b in others)


def touch(ours: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """True if they also stand side by side: words put in beside others that are replaced belong to one phrase."""
    return any(a.start <= b.end and b.start <= a.end for a in ours for b in others)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Both changes where they touch different places; what stands side by side counts as the same place."""
    if mine == theirs or theirs == base:
        return Merged(mine, False)
    if mine == base:
        return Merged(theirs, False)
    ours, others = edits(base, mine), edits(base, theirs)
    if any(a != b and touch([a], [b]) for a in ours for b in others):
        return Merged(mine, True)
    return Merged(combine(base, others, ours), False)


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other:
        return True
    if one.inserts and other.inserts:
        return False
    if one.inserts or other.inserts:
        point, span = (one, other) if one.inserts else (other, one)
        return span.start < point.start < span.end
    return one.start < other.end and other.start < one.end
