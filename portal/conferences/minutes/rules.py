"""Statute art. 49: states of minutes, what a section is, and how two texts written at once become one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from portal.kernel.canonical import digest
from portal.kernel.machine import Machine

SECTION_LIMIT, CORRECTION_LIMIT, MOST_CORRECTIONS = 60_000, 4_000, 100
LOCK = timedelta(minutes=5)  # somebody who has not written for so long is not writing any more
SAME_HAND = timedelta(minutes=10)  # what one person writes within it is shown as one change

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w"  # an address of mail
    r"|\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b"  # a tax code
    r"|\bIT\d{2} ?[A-Z](?: ?\d){10}(?: ?[0-9A-Z]){12}\b"  # a bank account
    r"|(?<![\w.])(?:\+39 ?)?3\d{2}[ .]?\d{3}[ .]?\d{3,4}(?!\w|\.\d)"  # a mobile telephone
)


class MinutesState(StrEnum):
    """How far minutes have come."""

    DRAFT = "draft"
    SIGNED = "signed"
    APPROVED = "approved"


class Signatory(StrEnum):
    """In which quality somebody signs."""

    CHAIR = "chair"
    SECRETARY = "secretary"


MACHINE = Machine(
    {
        MinutesState.DRAFT: frozenset({MinutesState.SIGNED}),
        MinutesState.SIGNED: frozenset({MinutesState.APPROVED}),
    }
)


@dataclass(frozen=True)
class Table:
    """Figures of a section: they come from the journal and are not written by hand."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: str = ""

    def as_data(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "caption": self.caption,
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
            "foot": self.foot,
        }


@dataclass(frozen=True)
class Part:
    """A section as generated."""

    key: str
    title: str
    text: str
    tables: tuple[Table, ...] = ()


def tables_of(data: Sequence[dict[str, Any]]) -> tuple[Table, ...]:
    """Tables read back."""
    return tuple(
        Table(one["caption"], tuple(one["head"]), tuple(tuple(row) for row in one["rows"]), one["foot"]) for one in data
    )


def content(head: dict[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
    """What is signed: the facts of the head and every section, in order."""
    sections = [
        {"key": p.key, "title": p.title, "text": p.text, "tables": [t.as_data() for t in p.tables]} for p in parts
    ]
    return {**head, "sections": sections}


def fingerprint(written: dict[str, Any]) -> str:
    """SHA-256 of the canonical form of the content."""
    return digest(written)


def is_held(since: datetime | None, now: datetime) -> bool:
    """True while whoever began to write in a section still is."""
    return since is not None and now < since + LOCK


def suspected(text: str) -> tuple[str, ...]:
    """What looks like the data of a person and hardly belongs into public minutes, in the order of the text."""
    return tuple(dict.fromkeys(match.group().strip() for match in _PERSONAL.finditer(text)))


@dataclass(frozen=True)
class Merged:
    """What became of two texts that were written over the same one."""

    text: str
    clash: bool


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Both changes where they touch different paragraphs; a clash where they touch the same one."""
    if mine == theirs or theirs == base:
        return Merged(mine, False)
    if mine == base:
        return Merged(theirs, False)
    old = base.split("\n")
    ours, others = _changes(old, mine.split("\n")), _changes(old, theirs.split("\n"))
    if any(_meet(a, b) for a in ours for b in others if a != b):
        return Merged(mine, True)
    lines, at = list[str](), 0
    for start, end, new in sorted({*ours, *others}):
        lines += [*old[at:start], *new]
        at = end
    return Merged("\n".join([*lines, *old[at:]]), False)


Change = tuple[int, int, tuple[str, ...]]


def _changes(before: list[str], after: list[str]) -> list[Change]:
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(a1, a2, tuple(after[b1:b2])) for tag, a1, a2, b1, b2 in blocks if tag != "equal"]


def _meet(one: Change, other: Change) -> bool:
    """True if both touch a line, or put something in the same place."""
    return one[0] <= other[1] and other[0] <= one[1]
