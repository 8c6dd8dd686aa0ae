"""The words of a paragraph: what its runs say, without what only looks, and what stands among them and is no text."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from portal.plan.blocks import Document, Note, Why
from portal.plan.word.styles import W, value

MARK = "_parere_"
CODE = "PlanCode"
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


@dataclass
class Said:
    """What the runs of a paragraph hold: its words, those that are its code, the keys that stand there."""

    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    field_result: list[bool] = field(default_factory=list)


class Runs:
    """Reads paragraphs in order; `at` is the number of the present one."""

    def __init__(self, document: Document, addresses: dict[str, str]) -> None:
        self.document, self.addresses = document, addresses
        self.at = 0
        self.notes: dict[tuple[str, str], int] = {}  # where footnotes and comments are referred to

    def said(self, paragraph: Element) -> Said:
        """What a paragraph says."""
        said = Said()
        self._runs(paragraph, said)
        return said

    def _runs(self, node: Element, said: Said) -> None:
        for inner in node:
            self._inline(inner, said)

    def _inline(self, node: Element, said: Said) -> None:
        tag = node.tag
        if tag in _SKIPPED:
            return
        match tag.rpartition("}")[2]:
            case "r":
                self._run(node, said)
            case "bookmarkStart":
                keep(node, said.keys)
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

    def _deleted(self, node: Element) -> None:
        text = "".join(t.text or "" for t in node.iter(f"{W}delText"))
        self.document.note(Note.CHANGES)
        if text.strip():
            self.document.leave(Why.DELETED, self.at, text)

    def _link(self, node: Element, said: Said) -> None:
        before = len(said.text)
        self._runs(node, said)
        shown = "".join(said.text[before:])
        address = self.addresses.get(node.get(f"{R}id") or "", "")
        if address.startswith(("http://", "https://")) and address.rstrip("/") not in {shown, shown.rstrip("/")}:
            said.text.append(f" ({address})")

    def _run(self, node: Element, said: Said) -> None:
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

    def _piece(self, node: Element, said: Said, into: list[str]) -> None:
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
            words = "\n".join(plain(p) for p in box.iter(f"{W}p"))
            if words.strip():
                self.document.leave(Why.TEXT_BOX, self.at, words)
        named = next(node.iter(f"{WP}docPr"), None)
        told = [named.get("descr"), named.get("name")] if named is not None else []
        told += [shape.get("alt") or shape.get("title") for shape in node.iter(f"{V}shape")]
        image = next(node.iter(f"{A}blip"), None) is not None or next(node.iter(f"{V}imagedata"), None) is not None
        if image or not boxes:
            self.document.leave(Why.IMAGE if image else Why.OBJECT, self.at, next(filter(None, told), ""))


def keep(node: Element, keys: list[str]) -> None:
    """Remember the key that a hidden bookmark bears."""
    name = value(node, "name")
    if name.startswith(MARK):
        keys.append(name.removeprefix(MARK).replace("_", "-"))


def _on(looks: Element | None, name: str) -> bool:
    found = looks.find(f"{W}{name}") if looks is not None else None
    return found is not None and value(found) not in _OFF


def _field(kind: str, said: Said) -> None:
    """Of a field only its result is text."""
    if kind == "begin":
        said.field_result.append(False)
    elif kind == "separate" and said.field_result:
        said.field_result[-1] = True
    elif kind == "end" and said.field_result:
        said.field_result.pop()


def plain(p: Element) -> str:
    """The words of a paragraph beside the text; of fields, such as page numbers, nothing."""
    said, depth = [], 0
    for node in p.iter():
        if node.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(value(node, "fldCharType"), 0)
        elif node.tag == f"{W}t" and depth == 0:
            said.append(node.text or "")
    return "".join(said)
