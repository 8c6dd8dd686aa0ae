"""The figures of a consultation as one CSV: every table under its name, one row a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any

from portal.records.breakdown import Breakdown, Tally
from portal.records.export import safe_cell

HEADS = ("table", "key", "label", "remarks", "submissions", "bodies", "residents", "answers")
Name = Callable[[Enum], str]
Row = tuple[Any, ...]


def written(of: Breakdown, name: Name, themes: Iterable[tuple[str, Tally]] = ()) -> str:
    """The whole file; `name` puts a code into words; a remark may stand under several themes."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(HEADS)
    by_theme = (("theme", "", words, *_three(tally), "", "") for words, tally in themes)
    for row in (*rows(of, name), *by_theme):
        out.writerow([safe_cell(value) if isinstance(value, str) else value for value in row])
    return "\ufeff" + text.getvalue()


def rows(of: Breakdown, name: Name) -> Iterator[Row]:
    """Table, key, words, then the figures; those that a table has not are empty."""
    yield ("total", "", "", *_three(of.total), of.represented.residents, of.answered)
    for state, number in sorted(of.states.items()):
        yield ("state", state.value, name(state), number, "", "", "", "")
    for kind, tally in sorted(of.kinds.items()):
        yield ("kind", kind.value, name(kind), *_three(tally), "", "")
    for body_kind, tally in sorted(of.body_kinds.items()):
        yield ("body_kind", body_kind.value, name(body_kind), *_three(tally), "", "")
    for outcome, number in sorted(of.outcomes.items()):
        yield ("outcome", outcome.value, name(outcome), "", "", "", "", number)
    for row in of.actions:
        yield ("action", row.code, row.title, *_three(row.tally), row.residents, row.answered)
    yield ("action", "", "", *_three(of.elsewhere), "", "")
    for place in of.places:
        yield ("sent_by_comune", place.key, place.name, place.sent, "", "", place.residents, "")
        yield ("naming_comune", place.key, place.name, place.naming, "", "", place.residents, "")
    for day in of.days:
        yield ("day", day.day.isoformat(), "", day.remarks, day.submissions, "", "", "")


def _three(tally: Tally) -> tuple[int, int, int]:
    return tally.remarks, tally.submissions, tally.bodies
