"""A plan as a Word document: styles say what each paragraph is, hidden bookmarks bear the keys, facts travel beside."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.plan.blocks import Meaning, pieces
from portal.plan.markdown_write import WORDS
from portal.plan.outline import OWN
from portal.plan.word import parts
from portal.plan.word.runs import CODE, MARK
from portal.plan.word.styles import OURS

DEEPEST = 9
STYLE = {meaning: style for style, meaning in OURS.items()}
Node = dict[str, Any]


def write(value: Node) -> bytes:
    """The document of a value of the plan format; the same value makes the same bytes."""
    writer = _Writer(value)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*parts.fixed(value), ("word/document.xml", writer.document()), writer.facts()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode())
    return made.getvalue()


class _Writer:
    def __init__(self, value: Node) -> None:
        self.value = value
        self.words = WORDS.get(value.get("language") or "it", WORDS["it"])
        self.owners: dict[str, Node] = {}
        self.marks = 0

    def document(self) -> str:
        """The main part."""
        title = self._p("Title", self.value["title"])
        body = [title, self._p("Subtitle", self.value["body"])]
        for section in self.value["axes"]:
            body.extend(self._section(section, 1))
        return parts.document("".join(body))

    def facts(self) -> tuple[str, str]:
        """The part with what no text says; it is written last, when all its owners are known."""
        plan = {name: what for name, what in self.value.items() if name not in OWN | {"title", "body"}}
        told = json.dumps({"plan": plan, "owners": self.owners}, ensure_ascii=False)
        return "customXml/item1.xml", f'{parts.XML}<facts xmlns="urn:parere:plan:1">{escape(told)}</facts>'

    def _section(self, section: Node, level: int) -> Iterator[str]:
        yield self._head(section, Meaning(section["kind"]), level)
        yield from self._texts(section.get("text", []))
        yield from self._kind(section.get("objectives", []), Meaning.OBJECTIVES, level + 1)
        for action in section.get("actions", []):
            yield from self._action(action, level + 1)
        for inner in section.get("sections", []):
            yield from self._section(inner, level + 1)

    def _action(self, action: Node, level: int) -> Iterator[str]:
        yield self._head(action, Meaning.ACTION, level)
        heading = ""
        for paragraph in action.get("paragraphs", []):
            if paragraph.get("heading", "") != heading:
                heading = paragraph.get("heading", "")
                yield self._p(STYLE[Meaning.HEADING], heading, level=level + 1)
            yield from self._text(paragraph)
        yield from self._kind(action.get("body_objectives", []), Meaning.OBJECTIVES, level + 1)
        yield from self._kind(action.get("expected_results", []), Meaning.RESULTS, level + 1)

    def _kind(self, texts: list[Node], kind: Meaning, level: int) -> Iterator[str]:
        if texts:
            yield self._p(STYLE[kind], self.words[kind], level=level)
            yield from self._texts(texts)

    def _head(self, node: Node, kind: Meaning, level: int) -> str:
        self.owners[node["key"]] = {name: what for name, what in node.items() if name not in OWN}
        code = f'<w:r><w:rPr><w:rStyle w:val="{CODE}"/></w:rPr>{_runs(node["code"])}</w:r>'
        return self._p(STYLE[kind], f" {node['title']}", node["key"], level=level, before=code)

    def _texts(self, texts: list[Node]) -> Iterator[str]:
        for text in texts:
            yield from self._text(text)

    def _text(self, paragraph: Node) -> Iterator[str]:
        key = paragraph["key"]
        for is_item, text in pieces(paragraph["text"]):
            yield self._p("ListBullet" if is_item else "", text, key)
            key = ""

    def _p(self, style: str, text: str, key: str = "", *, level: int = 0, before: str = "") -> str:
        if level > DEEPEST:
            raise Invalid(N_("A Word document has nine levels of headings; this plan has more. Export it as JSON."))
        looks = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
        looks += f'<w:outlineLvl w:val="{level - 1}"/>' if level else ""
        start = end = ""
        if key:
            self.marks += 1
            name = MARK + key.replace("-", "_")
            start = f'<w:bookmarkStart w:id="{self.marks}" w:name={quoteattr(name)}/>'
            end = f'<w:bookmarkEnd w:id="{self.marks}"/>'
        return f"<w:p><w:pPr>{looks}</w:pPr>{start}{before}<w:r>{_runs(text)}</w:r>{end}</w:p>"


def _runs(text: str) -> str:
    """Words with their line breaks and tabs."""
    lines = []
    for line in text.split("\n"):
        words = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
        lines.append("<w:tab/>".join(words))
    return "<w:br/>".join(lines)
