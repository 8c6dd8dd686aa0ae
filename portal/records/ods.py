"""OpenDocument sheets, row by row: a zip with XML in it, every cell with its type, and no formula anywhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from portal.kernel.text import CONTROL
from portal.records.tables import Table

MIME = "application/vnd.oasis.opendocument.spreadsheet"
PIECE = 64 * 1024
_SPACES = re.compile(r"  +|\t")
_NAMES = ("office", "table", "text", "style", "number", "fo")
_URNS = {
    "office": "office",
    "table": "table",
    "text": "text",
    "style": "style",
    "number": "datastyle",
    "fo": "xsl-fo-compatible",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content '
    + " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{_URNS[name]}:1.0"' for name in _NAMES)
    + ' office:version="1.3"><office:automatic-styles>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="9cm"/></style:style>'
    '<style:style style:name="narrow" style:family="table-column">'
    '<style:table-column-properties style:column-width="3.5cm"/></style:style>'
    '<number:date-style style:name="n-date"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
    '<number:date-style style:name="n-instant"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "<number:text> </number:text>"
    '<number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/>'
    '<number:text>:</number:text><number:seconds number:style="long"/></number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="n-date"/>'
    '<style:style style:name="instant" style:family="table-cell" style:data-style-name="n-instant"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>\n"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>\n'
)


def write(into: IO[bytes], sheets: Sequence[Table]) -> None:
    """The whole document; in memory there are a few rows at a time."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        with packed.open("content.xml", "w", force_zip64=True) as content:
            for piece in _gathered(_content(sheets)):
                content.write(piece.encode())


def _gathered(parts: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _content(sheets: Sequence[Table]) -> Iterator[str]:
    yield _HEAD
    for table in sheets:
        yield f"<table:table table:name={quoteattr(table.name)}>"
        for width in table.widths:
            yield f'<table:table-column table:style-name="{"wide" if width > 30 else "narrow"}"/>'
        heads = "".join(_string(head, ' table:style-name="head"') for head in table.heads)
        yield f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
        writers = [_WRITERS[kind] for kind in table.kinds]
        for values in table.rows:
            cells = (
                "<table:table-cell/>" if value is None or value == "" else write_(value)
                for write_, value in zip(writers, values, strict=True)
            )
            yield f"<table:table-row>{''.join(cells)}</table:table-row>\n"
        yield "</table:table>"
    yield _TAIL


def _string(value: Any, style: str = "") -> str:
    text = CONTROL.sub("", value.value if hasattr(value, "value") else str(value))
    lines = "".join(f"<text:p>{_SPACES.sub(_spaced, escape(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


def _spaced(found: re.Match[str]) -> str:
    run = found.group()
    return "<text:tab/>" if run == "\t" else f' <text:s text:c="{len(run) - 1}"/>'


def _number(value: Any) -> str:
    n = int(value)
    return f'<table:table-cell office:value-type="float" office:value="{n}"><text:p>{n}</text:p></table:table-cell>'


def _date(value: date) -> str:
    return _dated(value.isoformat(), "date", value.isoformat())


def _instant(value: datetime) -> str:
    at = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return _dated(at.isoformat(), "instant", at.isoformat(" "))


def _dated(value: str, style: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _truth(value: bool) -> str:
    word = "true" if value else "false"
    return (
        f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}">'
        f"<text:p>{word.upper()}</text:p></table:table-cell>"
    )


_WRITERS: dict[str, Callable[[Any], str]] = {
    "text": _string,
    "code": _string,
    "number": _number,
    "date": _date,
    "instant": _instant,
    "truth": _truth,
}
