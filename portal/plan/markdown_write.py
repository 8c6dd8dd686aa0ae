"""A plan as Markdown that people can edit and the portal can read back: same texts, same keys, same facts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from portal.plan.blocks import Meaning, pieces
from portal.plan.headings import meaning
from portal.plan.markdown_inline import written
from portal.plan.markdown_read import FENCE
from portal.plan.outline import OWN

DEEPEST = 6
_CLOSING = re.compile(r"(?<=[ \t])#(?=#*$)")
WORDS = {
    "it": {Meaning.OBJECTIVES: "Obiettivi", Meaning.RESULTS: "Risultati attesi"},
    "en": {Meaning.OBJECTIVES: "Objectives", Meaning.RESULTS: "Expected results"},
}
Node = dict[str, Any]


def write(value: Node) -> str:
    """The whole plan of a value of the plan format."""
    words = WORDS.get(value.get("language") or "it", WORDS["it"])
    return "\n".join([*_front(value), *(line for s in value["axes"] for line in _section(s, 1, words))]) + "\n"


def _front(value: Node) -> Iterator[str]:
    yield "---"
    for name, what in value.items():
        if name not in OWN - {"title"}:
            yield f"{name}: {json.dumps(what, ensure_ascii=False)}"
    yield "---"


def _section(section: Node, level: int, words: dict[Meaning, str]) -> Iterator[str]:
    yield from _head(section, Meaning(section["kind"]), level)
    yield from _texts(section.get("text", []))
    yield from _kind(section.get("objectives", []), Meaning.OBJECTIVES, level + 1, words)
    for action in section.get("actions", []):
        yield from _action(action, level + 1, words)
    for inner in section.get("sections", []):
        yield from _section(inner, level + 1, words)


def _action(action: Node, level: int, words: dict[Meaning, str]) -> Iterator[str]:
    yield from _head(action, Meaning.ACTION, level)
    heading = ""
    for paragraph in action.get("paragraphs", []):
        if paragraph.get("heading", "") != heading:
            heading = paragraph.get("heading", "")
            said = ".heading" if not heading or meaning(heading) else ""
            yield from ("", _heading(heading, level + 1, said))
        yield from _text(paragraph)
    yield from _kind(action.get("body_objectives", []), Meaning.OBJECTIVES, level + 1, words)
    yield from _kind(action.get("expected_results", []), Meaning.RESULTS, level + 1, words)


def _head(node: Node, kind: Meaning, level: int) -> Iterator[str]:
    code = "".join(f"&#{ord(char)};" if char in "{}\n\t" else char for char in html.escape(node["code"]))
    said = f'#{node["key"]} .{kind.value} code="{code}"'
    yield from ("", _heading(f"{node['code']} {node['title']}", level, said))
    facts = {name: what for name, what in node.items() if name not in OWN}
    if facts or kind is Meaning.ACTION:
        yield from ("", f"```{FENCE}", json.dumps(facts, ensure_ascii=False, indent=1), "```")


def _heading(text: str, level: int, said: str) -> str:
    if level > DEEPEST:
        said = f'{said} level="{level}"'.strip()
    line = _CLOSING.sub(r"\\#", written(text)).replace("\n", "&#10;")
    return " ".join(part for part in ("#" * min(level, DEEPEST), line, f"{{{said}}}" if said else "") if part)


def _kind(texts: list[Any], kind: Meaning, level: int, words: dict[Meaning, str]) -> Iterator[str]:
    if texts:
        yield from ("", _heading(words[kind], level, f".{kind.value}"))
        yield from _texts(texts)


def _texts(texts: list[Any]) -> Iterator[str]:
    for text in texts:
        yield from _text(text)


def _text(paragraph: Node) -> Iterator[str]:
    yield ""
    for is_item, text in pieces(paragraph["text"]):
        lines = [written(line) for line in text.split("\n")]
        yield ("- " if is_item else "") + "\\\n".join(lines)
    yield f"{{: #{paragraph['key']}}}"
