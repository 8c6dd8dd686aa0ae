"""Statute art. 9: what is public can be found. What can be found, how much a word counts, and what a page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a document is."""

    SECTION = "section"
    ACTION = "action"
    PARAGRAPH = "paragraph"
    REMARK = "remark"
    ANSWER = "answer"


class Scope(StrEnum):
    """Where one looks."""

    PLAN = "plan"
    REMARKS = "remarks"
    ANSWERS = "answers"

    @property
    def number(self) -> int:
        """As postings hold it."""
        return list(Scope).index(self)


SCOPE_OF = {
    Kind.SECTION: Scope.PLAN,
    Kind.ACTION: Scope.PLAN,
    Kind.PARAGRAPH: Scope.PLAN,
    Kind.REMARK: Scope.REMARKS,
    Kind.ANSWER: Scope.ANSWERS,
}
CONSIDERED = 2_000  # documents of each scope that are ranked: of a word that stands everywhere, the newest ones
COMMON = 4_096  # from here on a word tells nothing more about a document
_USUAL = 80  # terms of a document of usual length


@dataclass(frozen=True)
class Cursor:
    """Where a list goes on: below this score, and at the same score below this document."""

    score: int
    document_id: int

    def __str__(self) -> str:
        return f"{self.score}-{self.document_id}"


def cursor(text: str | None) -> Cursor | None:
    """The place that an address names; None if it names none."""
    parts = (text or "").split("-")
    fits = len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts)
    return Cursor(int(parts[0]), int(parts[1])) if fits else None


def weight(times: int, length: int) -> int:
    """How much a term counts in a document: more the more often, but ever less so, and less in a long one."""
    return (2_200 * times) // (10 * times + 3 + 9 * length // _USUAL)


def rarity(documents: int) -> int:
    """How much a term tells, from the number of documents it stands in: one step for each halving."""
    return max(1, (COMMON // max(documents, 1)).bit_length())


def window(hits: Iterable[tuple[int, int, str]], length: int, width: int) -> tuple[int, int]:
    """The part of a text of some length that shows most of what was found; hits are (start, end, term) in order."""
    found = list(hits)
    if length <= width:
        return 0, length
    best = (0, 0, 0)  # different terms, hits, where
    for at, (start, _, _) in enumerate(found):
        inside = [term for s, e, term in found[at:] if e <= start + width * 3 // 4]
        best = max(best, (len(set(inside)), len(inside), -start))
    begin = max(0, min(-best[2] - width // 4, length - width))
    return begin, begin + width
