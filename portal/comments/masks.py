"""Hidden passages of what a body wrote: where they stand, and how the rest reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.comments.sentences import split

MARK = "[passo oscurato]"
PARTS = ("observation", "proposed_text", "reasons")
FILE = "file"  # what stands for a part where an attachment is hidden, with its number for a start
_LEAST_QUOTE = 2


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of one part of a remark, in code points of the original."""

    part: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence that can be hidden, as it reads now."""

    span: Span
    text: str
    hidden: bool

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.span.part}:{self.span.start}-{self.span.end}"


def sentences(part: str, text: str) -> list[Span]:
    """The sentences of a text, without the white space around them."""
    return [Span(part, one.start, one.end) for one in split(text) if one.end > one.start]


def occurrences(part: str, text: str, quote: str) -> list[Span]:
    """Where a quoted passage stands, however its spaces and lines were copied."""
    words = unicodedata.normalize("NFC", quote).split()
    if not _LEAST_QUOTE <= sum(len(word) for word in words) <= len(text):
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    return [Span(part, *match.span()) for match in pattern.finditer(text)]


def fits(span: Span, texts: Mapping[str, str]) -> bool:
    """True if the span lies within its text."""
    return span.part in PARTS and 0 <= span.start < span.end <= len(texts.get(span.part, ""))


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a mark in place of each passage; those that meet or overlap are one."""
    pieces, done = [], 0
    for start, end in _joined(text, spans):
        pieces += [text[done:start], MARK]
        done = end
    return "".join([*pieces, text[done:]])


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip()):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def masked_texts(texts: Mapping[str, str], spans: Iterable[Span]) -> dict[str, str]:
    """All parts of a remark with their passages hidden."""
    chosen = list(spans)
    return {part: masked(texts[part], [(s.start, s.end) for s in chosen if s.part == part]) for part in PARTS}


def words_at(texts: Mapping[str, str], span: Span, hidden: Iterable[Span]) -> str:
    """The words of a span as they read now."""
    inside = [
        (max(h.start, span.start) - span.start, min(h.end, span.end) - span.start)
        for h in hidden
        if h.part == span.part and h.start < span.end and h.end > span.start
    ]
    return masked(texts[span.part][span.start : span.end], inside)


def choices(texts: Mapping[str, str], hidden: Iterable[Span]) -> list[Sentence]:
    """Every sentence as it reads now; the hidden words of it are not among them."""
    spans, found = list(hidden), []
    for part in PARTS:
        for one in sentences(part, texts[part]):
            words = words_at(texts, one, spans)
            found.append(Sentence(one, words, words == MARK))
    return found


def named(keys: Iterable[str]) -> list[Span]:
    """The spans that a form names; what names none is left out."""
    found = []
    for key in keys:
        match = re.fullmatch(r"(\w{1,20}):(\d{1,7})-(\d{1,7})", key, re.ASCII)
        if match and match[1] in PARTS:
            found.append(Span(match[1], int(match[2]), int(match[3])))
    return found
