"""What may be attached, how much of it, and under which name. Statute art. 8-9."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from portal.kernel.errors import DomainError, Invalid
from portal.kernel.words import N_

MEBIBYTE = 2**20
SIZE_LIMIT = 5 * MEBIBYTE  # of one file
COUNT_LIMIT = 10  # files of one submission
PIECE_LIMIT = 512 * 1024  # of a file on its way
NAME_LIMIT = 120
SIDE_LIMIT = 20_000  # of a picture, in points
POINTS_LIMIT = 50_000_000
UNFINISHED_LIMIT = 20  # files on their way, of one person
UNFINISHED_LIFE = timedelta(hours=24)
UNUSED_LIFE = timedelta(hours=24)  # before a file that nothing refers to is removed


class FileKind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


MEDIA = {FileKind.PDF: "application/pdf", FileKind.PNG: "image/png", FileKind.JPEG: "image/jpeg"}
ENDINGS = {FileKind.PDF: ".pdf", FileKind.PNG: ".png", FileKind.JPEG: ".jpg"}
_OWN = {FileKind.PDF: {".pdf"}, FileKind.PNG: {".png"}, FileKind.JPEG: {".jpg", ".jpeg"}}
_MARKS = {b"%PDF-": FileKind.PDF, b"\x89PNG\r\n\x1a\n": FileKind.PNG, b"\xff\xd8\xff": FileKind.JPEG}
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"*:<>?|\\/]')


class NoRoom(DomainError):
    """The disk is full: nothing that was stored before is touched."""

    code, status = "no_room", 507
    default = N_(
        "There is no room for files at this moment, and the secretariat has to make some. "
        "What you wrote is saved; send the file again later: it goes on from where it stopped."
    )


class Unchecked(DomainError):
    """A file could not be looked at now: neither taken nor refused."""

    code, status = "unchecked", 503
    default = N_(
        "Files cannot be checked at this moment. What you wrote is saved; send the file again in a few minutes."
    )


def kind_of(head: bytes) -> FileKind | None:
    """What a file says it is with its first bytes; None for everything that is not taken."""
    return next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)


def check_size(size: int) -> None:
    """Refuse nothing at all and too much."""
    if size <= 0:
        raise Invalid(N_("The file is empty."), code="empty", field="file")
    if size > SIZE_LIMIT:
        raise Invalid(
            N_("The file has %(size)s MB; at most %(limit)d MB are allowed. Make it smaller or split it in two."),
            code="too_large",
            field="file",
            size=_megabytes(size),
            limit=SIZE_LIMIT // MEBIBYTE,
        )


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is too large never looks as if it fitted."""
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


def tidy_name(name: str, kind: FileKind) -> str:
    """The name as it is shown and offered for keeping: no folders, nothing invisible, the ending of what it is."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1])
    path = PurePosixPath(" ".join(_UNFIT.sub(" ", last).split()).lstrip(". ") or "-")
    said = path.suffix.lower()
    ending = said if said in _OWN[kind] else ENDINGS[kind]
    stem = (path.stem if any(said in own for own in _OWN.values()) else str(path)).strip(" .")
    return (stem if stem not in {"", "-"} else "allegato")[: NAME_LIMIT - len(ending)].strip() + ending
