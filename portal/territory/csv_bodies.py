"""Rows of a table as bodies: every cell is checked, and all faults are told together with their lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.kernel.errors import DomainError, Invalid
from portal.kernel.text import typed
from portal.kernel.words import N_, Words
from portal.territory import csv_table
from portal.territory.csv_table import POPULATION, Row
from portal.territory.rules import CADASTRAL, IPA, ISTAT, NAME_LONGEST

ITALY = {"lat": (35.0, 47.5), "lon": (6.0, 19.0)}


@dataclass(frozen=True)
class Line:
    """One Comune of the file; None where the file says nothing."""

    number: int
    istat: str
    name: str
    cadastral: str | None
    ipa: str | None
    lat: float | None
    lon: float | None
    area: float | None
    residents: int | None
    union: str | None
    union_ipa: str | None
    member_from: date | None


@dataclass(frozen=True)
class Sheet:
    """All Comuni of a file, and whether it speaks of populations and Unioni at all."""

    lines: tuple[Line, ...]
    population_column: str | None
    has_unions: bool


def parse(data: bytes, mapping: Mapping[str, str]) -> Sheet:
    """Read a file whole, or refuse it with everything that is wrong in it."""
    table = csv_table.read(data, mapping)
    faults: list[tuple[int, Words]] = []
    has_unions = "union" in table.columns
    lines = tuple(_Cells(row, faults, has_unions).line(POPULATION in table.columns) for row in table.rows)
    faults += _doubles(lines, has_unions)
    if faults:
        raise Invalid(
            N_("Nothing was imported: correct these lines."),
            code="rows",
            field="file",
            problems=[words for _, words in sorted(faults, key=lambda fault: fault[0])],
        )
    return Sheet(lines, table.columns.get(POPULATION), has_unions)


class _Cells:
    """The cells of a row, read one by one; faults are collected."""

    def __init__(self, row: Row, faults: list[tuple[int, Words]], has_unions: bool) -> None:
        self.row, self.faults, self.has_unions = row, faults, has_unions

    def line(self, counted: bool) -> Line:
        ipa = self._ipa()
        return Line(
            number=self.row.line,
            istat=self._istat(),
            name=self._name("name", required=True) or "",
            cadastral=self._cadastral(),
            ipa=None if self.has_unions else ipa,
            lat=self._number("lat"),
            lon=self._number("lon"),
            area=self._number("area"),
            residents=self._residents() if counted else None,
            union=self._name("union", required=False),
            union_ipa=ipa if self.has_unions else None,
            member_from=self._day(),
        )

    def _fault(self, message: str, **params: object) -> None:
        self.faults.append((self.row.line, Words(message, {"line": self.row.line, **params})))

    def _istat(self) -> str:
        value = self.row.get("istat")
        if not ISTAT.match(value):
            self._fault(
                N_("Line %(line)d: «%(value)s» is no ISTAT code: six digits, with the zeros in front."),
                value=value[:40],
            )
        return value

    def _name(self, field: str, *, required: bool) -> str | None:
        try:
            value = typed(self.row.get(field), field=field, limit=NAME_LONGEST, required=required)
        except DomainError as error:
            self._fault(N_("Line %(line)d: the name cannot be used. %(why)s"), why=error.words)
            return None
        return " ".join(value.split()) or None

    def _cadastral(self) -> str | None:
        value = self.row.get("cadastral").upper()
        if value and not CADASTRAL.match(value):
            self._fault(
                N_("Line %(line)d: «%(value)s» is no cadastral code: a letter and three digits."), value=value[:40]
            )
        return value or None

    def _ipa(self) -> str | None:
        value = self.row.get("ipa")
        if value and not IPA.match(value):
            self._fault(N_("Line %(line)d: «%(value)s» is no IPA code."), value=value[:40])
        return value or None

    def _residents(self) -> int | None:
        value = self.row.get(POPULATION)
        if value.startswith("-") and value[1:].isdecimal():
            self._fault(N_("Line %(line)d: the population is negative: %(value)s."), value=value[:40])
        elif not value:
            self._fault(N_("Line %(line)d: the population is missing."))
        elif not (value.isascii() and value.isdecimal() and len(value) <= 9):
            self._fault(
                N_("Line %(line)d: «%(value)s» is no population: digits only, without separators."), value=value[:40]
            )
        else:
            return int(value)
        return None

    def _number(self, field: str) -> float | None:
        text = self.row.get(field)
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._fault(N_("Line %(line)d: «%(value)s» is no number."), value=text[:40])
            return None
        low, high = ITALY.get(field, (0.0, 1_000_000.0))
        if not low <= value <= high:
            message = (
                N_("Line %(line)d: %(value)s is no place in Italy: are latitude and longitude exchanged?")
                if field in ITALY
                else N_("Line %(line)d: %(value)s cannot be an area in square kilometres.")
            )
            self._fault(message, value=text[:40])
        return value

    def _day(self) -> date | None:
        text = self.row.get("member_from")
        if not text:
            return None
        try:
            return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
        except ValueError:
            self._fault(N_("Line %(line)d: «%(value)s» is no date: write 2019-07 or 2019-07-15."), value=text[:40])
            return None


def _doubles(lines: tuple[Line, ...], has_unions: bool) -> Iterator[tuple[int, Words]]:
    messages = {
        "istat": N_("Line %(line)d: the ISTAT code %(value)s is already on line %(first)d."),
        "cadastral": N_("Line %(line)d: the cadastral code %(value)s is already on line %(first)d."),
        "ipa": N_("Line %(line)d: the IPA code %(value)s is already on line %(first)d."),
    }
    for field, message in messages.items():
        seen: dict[str, int] = {}
        for line in lines:
            value = getattr(line, field)
            first = seen.setdefault(value.lower(), line.number) if value else line.number
            if first != line.number:
                yield line.number, Words(message, {"line": line.number, "value": value[:40], "first": first})
    codes: dict[str, str | None] = {}
    for line in lines if has_unions else ():
        if line.union and codes.setdefault(line.union.casefold(), line.union_ipa) != line.union_ipa:
            yield (
                line.number,
                Words(
                    N_("Line %(line)d: «%(value)s» has another IPA code on another line."),
                    {"line": line.number, "value": line.union},
                ),
            )
