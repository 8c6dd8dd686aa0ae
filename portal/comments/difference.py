"""The difference between the text as it is and as somebody proposes it: sentences first, then words inside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import groupby

MOST_WORDS = 4_000  # of both texts together; beyond this, sentences are compared as a whole
MOST_LOOKS = 8_000_000  # pairs of equal pieces that are looked at; beyond it what is left counts as another wording
_SENTENCE = re.compile(r".+?(?:[.;:!?…]+(?=\s)|\n+|$)\s*", re.DOTALL)
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Op(StrEnum):
    """What happens to a stretch of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Stretch:
    """Some text, and what happens to it."""

    op: Op
    text: str


class _Matcher(SequenceMatcher[str]):
    """Looks at no more than so many pairs: a text made of one word again and again would hold a page for minutes."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        self._left, self._before, self._after = MOST_LOOKS, before, after
        self._places: dict[str, list[int]] = {}
        for at, piece in enumerate(after):
            self._places.setdefault(piece, []).append(at)
        super().__init__(None, before, after, autojunk=False)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """The longest stretch that both have; none once too much was looked at."""
        end = len(self._after) if bhi is None else bhi
        found = (self._places.get(piece, ()) for piece in self._before[alo:ahi])
        self._left -= sum(bisect_left(at, end) - bisect_left(at, blo) for at in found)
        return super().find_longest_match(alo, ahi, blo, bhi) if self._left >= 0 else Match(alo, blo, 0)


def difference(current: str, proposed: str) -> list[Stretch]:
    """The stretches that lead from one text to the other, in reading order, neighbours of a kind joined."""
    return list(_joined(_of_sentences(_SENTENCE.findall(current), _SENTENCE.findall(proposed))))


def change(current: str, proposed: str) -> list[Stretch]:
    """The same for a proposal; one that keeps little of the text is a wording of its own, and comes as it is.

    Whoever proposes a sentence does not ask that the rest of the paragraph be struck out.
    """
    found = difference(current, proposed)
    kept = sum(len(stretch.text) for stretch in found if stretch.op is Op.SAME)
    return found if kept * 3 >= len(current) else [Stretch(Op.ADDED, proposed)]


def _of_sentences(before: list[str], after: list[str]) -> Iterator[Stretch]:
    fine = len(_WORD.findall("".join(before))) + len(_WORD.findall("".join(after))) <= MOST_WORDS
    for tag, a1, a2, b1, b2 in _Matcher(before, after).get_opcodes():
        old, new = "".join(before[a1:a2]), "".join(after[b1:b2])
        if tag == "equal":
            yield Stretch(Op.SAME, old)
        elif tag == "replace" and fine:
            yield from _of_words(_WORD.findall(old), _WORD.findall(new))
        else:
            yield from _replaced(old, new)


def _of_words(before: list[str], after: list[str]) -> Iterator[Stretch]:
    matcher = _Matcher(before, after)
    if matcher.ratio() * 4 < 1:  # hardly a word in common: two texts are easier to read than a mosaic
        yield from _replaced("".join(before), "".join(after))
        return
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Op.SAME, "".join(before[a1:a2]))
        else:
            yield from _replaced("".join(before[a1:a2]), "".join(after[b1:b2]))


def _replaced(old: str, new: str) -> Iterator[Stretch]:
    if old:
        yield Stretch(Op.REMOVED, old)
    if new:
        yield Stretch(Op.ADDED, new)


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Join neighbours, and swallow single spaces between two changes, so that a phrase changes as a phrase."""
    merged: list[Stretch] = []
    for stretch in stretches:
        merged.append(stretch)
        lonely = len(merged) > 2 and merged[-2].op is Op.SAME and merged[-2].text.isspace()
        if lonely and stretch.op is not Op.SAME:
            space = merged.pop(-2).text
            merged[-1:] = [Stretch(Op.REMOVED, space), Stretch(Op.ADDED, space), stretch]
    for run in _runs(merged):
        for op in (Op.SAME, Op.REMOVED, Op.ADDED):
            text = "".join(s.text for s in run if s.op is op)
            if text:
                yield Stretch(op, text)


def _runs(stretches: list[Stretch]) -> Iterator[list[Stretch]]:
    for _, run in groupby(stretches, key=lambda s: s.op is Op.SAME):
        yield list(run)
