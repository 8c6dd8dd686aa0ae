"""A CSV file of organisations: every fault with its line before anything is believed. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portal.kernel.errors import DomainError, Invalid
from portal.kernel.offices import ForumCategory
from portal.kernel.words import N_, Words

LARGEST, MOST_ROWS, MOST_FAULTS = 2 * 2**20, 2_000, 40
REQUIRED = ("name", "category")
COLUMNS = (
    *REQUIRED,
    "key",
    "legal_form",
    "tax_code",
    "registered_in",
    "registered_as",
    "seat",
    "website",
    "contact_email",
    "admitted_on",
    "act",
    "delegate",
    "delegate_email",
    "substitute",
    "substitute_email",
)
# What a spreadsheet may call a family besides its code.
NAMES = {
    "categoria produttiva": ForumCategory.PRODUCTIVE_CATEGORY,
    "organizzazione sindacale": ForumCategory.TRADE_UNION,
    "sindacato": ForumCategory.TRADE_UNION,
    "ordine professionale": ForumCategory.PROFESSIONAL_ORDER,
    "autonomia funzionale": ForumCategory.FUNCTIONAL_AUTONOMY,
    "associazione": ForumCategory.ASSOCIATION,
    "terzo settore": ForumCategory.THIRD_SECTOR,
}
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One row of the file."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell, trimmed; nothing if the file has no such column."""
        return self.cells.get(column, "").strip()

    @property
    def category(self) -> ForumCategory:
        """The family, by its code or by its Italian name."""
        given = self.get("category").lower()
        found = NAMES.get(given) or (ForumCategory(given) if given in set(ForumCategory) else None)
        if found is None:
            families = ", ".join(one.value for one in ForumCategory)
            raise Invalid(
                N_("«%(given)s» is no family. The families are: %(families)s."), given=given, families=families
            )
        return found

    def day(self, column: str, otherwise: date) -> date:
        """A day such as 2027-03-01."""
        given = self.get(column)
        try:
            return date.fromisoformat(given) if given else otherwise
        except ValueError as error:
            raise Invalid(N_("«%(given)s» is no day: write it such as 2027-03-01."), given=given) from error


def read(data: bytes) -> list[Line]:
    """The rows, or one refusal that says what is wrong with the file."""
    if len(data) > LARGEST:
        raise Invalid(N_("The file is larger than 2 MB."), code="too_large", field="file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            N_("The file is not UTF-8: save it again as «CSV UTF-8»."), code="encoding", field="file"
        ) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=first.count), strict=True))
    except csv.Error as error:
        raise Invalid(N_("The file is not a whole CSV: %(why)s."), code="csv", field="file", why=str(error)) from error
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [column for column in REQUIRED if column not in head]
    if missing:
        raise Invalid(N_("The head lacks: %(columns)s."), code="head", field="file", columns=", ".join(missing))
    lines = [Line(n, dict(zip(head, row, strict=False))) for n, row in enumerate(rows[1:], 2) if any(row)]
    if not 0 < len(lines) <= MOST_ROWS:
        raise Invalid(N_("The file has from 1 to %(most)d rows."), code="rows", field="file", most=MOST_ROWS)
    return lines


def each(lines: list[Line], act: Callable[[Line], T]) -> list[T]:
    """Do this with every row, or refuse with all rows that it cannot be done with."""
    done, faults = [], []
    for line in lines:
        try:
            done.append(act(line))
        except DomainError as error:
            faults.append(Words(N_("Line %(line)d: %(fault)s"), {"line": line.number, "fault": error.words}))
    if faults:
        raise Invalid(
            N_("Nothing was imported: correct these lines."), code="rows", field="file", problems=faults[:MOST_FAULTS]
        )
    return done
