"""A Word document as blocks: its text in reading order, and all that a plan has no place for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from portal.kernel.words import N_
from portal.plan.blocks import Block, Document, Note, Role, Unit, Why
from portal.plan.word.package import Package, refused
from portal.plan.word.styles import Numbering, Style, Styles, W, value, whole

MARK = "_parere_"
CODE = "PlanCode"
FACTS = "{urn:parere:plan:1}facts"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
_TEXT = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
_SKIPPED = frozenset({f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}moveFrom", f"{W}delInstrText", f"{W}sdtPr"})
_PICTURES = frozenset({f"{W}drawing", f"{W}pict"})
_REFERENCES = {
    f"{W}footnoteReference": "footnotes",
    f"{W}endnoteReference": "endnotes",
    f"{W}commentReference": "comments",
}
_OFF = frozenset({"0", "false", "off"})


def read(data: bytes) -> tuple[Document, Package]:
    """The blocks of a document that comes from outside, and its parts."""
    package = Package(data)
    return _Reader(package).read(), package


@dataclass
class _Said:
    """What the runs of a paragraph hold."""

    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    field_result: list[bool] = field(default_factory=list)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.document = Document(Unit.PARAGRAPH)
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"))
        links = package.links(package.main)
        self.addresses = {link.get("Id", ""): link.get("Target", "") for link in links}
        self.at = 0
        self.contents: list[str] = []
        self.notes: dict[tuple[str, str], int] = {}  # where footnotes and comments are referred to
        self.kept: list[str] = []  # keys that stood in a paragraph without text: they belong to the next

    def read(self) -> Document:
        root = self.package.xml(self.package.main)
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            raise refused(N_("The file is a ZIP archive, but no Word document."), "no_document")
        for node in body:
            self._node(node)
        if self.contents:
            self.document.leave(Why.CONTENTS, 1, "\n".join(self.contents))
        self._facts()
        self._beside()
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
                self._keep(node, self.kept)

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
        self.at += 1
        looks = node.find(f"{W}pPr")
        style = self.styles.of(value(looks.find(f"{W}pStyle")) if looks is not None else "")
        said = _Said()
        self._runs(node, said)
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

    def _runs(self, node: Element, said: _Said) -> None:
        for inner in node:
            self._inline(inner, said)

    def _inline(self, node: Element, said: _Said) -> None:
        tag = node.tag
        if tag in _SKIPPED:
            return
        match tag.rpartition("}")[2]:
            case "r":
                self._run(node, said)
            case "bookmarkStart":
                self._keep(node, said.keys)
            case "ins" | "moveTo":
                self.document.note(Note.CHANGES)
                self._runs(node, said)
            case "del":
                self._deleted(node)
            case "hyperlink":
                self._link(node, said)
            case "oMath" | "oMathPara":
                self.document.note(Note.FORMULAS)
                said.text.append("".join(t.text or "" for t in node.iter(f"{M}t")))
            case "AlternateContent":
                chosen = node.find(f"{MC}Choice")
                self._runs(chosen if chosen is not None else node, said)
            case _ if tag in _PICTURES or tag == f"{W}object":
                self._picture(node)
            case _:
                self._runs(node, said)

    def _keep(self, node: Element, keys: list[str]) -> None:
        name = value(node, "name")
        if name.startswith(MARK):
            keys.append(name.removeprefix(MARK).replace("_", "-"))

    def _deleted(self, node: Element) -> None:
        text = "".join(t.text or "" for t in node.iter(f"{W}delText"))
        self.document.note(Note.CHANGES)
        if text.strip():
            self.document.leave(Why.DELETED, self.at, text)

    def _link(self, node: Element, said: _Said) -> None:
        before = len(said.text)
        self._runs(node, said)
        shown = "".join(said.text[before:])
        address = self.addresses.get(node.get(f"{R}id") or "", "")
        if address.startswith(("http://", "https://")) and address.rstrip("/") not in {shown, shown.rstrip("/")}:
            said.text.append(f" ({address})")

    def _run(self, node: Element, said: _Said) -> None:
        looks = node.find(f"{W}rPr")
        hidden = _on(looks, "vanish")
        into = said.code if looks is not None and value(looks.find(f"{W}rStyle")) == CODE else said.text
        if hidden:
            into = []
        elif _on(looks, "strike") or _on(looks, "dstrike"):
            self.document.note(Note.STRUCK)
        for inner in node:
            self._piece(inner, said, into)
        if hidden and "".join(into).strip():
            self.document.leave(Why.HIDDEN, self.at, "".join(into))

    def _piece(self, node: Element, said: _Said, into: list[str]) -> None:
        tag = node.tag
        if tag == f"{W}fldChar":
            _field(value(node, "fldCharType"), said)
        elif tag == f"{W}t":
            if all(said.field_result):
                into.append(node.text or "")
        elif tag in _TEXT:
            into.append(_TEXT[tag])
        elif tag == f"{W}br":
            into.append("\n" if value(node, "type") not in {"page", "column"} else "")
        elif tag == f"{W}sym":
            into.append("\u25a1")
            self.document.leave(Why.SYMBOL, self.at, f"{value(node, 'font')} {value(node, 'char')}")
        elif tag in _REFERENCES:
            self.notes[_REFERENCES[tag], value(node, "id")] = self.at
        elif tag not in _SKIPPED:
            self._inline(node, said)

    def _picture(self, node: Element) -> None:
        """A picture, a text box, a chart or another thing that is no text of the paragraph."""
        boxes = list(node.iter(f"{W}txbxContent"))
        for box in boxes:
            words = "\n".join(_plain(p) for p in box.iter(f"{W}p"))
            if words.strip():
                self.document.leave(Why.TEXT_BOX, self.at, words)
        named = next(node.iter(f"{WP}docPr"), None)
        told = [named.get("descr"), named.get("name")] if named is not None else []
        told += [shape.get("alt") or shape.get("title") for shape in node.iter(f"{V}shape")]
        image = next(node.iter(f"{A}blip"), None) is not None or next(node.iter(f"{V}imagedata"), None) is not None
        if image or not boxes:
            self.document.leave(Why.IMAGE if image else Why.OBJECT, self.at, next(filter(None, told), ""))

    def _table(self, node: Element) -> None:
        began = self.at + 1
        rows = tuple(tuple(self._cell(cell) for cell in _own(row, "tc")) for row in _own(node, "tr"))
        self.document.blocks.append(Block(Role.TABLE, "", began, rows=rows))

    def _cell(self, cell: Element) -> str:
        texts = []
        for p in cell.iter(f"{W}p"):
            self.at += 1
            said = _Said()
            self._runs(p, said)
            texts.append("".join([*said.code, *said.text]))
        return "\n".join(text for text in texts if text.strip())

    def _beside(self) -> None:
        """Footnotes, comments, headers and footers: listed, each with its own number."""
        for kind, why in (("footnotes", Why.FOOTNOTE), ("endnotes", Why.FOOTNOTE), ("comments", Why.COMMENT)):
            root = self.package.part(kind)
            for node in root if root is not None else ():
                words = "\n".join(_plain(p) for p in node.iter(f"{W}p")).strip()
                if words and value(node, "type") not in {"separator", "continuationSeparator"}:
                    self.document.leave(why, self.notes.get((kind, value(node, "id")), 0), words)
        for kind in ("header", "footer"):
            for name in self.package.linked(kind):
                words = "\n".join(_plain(p) for p in self.package.xml(name).iter(f"{W}p")).strip()
                if words and words != str(self.document.front.get("notice", "")).strip():
                    self.document.leave(Why.HEADER, 0, words)

    def _facts(self) -> None:
        """What an export of the portal carries beside the text."""
        for name in self.package.linked("customXml"):
            root = self.package.xml(name)
            if root.tag != FACTS:
                continue
            try:
                told = json.loads(root.text or "")
                self.document.front |= dict(told["plan"])
                owners = {str(key): dict(facts) for key, facts in told["owners"].items()}
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self.document.leave(Why.FACTS, 1, (root.text or "")[:2000])
                continue
            self.document.blocks = list(_with(self.document.blocks, owners))


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


def _with(blocks: list[Block], owners: dict[str, dict[str, Any]]) -> Iterator[Block]:
    for block in blocks:
        facts = owners.pop(block.key, None) if block.role is Role.HEADING else None
        yield replace(block, facts=facts) if facts is not None else block


def _outline(looks: Element | None, style: Style) -> int:
    """The level of a heading: what the paragraph itself says, else its style."""
    own = looks.find(f"{W}outlineLvl") if looks is not None else None
    if own is not None and whole(value(own), 9) < 9:
        return whole(value(own)) + 1
    return 0 if own is not None and not style.meaning else style.heading


def _on(looks: Element | None, name: str) -> bool:
    found = looks.find(f"{W}{name}") if looks is not None else None
    return found is not None and value(found) not in _OFF


def _field(kind: str, said: _Said) -> None:
    """Of a field only its result is text."""
    if kind == "begin":
        said.field_result.append(False)
    elif kind == "separate" and said.field_result:
        said.field_result[-1] = True
    elif kind == "end" and said.field_result:
        said.field_result.pop()


def _plain(p: Element) -> str:
    """The words of a paragraph beside the text; of fields, such as page numbers, nothing."""
    said, depth = [], 0
    for node in p.iter():
        if node.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(value(node, "fldCharType"), 0)
        elif node.tag == f"{W}t" and depth == 0:
            said.append(node.text or "")
    return "".join(said)
