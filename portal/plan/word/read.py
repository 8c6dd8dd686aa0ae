"""A Word document as blocks: its text in reading order, and all that a plan has no place for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from portal.kernel.words import N_
from portal.plan.blocks import Block, Document, Role, Unit, Why
from portal.plan.word import beside
from portal.plan.word.package import Package, refused
from portal.plan.word.runs import Runs, keep
from portal.plan.word.styles import Numbering, Style, Styles, W, value, whole


def read(data: bytes) -> tuple[Document, Package]:
    """The blocks of a document that comes from outside, and its parts."""
    package = Package(data)
    return _Reader(package).read(), package


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.document = Document(Unit.PARAGRAPH)
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"))
        links = package.links(package.main)
        self.runs = Runs(self.document, {link.get("Id", ""): link.get("Target", "") for link in links})
        self.contents: list[str] = []
        self.kept: list[str] = []  # keys that stood in a paragraph without text: they belong to the next

    @property
    def at(self) -> int:
        """The number of the present paragraph."""
        return self.runs.at

    def read(self) -> Document:
        root = self.package.xml(self.package.main)
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            raise refused(N_("The file is a ZIP archive, but no Word document."), "no_document")
        for node in body:
            self._node(node)
        if self.contents:
            self.document.leave(Why.CONTENTS, 1, "\n".join(self.contents))
        beside.facts(self.document, self.package)
        beside.listed(self.document, self.package, self.runs.notes)
        return self.document

    def _node(self, node: Element) -> None:
        match node.tag.rpartition("}")[2]:
            case "p":
                self._paragraph(node)
            case "tbl":
                self._table(node)
            case "sdt":
                self._control(node)
            case "altChunk":
                self.document.leave(Why.OBJECT, self.at + 1, "altChunk")
            case "ins" | "moveTo" | "customXml" | "smartTag" | "sdtContent":
                for inner in node:
                    self._node(inner)
            case "bookmarkStart":
                keep(node, self.kept)

    def _control(self, node: Element) -> None:
        """A content control; a table of contents is listed and not read as text."""
        gallery = value(node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
        content = node.find(f"{W}sdtContent")
        if gallery == "Table of Contents":
            self.contents += [
                text for p in node.iter(f"{W}p") if (text := "".join(t.text or "" for t in p.iter(f"{W}t")))
            ]
            return
        for inner in content if content is not None else ():
            self._node(inner)

    def _paragraph(self, node: Element) -> None:
        self.runs.at += 1
        looks = node.find(f"{W}pPr")
        style = self.styles.of(value(looks.find(f"{W}pStyle")) if looks is not None else "")
        said = self.runs.said(node)
        text, code = "".join(said.text), "".join(said.code)
        if style.contents:
            self.contents += [text] if text.strip() else []
            return
        mark, level = self._mark(looks, style)
        keys = [*self.kept, *said.keys]
        if not (text + code).strip() and not (style.meaning and style.heading):
            self.kept = keys
            return
        self.kept = []
        self._add(_Found(text, code, keys[0] if keys else "", style, mark, level, _outline(looks, style)))

    def _mark(self, looks: Element | None, style: Style) -> tuple[str, int]:
        number = looks.find(f"{W}numPr") if looks is not None else None
        list_id = value(number.find(f"{W}numId")) if number is not None else style.list_id
        if not list_id or list_id == "0":
            return "", 0
        given = number.find(f"{W}ilvl") if number is not None else None
        level = whole(value(given)) if given is not None else style.level
        return self.numbering.mark(list_id, level), level

    def _add(self, found: _Found) -> None:
        text = found.text.strip(" \t\n") if found.heading else found.text
        if found.style.title and not found.heading:
            role = Role.TITLE if found.style.title == "title" else Role.SUBTITLE
            self.document.blocks.append(Block(role, text, self.at))
        elif found.heading:
            number = f"{found.mark} " if found.mark not in {"", "-"} and not found.code else ""
            code = found.code or None
            key, meaning = found.key, found.style.meaning
            self.document.blocks.append(
                Block(Role.HEADING, number + text, self.at, found.heading, key=key, code=code, meaning=meaning)
            )
        elif found.mark:
            mark, level = f"{found.mark} ", min(found.level, 5)
            self.document.blocks.append(Block(Role.ITEM, text, self.at, level, mark, found.key))
        else:
            self.document.blocks.append(Block(Role.TEXT, text, self.at, key=found.key))

    def _table(self, node: Element) -> None:
        began = self.at + 1
        rows = tuple(tuple(self._cell(cell) for cell in _own(row, "tc")) for row in _own(node, "tr"))
        self.document.blocks.append(Block(Role.TABLE, "", began, rows=rows))

    def _cell(self, cell: Element) -> str:
        texts = []
        for p in cell.iter(f"{W}p"):
            self.runs.at += 1
            said = self.runs.said(p)
            texts.append("".join([*said.code, *said.text]))
        return "\n".join(text for text in texts if text.strip())


@dataclass(frozen=True)
class _Found:
    text: str
    code: str
    key: str
    style: Style
    mark: str
    level: int
    heading: int


def _own(node: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside a control, but not those of a table within."""
    for inner in node:
        if inner.tag == f"{W}{name}":
            yield inner
        elif inner.tag != f"{W}tbl":
            yield from _own(inner, name) if inner.tag != f"{W}p" else ()


def _outline(looks: Element | None, style: Style) -> int:
    """The level of a heading: what the paragraph itself says, else its style."""
    own = looks.find(f"{W}outlineLvl") if looks is not None else None
    if own is not None and whole(value(own), 9) < 9:
        return whole(value(own)) + 1
    return 0 if own is not None and not style.meaning else style.heading
