"""Which kind of file this is, told by what it holds and not by its name alone, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.words import N_, Words
from portal.plan import markdown_read, reader
from portal.plan.blocks import Document
from portal.plan.reader import Broken
from portal.plan.word import read as word

ZIP, OLD_WORD, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis"
_TEXTS = (".md", ".markdown", ".txt")


class FileKind(StrEnum):
    """The forms in which a plan arrives and leaves."""

    JSON = "json"
    MARKDOWN = "md"
    WORD = "docx"


@dataclass(frozen=True)
class Source:
    """A file as it was read: the value of a plan, or a document that is still to be understood as one."""

    kind: FileKind
    value: Any = None
    document: Document | None = None
    slim: bytes = b""  # what has to be carried to read it again


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of a file; a name that says otherwise than the content, or a kind that is not read, is refused."""
    ending = PurePath(name.lower()).suffix
    foreign = _foreign(data)
    if foreign:
        raise Invalid(foreign, code="kind", field="file")
    if data.startswith(ZIP):
        if ending in {"", ".docx"}:
            return FileKind.WORD
        raise Invalid(_OTHERWISE, code="kind", field="file", name=name[-80:])
    if ending == ".docx" or (name and ending not in {"", ".json", *_TEXTS}):
        raise Invalid(_OTHERWISE, code="kind", field="file", name=name[-80:])
    return FileKind.MARKDOWN if ending in _TEXTS else FileKind.JSON


_OTHERWISE = N_(
    "“%(name)s” is not what its name says. Choose a plan file as JSON, Markdown or a Word document (.docx)."
)


def _foreign(data: bytes) -> str:
    if data.startswith(OLD_WORD):
        return N_("This is a document of an old Word, or one with a password. Save it as .docx without a password.")
    if data.startswith(PDF):
        return N_("A PDF says how pages look and not how a text is built. Choose the document it was made from.")
    if data.startswith(RTF) or (data.startswith(ZIP) and _OPEN_DOCUMENT in data[:120]):
        return N_("This kind of document is not read. Save it as a Word document (.docx).")
    return ""


def read(data: bytes, name: str = "") -> Source:
    """Read a file; what is broken is refused with the place where it broke."""
    kind = kind_of(data, name)
    try:
        if kind is FileKind.JSON:
            return Source(kind, value=reader.load(data), slim=data)
        if kind is FileKind.MARKDOWN:
            return Source(kind, document=markdown_read.read(_text(data)), slim=data)
    except Broken as error:
        raise reader.refusal([error.words]) from error
    document, package = word.read(data)
    return Source(kind, document=document, slim=package.slim())


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        said = N_("The file is not UTF-8 text (line %(line)d). Save it as UTF-8.")
        raise Broken(Words(said, {"line": line})) from error
