"""The ZIP and the XML of a document from outside: bounded, without entities, macros or parts from elsewhere."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from portal.kernel.errors import Invalid
from portal.kernel.words import N_

MOST_PARTS = 2_000
MOST_BYTES = 60 * 2**20  # of all parts together, unpacked
MOST_XML = 24 * 2**20  # of one part that is read
MOST_RATIO = 400  # of a part that is worth looking at
DEEPEST = 150
MOST_ELEMENTS = 600_000  # of one part: a thousand pages have fewer
SMALL = 2**20
REFUSED = ("vbaproject", "vbadata", "activex")
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_HARMLESS = ("/hyperlink", "/image", "/video", "/audio")
_KEPT = (".rels", "document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", "comments.xml")


def refused(message: str, code: str, **params: Any) -> Invalid:
    """Why a file is not read."""
    return Invalid(message, code=code, field="file", **params)


class Package:
    """The parts of a document, read on demand."""

    def __init__(self, data: bytes) -> None:
        self.zip = _opened(data)
        self._check()
        self.main = self._main()

    def _check(self) -> None:
        parts = self.zip.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise refused(N_("Unpacked, the document is far larger than a text can be. It was not opened."), "bomb")
        for part in parts:
            if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                raise refused(N_("Unpacked, the document is far larger than a text can be. It was not opened."), "bomb")
            if part.flag_bits & 1:
                raise refused(N_("The document is protected by a password. Save it without one."), "locked")
            if any(word in part.filename.lower() for word in REFUSED):
                raise refused(N_("The document holds macros. Save it as a document without macros (.docx)."), "macros")
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names:
            raise refused(N_("The file is a ZIP archive, but no Word document."), "no_document")
        if b"macroEnabled" in self.read("[Content_Types].xml"):
            raise refused(N_("The document holds macros. Save it as a document without macros (.docx)."), "macros")
        for name in sorted(names):
            if name.endswith(".rels"):
                self._check_links(name)

    def _check_links(self, name: str) -> None:
        for link in self.xml(name):
            kind = link.get("Type", "")
            if link.get("TargetMode") == "External" and not kind.endswith(_HARMLESS):
                what = kind.rsplit("/", 1)[-1][:40]
                said = N_(
                    "The document takes a part from elsewhere (%(what)s). Save it with all its parts inside, "
                    "without an attached template."
                )
                raise refused(said, "external", what=what)

    def _main(self) -> str:
        for link in self.links(""):
            if link.get("Type", "").endswith("/officeDocument"):
                return link.get("Target", "").lstrip("/")
        raise refused(N_("The file is a ZIP archive, but no Word document."), "no_document")

    def links(self, part: str) -> list[dict[str, str]]:
        """The relationships of a part; those of the package for none."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return [dict(link.attrib) for link in self.xml(path) if link.tag == f"{_R}Relationship"]

    def linked(self, kind: str) -> list[str]:
        """The parts that the main part is related to in a way, such as `styles`."""
        folder = posixpath.dirname(self.main)
        found = [link for link in self.links(self.main) if link.get("Type", "").endswith(f"/{kind}")]
        targets = [link.get("Target", "") for link in found if link.get("TargetMode") != "External"]
        return [t.lstrip("/") if t.startswith("/") else posixpath.normpath(posixpath.join(folder, t)) for t in targets]

    def part(self, kind: str) -> Element | None:
        """The first part of a kind, if the document has it."""
        names = self.linked(kind)
        return self.xml(names[0]) if names else None

    def xml(self, name: str) -> Element:
        """A part as a tree; one that is not there is an empty one."""
        if name not in self.zip.namelist():
            return Element("none")
        return parsed(self.read(name))

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted while they are unpacked, whatever the archive says of them."""
        try:
            with self.zip.open(name) as file:
                data = file.read(MOST_XML + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise refused(N_("The document is damaged: its parts cannot be unpacked."), "damaged") from error
        if len(data) > MOST_XML:
            raise refused(N_("Unpacked, the document is far larger than a text can be. It was not opened."), "bomb")
        return data

    def slim(self) -> bytes:
        """The same document with the parts that hold text alone, to be carried from one page to the next."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.zip.namelist():
                base = posixpath.basename(name)
                text = base.endswith(_KEPT) or base.startswith(("header", "footer")) or "customXml" in name
                if name in {"[Content_Types].xml", self.main} or (text and not name.endswith("/")):
                    archive.writestr(name, self.read(name))
        return made.getvalue()


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise refused(N_("The document is damaged: its parts cannot be unpacked."), "damaged") from error


def parsed(data: bytes) -> Element:
    """A tree from XML that declares no type and no entity, and is not nested without end."""
    builder, deep, many = TreeBuilder(), 0, 0
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def name(raw: str) -> str:
        return f"{{{raw}" if "}" in raw else raw

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal deep, many
        deep, many = deep + 1, many + 1
        if deep > DEEPEST:
            raise refused(N_("The document is nested too deeply."), "nested")
        if many > MOST_ELEMENTS:
            raise refused(N_("Unpacked, the document is far larger than a text can be. It was not opened."), "bomb")
        builder.start(name(tag), {name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal deep
        deep -= 1
        builder.end(name(tag))

    def declared(*_: Any) -> None:
        raise refused(N_("The document declares XML entities, which no word processor writes. It was not read."), "dtd")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
        return builder.close()
    except expat.ExpatError as error:
        said = N_("The document is damaged: its text is not complete (line %(line)d of its XML).")
        raise refused(said, "broken_xml", line=error.lineno) from error
    except (ValueError, AssertionError) as error:
        raise refused(N_("The document is damaged: its parts cannot be unpacked."), "damaged") from error
