"""Look at one file that a stranger sent, in a process of its own with little memory and time; run as a program.

`python -m portal.files.examiner GIVEN CLEAN` writes what may be kept to CLEAN and says on standard output, as JSON,
what it is or why it is refused.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

from PIL import Image

from portal.files import documents, pictures
from portal.files.documents import Fault
from portal.files.rules import POINTS_LIMIT, SIDE_LIMIT, FileKind, kind_of

MEMORY = 2**30
SECONDS = 20
HEAD = 1024
ORIENTATION = 0x0112
# Names of formats as Pillow reads them: nothing else is even tried.
_FORMATS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}


def examine(given: Path, clean: Path) -> dict[str, Any]:
    """What the file is and what is kept of it, or the fault for which it is refused."""
    data = given.read_bytes()
    kind = kind_of(data[:HEAD])
    if kind is None:
        return {"fault": Fault.TYPE}
    if _is_something_else_too(given, data, kind):
        return {"fault": Fault.MIXED}
    if kind is FileKind.PDF:
        fault = documents.fault_of(given)
        if fault is None:
            clean.write_bytes(data)
        return {"fault": fault} if fault else {"kind": kind}
    return _picture(data, kind, clean)


def _is_something_else_too(path: Path, data: bytes, kind: FileKind) -> bool:
    """A file that another program would open as something else: an archive at the end, a document further on."""
    return zipfile.is_zipfile(path) or (kind is not FileKind.PDF and b"%PDF-" in data[:HEAD])


def _picture(data: bytes, kind: FileKind, clean: Path) -> dict[str, Any]:
    try:
        found = pictures.plain_png(data) if kind is FileKind.PNG else pictures.plain_jpeg(data)
    except pictures.Damaged:
        return {"fault": Fault.DAMAGED}
    size = {"width": found.width, "height": found.height}
    if not _fits(found.width, found.height):
        return {"fault": Fault.DIMENSIONS, **size}
    try:
        _decode(found.content, kind)
        if kind is FileKind.JPEG:
            found = pictures.plain_jpeg(data, _turned(data))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return {"fault": Fault.DAMAGED}
    clean.write_bytes(found.content)
    return {"kind": kind, **size}


def _fits(width: int, height: int) -> bool:
    return 0 < width <= SIDE_LIMIT and 0 < height <= SIDE_LIMIT and width * height <= POINTS_LIMIT


def _decode(content: bytes, kind: FileKind) -> None:
    """Draw the picture once: what is cut short or false inside shows only so."""
    with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
        picture.draft(None, (max(1, picture.width // 8), max(1, picture.height // 8)))  # a JPEG is drawn small
        picture.load()


def _turned(data: bytes) -> int:
    """Which way up a photograph is held; upright where it does not say."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "MPO"]) as picture:
            said = picture.getexif().get(ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError):
        return 1
    return said if isinstance(said, int) else 1


def main() -> None:
    """Bound what this process may take, then look."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("ignore")  # of large pictures: how large is decided above
    given, clean = sys.argv[1:]
    try:
        found = examine(Path(given), Path(clean))
    except OSError as fault:  # such as a full disk: the file itself may be in order
        found = {"errno": fault.errno}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
