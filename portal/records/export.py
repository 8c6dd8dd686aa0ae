"""Write the export as CSV or JSON, piece by piece, whatever the number of remarks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.records import columns
from portal.records.columns import Format, Profile
from portal.records.remarks import rows

LICENCE = "CC-BY-4.0"
PIECE = 64 * 1024  # characters written at a time
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    actor: Actor, form: Format, profile: Profile, *, demonstration: bool, now: datetime, mark: bool = False
) -> Iterator[str]:
    """The file in pieces: the public profile as anybody reads it, the reserved one as the actor may.

    `mark` begins a CSV with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    require(actor, Permission.EXPORT_RESERVED if profile is Profile.RESERVED else Permission.PUBLIC_READ)
    reader = actor if profile is Profile.RESERVED else Actor.anonymous()
    found = rows(reader, profile, demonstration=demonstration)
    if form is Format.CSV:
        return _csv(profile, found, mark)
    head = {
        "profile": profile.value,
        "generated_at": _plain(now),
        "licence": LICENCE if profile is Profile.PUBLIC else None,
        "demonstration": demonstration,
    }
    return _json(profile, found, head)


def safe_cell(text: str) -> str:
    """A text that a spreadsheet will not take for a formula: an apostrophe stands before what could be one."""
    return "'" + text if text.startswith(_FORMULA) else text


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
    return value


def _cell(value: Any) -> str:
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value) if isinstance(value, str) else str(value)


def _csv(profile: Profile, found: Iterator[dict[str, Any]], mark: bool) -> Iterator[str]:
    names = [column.name for column in columns.of(profile)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if mark:
        buffer.write("\ufeff")
    writer.writerow(names)
    for row in found:
        writer.writerow([_cell(row[name]) for name in names])
        if buffer.tell() >= PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _json(profile: Profile, found: Iterator[dict[str, Any]], head: dict[str, Any]) -> Iterator[str]:
    names = [column.name for column in columns.of(profile)]
    piece = json.dumps(head, ensure_ascii=False)[:-1] + ', "remarks": ['
    for first, row in enumerate(found):
        piece += ",\n" if first else "\n"
        piece += json.dumps({name: _plain(row[name]) for name in names}, ensure_ascii=False)
        if len(piece) >= PIECE:
            yield piece
            piece = ""
    yield piece + "\n]}\n"
