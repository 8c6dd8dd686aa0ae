"""Which paragraph of a new version is which paragraph of the one before: keys survive, so addresses and remarks do.

The same words keep their key wherever they stand. Otherwise a paragraph of the same action under the same heading
that keeps at least half of its words is the same paragraph, changed. Anything else is new and gets a new key.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

SAME = Fraction(1, 2)
MOST_WORDS = 1500  # beyond this, only the beginnings are compared


@dataclass(frozen=True)
class Piece:
    """A paragraph as far as matching is concerned; `owner` is the stable key of its action or section."""

    owner: str
    kind: str
    heading: str
    number: int
    text: str
    text_hash: str


def likeness(one: str, other: str) -> Fraction:
    """The share of words, in order, that two texts have in common: twice the common ones over all."""
    left, right = one.split()[:MOST_WORDS], other.split()[:MOST_WORDS]
    if not left or not right:
        return Fraction(0)
    bound = Fraction(2 * min(len(left), len(right)), len(left) + len(right))
    if bound < SAME:
        return bound
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return Fraction(2 * common, len(left) + len(right))


def match(old: Sequence[tuple[str, Piece]], new: Sequence[Piece]) -> list[str | None]:
    """For each new piece the key it inherits, or None; no key is given twice."""
    found: list[str | None] = [None] * len(new)
    free = dict(old)
    for same_owner in (True, False):
        _same_words(free, new, found, same_owner)
    for _, key, i in sorted(
        _pairs(free, new, found), key=lambda p: (-p[0], abs(free[p[1]].number - new[p[2]].number), p[2])
    ):
        if found[i] is None and key in free:
            found[i] = key
            del free[key]
    return found


def _same_words(free: dict[str, Piece], new: Sequence[Piece], found: list[str | None], same_owner: bool) -> None:
    known: dict[tuple[str, ...], list[str]] = {}
    for key, piece in free.items():
        known.setdefault(_identity(piece, same_owner), []).append(key)
    for i, piece in enumerate(new):
        keys = known.get(_identity(piece, same_owner), [])
        if found[i] is None and keys:
            found[i] = keys.pop(0)
            del free[str(found[i])]


def _identity(piece: Piece, same_owner: bool) -> tuple[str, ...]:
    return (piece.kind, piece.text_hash, piece.owner if same_owner else "")


def _pairs(
    free: dict[str, Piece], new: Sequence[Piece], found: list[str | None]
) -> Iterable[tuple[Fraction, str, int]]:
    by_place: dict[tuple[str, str, str], list[str]] = {}
    for key, piece in free.items():
        by_place.setdefault((piece.owner, piece.kind, piece.heading), []).append(key)
    for i, piece in enumerate(new):
        for key in by_place.get((piece.owner, piece.kind, piece.heading), []) if found[i] is None else []:
            score = likeness(free[key].text, piece.text)
            if score >= SAME:
                yield score, key, i


def new_key(prefix: str, taken: set[str], *seed: object) -> str:
    """A short key made from what it names, different from all that were ever taken; it is added to them."""
    for attempt in range(1000):
        material = "\x1f".join(str(part) for part in (*seed, attempt))
        code = base64.b32encode(hashlib.sha256(material.encode()).digest()[:5]).decode().lower()
        key = f"{prefix}-{code}"
        if key not in taken:
            taken.add(key)
            return key
    raise RuntimeError("no free key was found")
