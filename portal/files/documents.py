"""PDF documents: whole, readable without a password, and still. What acts by itself is found wherever it is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pikepdf

TAIL = 1024  # the last bytes, in which the end is marked
DEPTH = 60
OBJECTS = 200_000


class Fault(StrEnum):
    """Why a file is not taken."""

    TYPE = "type"
    DAMAGED = "damaged"
    MIXED = "mixed"
    DIMENSIONS = "dimensions"
    SCRIPT = "script"
    EMBEDDED = "embedded"
    PASSWORD = "password"  # noqa: S105  (a fault of this name)


_ACTS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound", "/GoTo3DView",
    "/RichMediaExecute",
}  # fmt: skip
_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
_SHOWS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def fault_of(path: Path) -> Fault | None:
    """Why this document cannot be taken; None if it can."""
    data = path.read_bytes()
    if b"%%EOF" not in data[-TAIL:]:
        return Fault.DAMAGED
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            if len(document.pages) == 0:
                return Fault.DAMAGED
            return _active(document) or (Fault.SCRIPT if b"/JavaScript" in data else None)
    except pikepdf.PasswordError:
        return Fault.PASSWORD
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return Fault.DAMAGED


def _active(document: pikepdf.Pdf) -> Fault | None:
    for count, whole in enumerate(document.objects):
        if count > OBJECTS:
            return Fault.DAMAGED
        for values in _dictionaries(whole, 0):
            fault = _fault(values)
            if fault:
                return fault
    return None


def _dictionaries(value: pikepdf.Object, depth: int) -> Iterator[dict[str, pikepdf.Object]]:
    """Every dictionary of an object, also those inside others; what is referred to is an object of its own."""
    if depth > DEPTH:
        raise ValueError("too deep")
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        values = dict(value.items())
        yield values
        inside = list(values.values())
    elif isinstance(value, pikepdf.Array):
        inside = list(value.as_list())
    else:
        return
    for child in inside:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _fault(values: dict[str, pikepdf.Object]) -> Fault | None:
    kind = str(values.get("/Type", "/Action"))
    if kind == "/Action" and str(values.get("/S", "")) in _ACTS:
        return Fault.SCRIPT
    if _KEYS & values.keys() or str(values.get("/Subtype", "")) in _SHOWS:
        return Fault.SCRIPT
    if "/EF" in values or kind == "/EmbeddedFile":
        return Fault.EMBEDDED
    return None
