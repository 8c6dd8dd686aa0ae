"""Office Open XML sheets, row by row: every cell has its type, and a text stays a text whatever it begins with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.kernel.text import CONTROL
from portal.records.tables import Table

FORMATS = {"instant": "yyyy-mm-dd hh:mm:ss", "date": "yyyy-mm-dd"}
TYPES = {"text": "s", "code": "s", "number": "n", "truth": "b", "date": "d", "instant": "d"}


def write(into: IO[bytes], sheets: Sequence[Table]) -> None:
    """The whole workbook; in memory there is one row at a time."""
    book = Workbook(write_only=True)
    book.properties.creator = "Parere"
    for table in sheets:
        _sheet(book, table)
    book.save(into)
    book.close()


def _sheet(book: Workbook, table: Table) -> None:
    sheet: Any = book.create_sheet(table.name[:31])
    sheet.freeze_panes = "B2"
    for at, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_head(sheet, head) for head in table.heads])
    # One cell for each column, filled anew for each row: the sheet writes it at once.
    cells = [_cell(sheet, kind) for kind in table.kinds]
    changes = [_CHANGES.get(kind) for kind in table.kinds]
    types = [TYPES[kind] for kind in table.kinds]
    for values in table.rows:
        row: list[Any] = []
        for cell, value, change, type_ in zip(cells, values, changes, types, strict=True):
            if value is None or value == "":
                row.append(None)
                continue
            cell.value = change(value) if change else value
            cell.data_type = type_  # after the value, which would make a formula of a text that begins with =
            row.append(cell)
        sheet.append(row)


def _head(sheet: Any, words: str) -> Any:
    cell = _cell(sheet, "text")
    cell.value, cell.data_type, cell.font = words, "s", Font(bold=True)
    return cell


def _cell(sheet: Any, kind: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    if kind in FORMATS:
        cell.number_format = FORMATS[kind]
    return cell


def _text(value: Any) -> str:
    return CONTROL.sub("", value.value if hasattr(value, "value") else str(value))


def _naive(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(tzinfo=None)


_CHANGES: dict[str, Callable[[Any], Any]] = {"text": _text, "code": _text, "instant": _naive}
