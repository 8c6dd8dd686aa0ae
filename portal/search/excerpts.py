"""The part of a text that holds what was asked for, with the words marked; and whether it holds it at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.search import stems
from portal.search.asking import Asked
from portal.search.rules import window

WIDTH = 280  # code points of an excerpt


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; marked where it is what was asked for."""

    text: str
    marked: bool = False


def holds(texts: Sequence[str], asked: Asked) -> bool:
    """True if the texts, as they are now, hold every word and every phrase."""
    said = [stems.terms(text) for text in texts]
    known = {term for words in said for term in words}
    if not known.issuperset(asked.words):
        return False
    return all(any(_follows(words, phrase) for words in said) for phrase in asked.phrases)


def _follows(words: list[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))


def richest(texts: Sequence[str], asked: Asked) -> int:
    """Which of some texts shows most of what was asked for; the first of equals."""
    marked = asked.marked
    counts = [len(marked.intersection(stems.terms(text))) for text in texts]
    return counts.index(max(counts)) if counts else 0


def excerpt(text: str, asked: Asked, width: int = WIDTH) -> tuple[Piece, ...]:
    """The stretch with most of what was asked for, its words marked; dots stand where the text goes on."""
    hits = [(token.start, token.end, token.term) for token in stems.tokens(text) if token.term in asked.marked]
    begin, end = window(hits, len(text), width)
    begin, end = _at_words(text, begin, end)
    pieces = [Piece("… ")] if begin else []
    at = begin
    for start, stop, _ in hits:
        if start >= begin and stop <= end:
            pieces += [Piece(text[at:start]), Piece(text[start:stop], True)]
            at = stop
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _at_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """Cut between words, not through them."""
    if begin:
        space = text.find(" ", begin, begin + 30)
        begin = space + 1 if space >= 0 else begin
    if end < len(text):
        space = text.rfind(" ", end - 30, end)
        end = space if space > begin else end
    return begin, end
