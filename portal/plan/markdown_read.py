"""Markdown as documents are written by hand, and as the portal exports it: headings with {#key .kind code="A"}.

A line that ends in a backslash goes on in the same paragraph on a line of its own; `{: #key}` after a paragraph is its
key; a fenced block of the kind `parere` holds the facts of the heading above it.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

from portal.kernel.words import N_, Words
from portal.plan.blocks import Block, Document, Meaning, Note, Role, Unit, Why
from portal.plan.markdown_inline import shown
from portal.plan.reader import Broken

FENCE = "parere"
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$")
_KEY = re.compile(r"[ \t]*\{:\s*([^{}]*)\}[ \t]*$")
_ATTRIBUTES = re.compile(r"(?:^|[ \t])\{([^{}]*)\}[ \t]*$")
_ATTRIBUTE = re.compile(r"#(?P<key>[A-Za-z0-9_-]+)|\.(?P<kind>[A-Za-z0-9_-]+)|(?P<name>[a-z]+)=\"(?P<value>[^\"]*)\"")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?<!\\)\|")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]]+)\]:[ \t]*(.*)$")
_FRONT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)[ \t]*:[ \t]*(.*)$")
_COMMENT = "<!--"


def read(text: str) -> Document:
    """The blocks of a Markdown text, and what has no place in a plan."""
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).read()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines, self.i = lines, 0
        self.document = Document(Unit.LINE)
        self.open: tuple[Role, int, int, str, list[str]] | None = None  # role, line, level, mark, lines
        self.first: int | None = None  # the block with which the present paragraph began

    def read(self) -> Document:
        self._front()
        while self.i < len(self.lines):
            self._line(self.lines[self.i])
            self.i += 1
        self._close()
        return self.document

    @property
    def at(self) -> int:
        return self.i + 1

    def _front(self) -> None:
        if not self.lines or self.lines[0].rstrip() != "---":
            return
        ends = [i for i, line in enumerate(self.lines[1:], 1) if line.rstrip() in {"---", "..."}]
        if not ends:
            return
        for i in range(1, ends[0]):
            line = self.lines[i]
            found = _FRONT.match(line)
            if found and found[1] not in {"axes", "sections"}:
                self.document.front[found[1]] = _front_value(found[2].strip())
            elif line.strip():
                self.document.leave(Why.HEAD, i + 1, line)
        self.i = ends[0] + 1

    def _line(self, line: str) -> None:
        if not line.strip(" \t"):
            self._close()
        elif not self._goes_on_hard() and self._block(line):
            return
        else:
            self._words(line)

    def _goes_on_hard(self) -> bool:
        return self.open is not None and _is_hard(self.open[4][-1])

    def _block(self, line: str) -> bool:
        """True if the line begins or is something other than words."""
        for attempt in (self._fence, self._heading, self._key, self._comment, self._footnote, self._table, self._item):
            if attempt(line):
                return True
        if _RULE.match(line) and not (self.open and _UNDERLINE.match(line)):
            self._close()
            return True
        return False

    def _fence(self, line: str) -> bool:
        found = _FENCE.match(line)
        if not found:
            return False
        self._close()
        began, inner = self.at, []
        while self.i + 1 < len(self.lines):
            self.i += 1
            if self.lines[self.i].strip().startswith(found[1]):
                break
            inner.append(self.lines[self.i])
        if found[2].strip() == FENCE:
            self._facts("\n".join(inner), began)
        elif "".join(inner).strip():
            self.document.note(Note.CODE)
            self._add(Block(Role.TEXT, "\n".join(inner).strip("\n"), began))
        return True

    def _facts(self, text: str, began: int) -> None:
        try:
            facts = json.loads(text)
        except (ValueError, RecursionError) as error:
            said = N_("The facts that begin at line %(line)d are not complete JSON.")
            raise Broken(Words(said, {"line": began})) from error
        blocks = self.document.blocks
        owner = next((i for i in reversed(range(len(blocks))) if blocks[i].role is Role.HEADING), None)
        if owner is None or not isinstance(facts, dict) or blocks[owner].facts is not None:
            self.document.leave(Why.FACTS, began, facts)
        else:
            blocks[owner] = replace(blocks[owner], facts=facts)

    def _heading(self, line: str) -> bool:
        found = _HEADING.match(line)
        if found:
            self._close()
            self._add_heading(found[2] or "", len(found[1]), self.at)
            return True
        under = _UNDERLINE.match(line)
        if under and self.open and self.open[0] is Role.TEXT:
            _, at, _, _, lines = self.open
            self.open = None
            self._add_heading(" ".join(part.strip() for part in lines), 1 if "=" in under[1] else 2, at)
            return True
        return False

    def _add_heading(self, text: str, level: int, at: int) -> None:
        given = _ATTRIBUTES.search(text)
        key, code, meaning = "", None, None
        if given:
            text = text[: given.start()]
            for part in _ATTRIBUTE.finditer(given[1]):
                key = part["key"] or key
                if part["kind"] and part["kind"] in set(Meaning):
                    meaning = Meaning(part["kind"])
                if part["name"] == "code":
                    code = html.unescape(part["value"])
                if part["name"] == "level" and part["value"].isdecimal():
                    level = min(int(part["value"]), 99)
        words = self._shown(text.strip(" \t"), at)
        if code is not None and words.startswith(code + " "):
            words = words[len(code) + 1 :]
        elif code is not None and code:
            code = None if words != code else code
        self._add(Block(Role.HEADING, words, at, level, key=key, code=code, meaning=meaning))
        self.first = None

    def _key(self, line: str) -> bool:
        found = _KEY.match(line)
        if not found:
            return False
        self._close()
        key = next((part["key"] for part in _ATTRIBUTE.finditer(found[1]) if part["key"]), "")
        if self.first is not None and key:
            self.document.blocks[self.first] = replace(self.document.blocks[self.first], key=key)
        self.first = None
        return True

    def _comment(self, line: str) -> bool:
        if not line.lstrip().startswith(_COMMENT):
            return False
        self._close()
        began, inner = self.at, [line.lstrip()[len(_COMMENT) :]]
        while "-->" not in inner[-1] and self.i + 1 < len(self.lines):
            self.i += 1
            inner.append(self.lines[self.i])
        words, _, rest = "\n".join(inner).partition("-->")
        self.document.leave(Why.COMMENT, began, words.strip())
        if rest.strip():
            self._words(rest)
        return True

    def _footnote(self, line: str) -> bool:
        found = _FOOTNOTE.match(line)
        if found:
            self._close()
            self.document.leave(Why.FOOTNOTE, self.at, found[2].strip())
        return found is not None

    def _table(self, line: str) -> bool:
        following = self.lines[self.i + 1] if self.i + 1 < len(self.lines) else ""
        if not _CELL.search(line) or "|" not in following or not _TABLE_RULE.match(following):
            return False
        self._close()
        began, rows = self.at, [line]
        self.i += 1
        while self.i + 1 < len(self.lines) and _CELL.search(self.lines[self.i + 1]):
            self.i += 1
            rows.append(self.lines[self.i])
        cells = tuple(tuple(self._shown(c.strip(), began) for c in _cells(row)) for row in rows)
        self._add(Block(Role.TABLE, "", began, rows=cells))
        return True

    def _item(self, line: str) -> bool:
        found = _ITEM.match(line)
        if not found or (self.open and self.open[0] is Role.TEXT and found[2][0].isdigit() and found[2][:-1] != "1"):
            return False
        deep = len(found[1].expandtabs(4)) // 2
        if deep > 1 and self.open is None and self.first is None:
            return False
        self._close()
        mark = f"{found[2]} " if found[2][0].isdigit() else "- "
        self.open = (Role.ITEM, self.at, min(deep, 5), mark, [found[3]])
        return True

    def _words(self, line: str) -> None:
        quoted = _QUOTE.match(line)
        if quoted and not self._goes_on_hard():
            if not self.open:
                self.document.note(Note.QUOTES)
            line = quoted[1]
            if not line.strip():
                self._close()
                return
        if self.open:
            self.open[4].append(line)
        else:
            self.open = (Role.TEXT, self.at, 0, "", [line])

    def _close(self) -> None:
        if self.open is None:
            return
        role, at, level, mark, lines = self.open
        self.open = None
        text = self._shown(_joined(lines), at)
        if text.strip():
            self._add(Block(role, text, at, level, mark))

    def _add(self, block: Block) -> None:
        self.document.blocks.append(block)
        if block.role is not Role.ITEM or self.first is None:
            self.first = len(self.document.blocks) - 1

    def _shown(self, text: str, at: int) -> str:
        words, images, formatted = shown(text)
        for image in images:
            self.document.leave(Why.IMAGE, at, image)
        if formatted:
            self.document.note(Note.FORMATTING, formatted)
        return words


def _is_hard(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _joined(lines: list[str]) -> str:
    """Lines flow together, but for those that end in a backslash or two spaces."""
    found, glue = "", ""
    for line in lines:
        if _is_hard(line):
            found, glue = found + glue + line[:-1].strip(" \t"), "\n"
        else:
            found += glue + line.strip(" \t")
            glue = "\n" if line.endswith("  ") and line.strip() else " "
    return found


def _cells(row: str) -> list[str]:
    return _CELL.split(row.strip().removeprefix("|").removesuffix("|"))


def _front_value(text: str) -> Any:
    if text[:1] in '"[{' or text in {"true", "false", "null"} or re.fullmatch(r"-?\d{1,15}", text):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text.strip("'")
