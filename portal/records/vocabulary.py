"""The data dictionary as a file: every column, and every code that a column can hold, with its words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum

from portal.comments.rules import CommentKind, CommentState, ReasonCode
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.offices import COMMENTING_KINDS, BodyKind
from portal.records.columns import COLUMNS, Profile
from portal.records.tables import Say

CODES: dict[str, tuple[Enum, ...]] = {
    "body_kind": tuple(kind for kind in BodyKind if kind in COMMENTING_KINDS),
    "kind": tuple(CommentKind),
    "state": tuple(state for state in CommentState if state is not CommentState.DRAFT),
    "reason_code": tuple(ReasonCode),
    "outcome": tuple(Outcome),
    "answer_state": tuple(AnswerState),
}
HEADS = ("column", "type", "profile", "meaning", "code", "code_meaning")


@dataclass(frozen=True)
class Code:
    """A code with its words."""

    code: str
    meaning: str


@dataclass(frozen=True)
class Entry:
    """A column."""

    column: str
    type: str
    profile: str
    meaning: str
    codes: tuple[Code, ...]


def entries(say: Say, name: Callable[[Enum], str]) -> list[Entry]:
    """All columns in the order of the file; `say` and `name` put meanings and codes into a language."""
    return [
        Entry(
            column.name,
            column.kind,
            (Profile.RESERVED if column.reserved else Profile.PUBLIC).value,
            say(column.meaning),
            tuple(Code(str(value.value), name(value)) for value in CODES.get(column.name, ())),
        )
        for column in COLUMNS
    ]


def as_csv(found: list[Entry]) -> str:
    """One line for each column, then one for each of its codes."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(HEADS)
    for entry in found:
        out.writerow([entry.column, entry.type, entry.profile, entry.meaning, "", ""])
        for code in entry.codes:
            out.writerow([entry.column, entry.type, entry.profile, "", code.code, code.meaning])
    return "\ufeff" + text.getvalue()


def as_json(found: list[Entry]) -> str:
    """A list of columns, each with its codes."""
    return json.dumps([asdict(entry) for entry in found], ensure_ascii=False, indent=1) + "\n"
