"""Minutes as a Word document: real headings, lists and tables whose first row is a head, in Italian throughout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from portal.conferences.minutes.rules import Table
from portal.kernel.text import CONTROL
from portal.records.minutes import docx_parts as parts
from portal.records.minutes.document import ADDED, READ, VERIFY, Document, blocks

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same minutes give the same bytes
_WIDTH = 9070  # of the text, in twentieths of a point


def docx(found: Document) -> bytes:
    """The bytes of the package."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*parts.fixed(found.title, found.city), ("word/document.xml", parts.document(_body(found)))):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _body(found: Document) -> str:
    return "".join(_paragraphs(found))


def _paragraphs(found: Document) -> Iterator[str]:
    yield paragraph(found.city, "Subtitle")
    yield paragraph(found.organ, "Subtitle")
    yield paragraph(found.title, "Title")
    yield paragraph(found.subtitle, "Subtitle")
    yield paragraph(found.state, "Subtitle")
    for part in found.parts:
        yield paragraph(part.title, "Heading1")
        yield from _text(part.text)
        for table in part.tables:
            yield _table(table)
    yield paragraph(READ, "Heading1")
    for one in found.signatures:
        yield paragraph(f"{one.role}: {one.name}{f' ({one.office})' if one.office else ''}")
        yield paragraph(one.at or "____________________________")
    if found.notes:
        yield paragraph(ADDED, "Heading1")
        yield from (paragraph(line) for note in found.notes for line in note.split("\n") if line.strip())
    yield paragraph(VERIFY, "Heading1")
    yield from (paragraph(line, "Small") for line in found.verification)


def _text(text: str) -> Iterator[str]:
    for block in blocks(text):
        if block.listed:
            yield from (paragraph(line, "List") for line in block.lines)
        else:
            yield paragraph("\n".join(block.lines))


def paragraph(text: str, style: str = "") -> str:
    """A paragraph in a style, its line breaks kept."""
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{looks}{_runs(text.split(chr(10)))}</w:p>"


def _runs(lines: Iterable[str]) -> str:
    shown = [f'<w:t xml:space="preserve">{escape(CONTROL.sub("", line))}</w:t>' for line in lines]
    return f"<w:r>{'<w:br/>'.join(shown)}</w:r>"


def _table(table: Table) -> str:
    width = _WIDTH // max(len(table.head), 1)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in table.head)
    rows = "".join([_row(table.head, width, head=True), *(_row(row, width) for row in table.rows)])
    looks = (
        '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{escape(table.caption, {chr(34): "&quot;"})}"/></w:tblPr>'
    )
    foot = paragraph(table.foot, "Small") if table.foot else paragraph("")
    return f"{paragraph(table.caption, 'Caption')}<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{foot}"


def _row(cells: Iterable[str], width: int, *, head: bool = False) -> str:
    """A row that no page break parts; the head is repeated on every page."""
    looks = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    style = "TableHead" if head else "TableText"
    size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tr>{looks}{''.join(f'<w:tc>{size}{paragraph(cell, style)}</w:tc>' for cell in cells)}</w:tr>"
