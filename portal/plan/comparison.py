"""What changed between two versions of a plan, part by part and paragraph by paragraph; keys say what is the same."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Fate(StrEnum):
    """What became of a paragraph or of a part."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Passage:
    """A paragraph as far as it is compared."""

    id: int
    key: str
    kind: str
    number: int
    heading: str
    text: str


@dataclass(frozen=True)
class Part:
    """A section or an action of one version."""

    key: str
    code: str
    title: str
    kind: str  # of a section; "action" for an action
    passages: tuple[Passage, ...]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PassageChange:
    """A paragraph before and after; `home` is the part it came from, if it moved."""

    fate: Fate
    old: Passage | None
    new: Passage | None
    home: Part | None = None

    @property
    def key(self) -> str:
        """What both are called."""
        return next(p.key for p in (self.new, self.old) if p)


@dataclass(frozen=True)
class PartChange:
    """A part before and after, with its paragraphs and the names of the facts that changed."""

    fate: Fate
    old: Part | None
    new: Part | None
    passages: tuple[PassageChange, ...]
    facts: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """The part as it is now, or as it was last."""
        return next(part for part in (self.new, self.old) if part)


@dataclass(frozen=True)
class Comparison:
    """All parts in reading order, and how many paragraphs met each fate."""

    parts: tuple[PartChange, ...]
    counts: dict[Fate, int]


def compare(old: Sequence[Part], new: Sequence[Part]) -> Comparison:
    """Two versions of one plan, each as its parts in reading order."""
    before = {part.key: part for part in old}
    homes = {p.key: (part, p) for part in old for p in part.passages}
    left = {p.key for part in new for p in part.passages}
    changes = [_part(before.get(part.key), part, homes, left) for part in new]
    kept = {part.key for part in new}
    gone = [_gone(part, left) for part in old if part.key not in kept]
    merged = _merged([p.key for p in old], changes, gone, lambda change: change.part.key)
    return Comparison(tuple(merged), dict(Counter(p.fate for change in merged for p in change.passages)))


def _gone(part: Part, left: set[str]) -> PartChange:
    lost = tuple(PassageChange(Fate.GONE, p, None) for p in part.passages if p.key not in left)
    return PartChange(Fate.GONE, part, None, lost)


def _part(old: Part | None, new: Part, homes: dict[str, tuple[Part, Passage]], left: set[str]) -> PartChange:
    was = {p.key: p for p in old.passages} if old else {}
    staying = _steady([list(was).index(p.key) for p in new.passages if p.key in was])
    steady = {key for i, key in enumerate(p.key for p in new.passages if p.key in was) if i in staying}
    changes = [_passage(p, homes.get(p.key), new.key, p.key in steady) for p in new.passages]
    gone = [PassageChange(Fate.GONE, p, None) for p in was.values() if p.key not in left]
    passages = _merged(list(was), changes, gone, lambda change: change.key)
    facts = tuple(name for name in new.facts if old and old.facts.get(name) != new.facts[name])
    if old is None:
        return PartChange(Fate.NEW, None, new, tuple(passages))
    touched = old.title != new.title or facts or any(c.fate is not Fate.SAME for c in passages)
    return PartChange(Fate.CHANGED if touched else Fate.SAME, old, new, tuple(passages), facts)


def _passage(new: Passage, before: tuple[Part, Passage] | None, owner: str, steady: bool) -> PassageChange:
    if before is None:
        return PassageChange(Fate.NEW, None, new)
    home, old = before
    moved = home.key != owner or not steady
    if old.text != new.text or old.heading != new.heading:
        return PassageChange(Fate.CHANGED, old, new, home if moved else None)
    return PassageChange(Fate.MOVED if moved else Fate.SAME, old, new, home if moved else None)


def _steady(places: list[int]) -> set[int]:
    """Which ones keep their order: the longest run of places that only grows; whatever is not in it has moved."""
    tails: list[int] = []
    at: list[int] = []
    for place in places:
        i = bisect_left(tails, place)
        tails[i : i + 1] = [place]
        at.append(i)
    found, wanted = set(), len(tails) - 1
    for i in range(len(places) - 1, -1, -1):
        if at[i] == wanted and wanted >= 0:
            found.add(i)
            wanted -= 1
    return found


def _merged(order: list[str], now: list[T], gone: list[T], key: Callable[[T], str]) -> list[T]:
    """What is there, with what is gone put back after the one it followed."""
    merged = list(now)
    for lost in gone:
        before = order[: order.index(key(lost))]
        known = [key(one) for one in merged]
        at = next((known.index(one) + 1 for one in reversed(before) if one in known), 0)
        merged.insert(at, lost)
    return merged
