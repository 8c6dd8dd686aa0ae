"""Write the export as CSV, JSON or a spreadsheet, piece by piece, whatever the number of remarks."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.records import columns, ods, xlsx
from portal.records.columns import Format, Profile
from portal.records.remarks import rows
from portal.records.tables import LICENCE, About, Say, Table, tables

PIECE = 64 * 1024  # characters written at a time
_PARTED = re.compile(r"[;\t\r\n]")  # where a text may be taken for several cells
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[ \u00a0]*[=+\-@]|[\t\r].)", re.DOTALL)
_STARTS = (*" \u00a0=+-@\t\r",)
_WRITERS: dict[Format, Callable[[IO[bytes], Sequence[Table]], None]] = {Format.XLSX: xlsx.write, Format.ODS: ods.write}


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
        "generated_at": _instant(now),
        "licence": LICENCE if profile is Profile.PUBLIC else None,
        "demonstration": demonstration,
    }
    return _json(profile, found, head)


def sheet(
    actor: Actor, form: Format, profile: Profile, *, demonstration: bool, now: datetime, say: Say = str
) -> IO[bytes]:
    """The same rows as a spreadsheet, with the dictionary of its columns, as a file open at its beginning.

    It is written where temporary files are, and gone once it is closed; `say` puts the words into a language.
    """
    require(actor, Permission.EXPORT_RESERVED if profile is Profile.RESERVED else Permission.PUBLIC_READ)
    reader = actor if profile is Profile.RESERVED else Actor.anonymous()
    found = rows(reader, profile, demonstration=demonstration)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever asked closes it)
    try:
        _WRITERS[form](file, tables(About(profile, now, demonstration), found, say))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def safe_cell(text: str) -> str:
    """A text that a spreadsheet will not take for a formula: an apostrophe stands before what could be one.

    Where semicolons part cells, as in Italy, a file with commas falls apart at the semicolons and line breaks inside
    its texts: what could be a formula after one of them is guarded as well.
    """
    return _FORMULA.sub("'", text) if text.startswith(_STARTS) or _PARTED.search(text) else text


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _csv(profile: Profile, found: Iterator[list[Any]], mark: bool) -> Iterator[str]:
    shown = columns.of(profile)
    changes = [(at, _CELLS[column.kind]) for at, column in enumerate(shown) if column.kind in _CELLS]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    if mark:
        buffer.write("\ufeff")
    writer.writerow([column.name for column in shown])
    for values in found:
        for at, change in changes:
            if values[at] is not None:
                values[at] = change(values[at])
        writer.writerow(values)
        if buffer.tell() >= PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _json(profile: Profile, found: Iterator[list[Any]], head: dict[str, Any]) -> Iterator[str]:
    shown = columns.of(profile)
    names = [column.name for column in shown]
    changes = [(at, _VALUES[column.kind]) for at, column in enumerate(shown) if column.kind in _VALUES]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    pieces, size, before = [encode(head)[:-1] + ', "remarks": ['], 0, "\n"
    for values in found:
        for at, change in changes:
            if values[at] is not None:
                values[at] = change(values[at])
        pieces.append(before + encode(dict(zip(names, values, strict=True))))
        size, before = size + len(pieces[-1]), ",\n"
        if size >= PIECE:
            yield "".join(pieces)
            pieces, size = [], 0
    yield "".join([*pieces, "\n]}\n"])


_VALUES: dict[str, Callable[[Any], Any]] = {"instant": _instant, "date": date.isoformat}
_CELLS: dict[str, Callable[[Any], Any]] = {
    **_VALUES,
    "text": safe_cell,
    "code": safe_cell,
    "truth": {True: "true", False: "false"}.__getitem__,
}
