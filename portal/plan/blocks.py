"""What text documents are made of, whatever their kind: headings, texts, items, tables; what has no place in a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_ITEM = re.compile(r"- (?=\S)")


class Role(StrEnum):
    """What a block is in its document."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


class Meaning(StrEnum):
    """What a heading stands for, where the document says so itself."""

    DIRECTION = "direction"
    AXIS = "axis"
    SUB_AXIS = "sub_axis"
    ACTION = "action"
    HEADING = "heading"
    OBJECTIVES = "objectives"
    RESULTS = "results"


SECTIONS = frozenset({Meaning.DIRECTION, Meaning.AXIS, Meaning.SUB_AXIS})
KINDS = frozenset({Meaning.OBJECTIVES, Meaning.RESULTS})


class Unit(StrEnum):
    """What places in a document are counted in."""

    LINE = "line"
    PARAGRAPH = "paragraph"


class Why(StrEnum):
    """Why a piece of a document has no place among the texts of a plan."""

    BEFORE = "before_first_section"
    TABLE = "table"
    IMAGE = "image"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    DELETED = "deleted_text"
    HIDDEN = "hidden_text"
    TEXT_BOX = "text_box"
    HEADER = "header_or_footer"
    CONTENTS = "contents"
    OBJECT = "object"
    SYMBOL = "symbol"
    HEAD = "head_of_file"
    HEADING = "heading_without_text"
    FACTS = "facts_without_owner"


class Note(StrEnum):
    """What was kept, but not as it looked in the document."""

    TABLES = "tables_as_text"
    CHANGES = "tracked_changes_accepted"
    FORMATTING = "formatting_dropped"
    STRUCK = "struck_text_kept"
    FORMULAS = "formulas_as_text"
    QUOTES = "quotes_as_text"
    CODE = "code_as_text"
    FACTS = "facts_of_version_before"
    NUMBERED = "codes_made"


@dataclass(frozen=True)
class Block:
    """A piece of a document in reading order; `at` is its line or the number of its paragraph."""

    role: Role
    text: str
    at: int
    level: int = 0  # of a heading from 1, of an item from 0
    mark: str = ""  # what stands before an item
    key: str = ""  # what the portal called it
    code: str | None = None  # where the document says which part of a heading is its code
    meaning: Meaning | None = None
    rows: tuple[tuple[str, ...], ...] = ()  # of a table
    facts: dict[str, Any] | None = None


@dataclass
class Document:
    """A document as it was read."""

    unit: Unit
    front: dict[str, Any] = field(default_factory=dict)  # what it says of the plan
    blocks: list[Block] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[Note, int] = field(default_factory=dict)

    def leave(self, why: Why, at: int, value: Any) -> None:
        """Keep what has no place, with the reason and where it stood."""
        self.left.append({"path": str(at), "unit": self.unit.value, "reason": why.value, "value": value})

    def note(self, what: Note, times: int = 1) -> None:
        """Count something that was kept in another form."""
        self.notes[what] = self.notes.get(what, 0) + times


def pieces(text: str) -> list[tuple[bool, str]]:
    """A paragraph as a document shows it: its prose, then its items, each with whether it is one."""
    found: list[tuple[bool, str]] = []
    before = "-"
    for line in text.split("\n"):
        if _ITEM.match(line) and before.strip():
            found.append((True, line[2:]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        else:
            found.append((False, line))
        before = line
    return found


def joined(blocks: Iterable[Block]) -> str:
    """The text of a paragraph from its blocks: an item stands on a line of its own."""
    return "\n".join(f"{'  ' * b.level}{b.mark}{b.text}" if b.role is Role.ITEM else b.text for b in blocks)


def as_text(rows: Iterable[Iterable[str]]) -> str:
    """A table as lines of plain text."""
    lines = (" | ".join(" ".join(cell.split()) for cell in row).strip(" |") for row in rows)
    return "\n".join(line for line in lines if line)
