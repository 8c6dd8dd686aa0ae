"""A paragraph as one taps it: its sentences, and the words that were chosen freely. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.comments.passages import Passage
from portal.comments.sentences import Sentence, split


@dataclass(frozen=True)
class Chip:
    """Something that can be chosen, and whether it is."""

    passage: Passage
    checked: bool

    @property
    def value(self) -> str:
        """What the form says when it is chosen."""
        return self.passage.value


@dataclass(frozen=True)
class Board:
    """The chips of one paragraph."""

    sentences: tuple[Chip, ...]
    words: tuple[Chip, ...]  # chosen stretches that are not made of whole sentences

    @property
    def chosen(self) -> tuple[Chip, ...]:
        """Those that are chosen."""
        return tuple(chip for chip in (*self.sentences, *self.words) if chip.checked)


def board(key: str, text: str, chosen: Iterable[Passage]) -> Board:
    """The sentences of a paragraph, those inside a choice of whole sentences chosen; any other choice beside them."""
    sentences, own = split(text), [p for p in chosen if p.paragraph == key and text[p.start : p.end] == p.exact]
    starts, ends = {s.start for s in sentences}, {s.end for s in sentences}
    made = [p for p in own if p.start in starts and p.end in ends]
    return Board(
        tuple(Chip(_passage(key, s), any(p.start <= s.start and s.end <= p.end for p in made)) for s in sentences),
        tuple(Chip(p, True) for p in own if p not in made),
    )


def _passage(key: str, sentence: Sentence) -> Passage:
    return Passage(key, sentence.start, sentence.end, sentence.exact)
