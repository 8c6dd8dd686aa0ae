"""A CSV file as rows of named cells: encoding, delimiter and head are checked before anything is believed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from portal.kernel.errors import Invalid
from portal.kernel.words import N_, Words

LARGEST = 2 * 2**20
MOST_ROWS = 20_000
ALIASES: dict[str, tuple[str, ...]] = {
    "istat": ("istat_code", "istat", "codice_istat"),
    "cadastral": ("catastale", "cadastral_code", "codice_catastale"),
    "name": ("name", "comune", "nome", "denominazione"),
    "lat": ("lat", "latitude", "latitudine"),
    "lon": ("lon", "lng", "longitude", "longitudine"),
    "area": ("area_km2", "superficie_km2"),
    "ipa": ("ipa_code", "codice_ipa"),
    "union": ("unione",),
    "member_from": ("membership_as_of",),
}
REQUIRED = ("istat", "name")
POPULATION = "population"


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on and its cells by field."""

    line: int
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        """The cell, trimmed; nothing if the file has no such column."""
        return self.cells.get(field, "").strip()


@dataclass(frozen=True)
class Table:
    """What was read: the column that each field comes from, and the rows."""

    columns: Mapping[str, str]
    rows: tuple[Row, ...]


def read(data: bytes, mapping: Mapping[str, str]) -> Table:
    """Read a whole file, or refuse it with every fault and its line."""
    text = _decoded(data)
    head, delimiter = _head(text)
    columns = _columns(head, mapping)
    places = {field: head.index(column) for field, column in columns.items()}
    rows, faults = [], []
    try:
        for line, cells in _lines(text, delimiter):
            if len(cells) != len(head):
                faults.append(
                    Words(
                        N_("Line %(line)d: %(found)d cells, and the head has %(wanted)d."),
                        {"line": line, "found": len(cells), "wanted": len(head)},
                    )
                )
            rows.append(Row(line, {f: cells[i] if i < len(cells) else "" for f, i in places.items()}))
    except csv.Error as error:
        raise Invalid(N_("The file is not a whole CSV: %(why)s."), code="csv", field="file", why=str(error)) from error
    if faults:
        raise Invalid(N_("Nothing was imported: correct these lines."), code="rows", field="file", problems=faults)
    if not rows:
        raise Invalid(N_("The file has a head and no rows."), code="empty", field="file")
    return Table(columns, tuple(rows))


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise Invalid(N_("The file is empty."), code="empty", field="file")
    if len(data) > LARGEST:
        raise Invalid(N_("The file is larger than 2 MB."), code="too_large", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            N_("The file is not UTF-8 (line %(line)d). Save it again as «CSV UTF-8» and send that."),
            code="encoding",
            field="file",
            line=data[: error.start].count(b"\n") + 1,
        ) from error
    if "\x00" in text:
        raise Invalid(N_("The file is not a text: it may be a spreadsheet. Save it as CSV."), code="nul", field="file")
    return text


def _head(text: str) -> tuple[list[str], str]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;", key=first.count)
    head = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter))]
    if len(head) < 2:
        raise Invalid(
            N_("The columns must be separated by a comma or a semicolon. The first line is: %(head)s"),
            code="delimiter",
            field="file",
            head=first[:120],
        )
    doubled = sorted({cell for cell in head if cell and head.count(cell) > 1})
    if doubled:
        raise Invalid(
            N_("The head names a column twice: %(columns)s."), code="head", field="file", columns=", ".join(doubled)
        )
    return head, delimiter


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, start = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            found.append((start, cells))
        start = reader.line_num + 1
        if len(found) > MOST_ROWS:
            raise Invalid(N_("The file has more than 20,000 rows."), code="too_large", field="file")
    return found[1:]


def _columns(head: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    named = {field: column.strip().lower() for field, column in mapping.items()}
    unknown = sorted(set(named) - set(ALIASES) - {POPULATION})
    if unknown:
        raise Invalid(
            N_("«%(unknown)s» is no field. The fields are: %(fields)s."),
            code="map",
            field="population",
            fields=", ".join((*ALIASES, POPULATION)),
            unknown=unknown[0],
        )
    absent = sorted(column for column in named.values() if column not in head)
    if absent:
        raise Invalid(
            N_("The file has no column «%(column)s». It has: %(columns)s."),
            code="map",
            field="population",
            column=absent[0],
            columns=", ".join(head),
        )
    for field, names in ALIASES.items():
        found = next((name for name in names if name in head), None)
        if found and field not in named:
            named[field] = found
    missing = [field for field in REQUIRED if field not in named]
    if missing:
        raise Invalid(
            N_("The head lacks a column for: %(fields)s. It has: %(columns)s."),
            code="head",
            field="file",
            fields=", ".join("|".join(ALIASES[field]) for field in missing),
            columns=", ".join(head),
        )
    return named | _population(head, named)


def _population(head: list[str], named: Mapping[str, str]) -> dict[str, str]:
    if POPULATION in named:
        return {}
    found = [c for c in head if c == POPULATION or c.startswith(("pop_", "popolazione", "abitanti", "residenti"))]
    if len(found) > 1:
        raise Invalid(
            N_("The file has several population columns: %(columns)s. Say which one counts."),
            code="population",
            field="population",
            columns=", ".join(found),
        )
    return {POPULATION: found[0]} if found else {}
