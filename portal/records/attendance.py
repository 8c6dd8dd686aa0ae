"""The attendance of a sitting as a file: one row an interval, and one for each seat for which nobody came."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from portal.conferences.hall.attendance import Line, Stay
from portal.records.export import safe_cell

HEADS = (
    "seat", "body", "role", "residents", "person", "office", "delegated", "title", "way", "from", "until",
    "came_by", "left_by",
)  # fmt: skip


def written(lines: Iterable[Line]) -> str:
    """CSV with instants in UTC and codes as in the data dictionary."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(HEADS)
    for line in lines:
        seat = (line.number, safe_cell(line.name), line.role.value, line.population)
        for stay in line.stays:
            out.writerow([*seat, *_stay(stay)])
        if not line.stays:
            out.writerow([*seat, *([""] * (len(HEADS) - len(seat)))])
    return text.getvalue()


def _stay(stay: Stay) -> tuple[str, ...]:
    return (
        safe_cell(stay.person),
        stay.office.value,
        "yes" if stay.delegated else "no",
        safe_cell(stay.title),
        stay.way.value,
        _instant(stay.from_at),
        _instant(stay.until_at),
        stay.came_by.value,
        stay.left_by.value if stay.left_by else "",
    )


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""
