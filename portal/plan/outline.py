"""From the blocks of a document to a value of the plan format: headings become sections and actions, texts paragraphs.

What an export of the portal says of itself wins over what is guessed; choices of the drafting team win over guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from portal.kernel.words import N_, Words
from portal.plan.blocks import KINDS, SECTIONS, Block, Document, Meaning, Note, Role, Unit, Why, as_text, joined
from portal.plan.headings import action_level, meaning, split

Node = dict[str, Any]
TEXTS = ("paragraphs", "text", "objectives", "body_objectives", "expected_results")
OWN = frozenset(
    {*TEXTS, "code", "title", "kind", "key", "axes", "sections", "actions"}
)  # what a document writes as text


class Lists(StrEnum):
    """What becomes of the items of a list."""

    TOGETHER = "together"
    EACH = "each"


class Tables(StrEnum):
    """What becomes of a table."""

    TEXT = "text"
    LEAVE = "leave"


@dataclass(frozen=True)
class Choices:
    """How the drafting team wants a document read."""

    plan: str = ""  # of which plan it is the next version; empty for what the document says
    title: str = ""
    body: str = ""
    action_level: int = 0  # 0: found out
    lists: Lists = Lists.TOGETHER
    tables: Tables = Tables.TEXT
    facts: bool = True  # take over from the version before what a text cannot say


@dataclass
class Known:
    """The codes that the version before gave to its titles."""

    sections: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)

    def code(self, kind: str, title: str) -> str:
        """The code of a title, if it had one."""
        found = self.actions if kind == "action" else self.sections
        return found.get(plain(title), "")

    @property
    def taken(self) -> set[str]:
        """Every code in use."""
        return {*self.sections.values(), *self.actions.values()}


@dataclass
class Outline:
    """The value that a document means, where each part stood, and what could not be used."""

    value: Node
    places: dict[str, int]
    bare: list[Node]  # actions of which the document gives the text alone
    faults: list[Words]
    action_level: int  # 0: the document says itself what is an action
    levels: tuple[int, ...]


def plain(title: str) -> str:
    """A title as far as it is compared with another."""
    return " ".join(title.casefold().split())


def place(unit: Unit, at: int) -> Words:
    """Where something stands in its document."""
    if not at:
        return Words(N_("Beside the text"))
    return Words(N_("Line %(at)d") if unit is Unit.LINE else N_("Paragraph %(at)d"), {"at": at})


def outline(document: Document, choices: Choices, known: Known) -> Outline:
    """Read a document as a plan; what has no place is added to what the document leaves."""
    return _Builder(document, choices, known).build()


class _Builder:
    def __init__(self, document: Document, choices: Choices, known: Known) -> None:
        self.document, self.choices, self.known = document, choices, known
        self.value: Node = {"axes": []}
        self.stack: list[tuple[int, Node]] = []
        self.action: Node | None = None
        self.action_level = 0
        self.heading = ""
        self.unused: Block | None = None  # a heading under which no text has come yet
        self.kind: Meaning | None = None
        self.comma: list[Block] = []
        self.at: dict[int, int] = {}
        self.bare: list[Node] = []
        self.faults: list[Words] = []
        self.taken = set(known.taken)
        headings = [b for b in document.blocks if b.role is Role.HEADING]
        self.marked = {b.level for b in headings if b.meaning is Meaning.ACTION}
        self.level = choices.action_level or action_level(headings)
        self.levels = tuple(sorted({b.level for b in headings}))

    def build(self) -> Outline:
        for block in self._blocks():
            match block.role:
                case Role.TITLE | Role.SUBTITLE:
                    self._say("title" if block.role is Role.TITLE else "body", block)
                case Role.HEADING:
                    self._head(block)
                case Role.TABLE:
                    self._table(block)
                case _:
                    self._text(block)
        self._flush()
        self._unused()
        self._front()
        places = dict(_places(self.value, "", self.at))
        level = 0 if self.marked else self.level
        return Outline(self.value, places, self.bare, self.faults, level, self.levels)

    def _blocks(self) -> list[Block]:
        """A single heading at the top, with sections below it, is the title of the plan."""
        blocks = list(self.document.blocks)
        headings = [i for i, b in enumerate(blocks) if b.role is Role.HEADING]
        named = "title" in self.document.front or any(b.role is Role.TITLE for b in blocks)
        if named or len(headings) < 2 or self.marked:
            return blocks
        first, below = blocks[headings[0]], min(blocks[i].level for i in headings[1:])
        if first.level < below < self.level and not split(first.text)[0]:
            blocks[headings[0]] = replace(first, role=Role.TITLE)
        return blocks

    def _say(self, name: str, block: Block) -> None:
        self.value[name] = f"{self.value[name]} {block.text}" if name in self.value else block.text
        self.at[id(self.value)] = block.at

    def _front(self) -> None:
        for name, value in self.document.front.items():
            self.value.setdefault(name, value)
        for name, chosen in (
            ("plan_id", self.choices.plan),
            ("title", self.choices.title),
            ("body", self.choices.body),
        ):
            if chosen:
                self.value[name] = chosen

    def _head(self, block: Block) -> None:
        self._flush()
        self._unused()
        found = block.meaning or self._meaning(block)
        if found in SECTIONS:
            self._section(block, found if block.meaning else None)
        elif found is Meaning.ACTION:
            self._action(block)
        elif found in KINDS and (self.action is not None or (self.stack and found is Meaning.OBJECTIVES)):
            self.kind, self.heading = found, ""
        else:
            self.kind, self.heading = None, block.text
            self.unused = block if block.text else None

    def _meaning(self, block: Block) -> Meaning:
        said = meaning(block.text) if self.stack else None
        if said:
            return said
        if self.marked and self.stack:
            home = self.action_level if self.action is not None else self.stack[-1][0] + 1
            return _beside(block.level, home)
        return _beside(block.level, self.level)

    def _section(self, block: Block, kind: Meaning | None) -> None:
        while self.stack and self.stack[-1][0] >= block.level:
            self.stack.pop()
        parent = self.stack[-1][1].setdefault("sections", []) if self.stack else self.value["axes"]
        prefix = f"{self.stack[-1][1]['code']}." if self.stack else ""
        node = self._node(block, "section", prefix, len(parent) + 1)
        if kind:
            node["kind"] = kind.value
        parent.append(node)
        self.stack.append((block.level, node))
        self.action = None

    def _action(self, block: Block) -> None:
        while self.stack and self.stack[-1][0] >= block.level:
            self.stack.pop()
        if not self.stack:
            said = N_("%(where)s: the action “%(title)s” stands under no section. Choose another level for actions.")
            where = place(self.document.unit, block.at)
            self.faults.append(Words(said, {"where": where, "title": block.text}))
            return
        section = self.stack[-1][1]
        actions = section.setdefault("actions", [])
        self.action = self._node(block, "action", f"{section['code']}.", len(actions) + 1)
        actions.append(self.action)
        self.action_level = block.level
        if block.facts is None:
            self.bare.append(self.action)

    def _node(self, block: Block, kind: str, prefix: str, number: int) -> Node:
        code, title = (block.code, block.text) if block.code is not None else split(block.text)
        code = code or self.known.code(kind, title) or self._made(prefix, number)
        self.taken.add(code)
        node: Node = {"code": code, "title": title, **({"key": block.key} if block.key else {})}
        node |= {name: value for name, value in (block.facts or {}).items() if name not in OWN}
        self.at[id(node)] = block.at
        self.kind, self.heading = None, ""
        return node

    def _made(self, prefix: str, number: int) -> str:
        self.document.note(Note.NUMBERED)
        while f"{prefix}{number}" in self.taken:
            number += 1
        return f"{prefix}{number}"

    def _table(self, block: Block) -> None:
        text = as_text(block.rows)
        if self.choices.tables is Tables.LEAVE or not self.stack:
            self._flush()
            self.document.leave(Why.TABLE, block.at, text)
        elif text:
            self.document.note(Note.TABLES)
            self._text(replace(block, role=Role.TEXT, text=text))

    def _text(self, block: Block) -> None:
        goes_on = self.comma and (self.comma[0].key or (self.kind is None and self.choices.lists is Lists.TOGETHER))
        if block.role is Role.ITEM and not block.key and goes_on:
            self.comma.append(block)
            return
        self._flush()
        alone = block.role is Role.ITEM and not block.key and (self.kind or self.choices.lists is Lists.EACH)
        self.comma = [replace(block, role=Role.TEXT)] if alone and block.mark == "- " else [block]

    def _flush(self) -> None:
        if not self.comma:
            return
        blocks, self.comma = self.comma, []
        first, text = blocks[0], joined(blocks)
        if not self.stack:
            self.document.leave(Why.BEFORE, first.at, text)
            return
        node: Node = {"text": text, **({"key": first.key} if first.key else {})}
        self.at[id(node)] = first.at
        if self.action is None:
            self.stack[-1][1].setdefault("objectives" if self.kind else "text", []).append(node)
        elif self.kind:
            name = "body_objectives" if self.kind is Meaning.OBJECTIVES else "expected_results"
            self.action.setdefault(name, []).append(node)
        else:
            self.action.setdefault("paragraphs", []).append({**node, "heading": self.heading})
            self.at[id(self.action["paragraphs"][-1])] = first.at
            self.unused = None

    def _unused(self) -> None:
        """A heading that nothing came under, or that stands where texts have none, is listed."""
        if self.unused is not None:
            self.document.leave(Why.HEADING, self.unused.at, self.unused.text)
            self.unused = None


def _beside(level: int, actions: int) -> Meaning:
    """What a heading is that stands at a level, where actions stand at another."""
    if level == actions:
        return Meaning.ACTION
    return Meaning.AXIS if level < actions else Meaning.HEADING


def _places(node: Any, where: str, at: dict[int, int]) -> Iterator[tuple[str, int]]:
    if id(node) in at:
        yield where, at[id(node)]
    if isinstance(node, dict):
        for name, value in node.items():
            if name in OWN:
                yield from _places(value, f"{where}.{name}" if where else name, at)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _places(value, f"{where}[{i}]", at)
