"""What the styles and the numbering of a document say of a paragraph: heading of which level, item of which list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from portal.plan.blocks import Meaning

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = {
    "PlanDirection": Meaning.DIRECTION,
    "PlanAxis": Meaning.AXIS,
    "PlanSubAxis": Meaning.SUB_AXIS,
    "PlanAction": Meaning.ACTION,
    "PlanHeading": Meaning.HEADING,
    "PlanObjectives": Meaning.OBJECTIVES,
    "PlanResults": Meaning.RESULTS,
}
_HEADING = re.compile(r"(?:heading|titolo|intestazione|überschrift|titre)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|sommario|indice)\s*\d", re.IGNORECASE)
_PART = re.compile(r"%(\d)")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMANS = (*_ROMAN, (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it inherits."""

    heading: int = 0  # from 1; 0 for none
    title: str = ""  # title | subtitle
    contents: bool = False
    meaning: Meaning | None = None
    list_id: str = ""
    level: int = 0


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    kind: str = "bullet"
    text: str = ""
    start: int = 1


def value(node: Element | None, name: str = "val") -> str:
    """An attribute of the language of word processors, or nothing."""
    return (node.get(f"{W}{name}") or "") if node is not None else ""


def whole(text: str, otherwise: int = 0) -> int:
    """A small whole number of an attribute."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else otherwise


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self.raw = {value(s, "styleId"): s for s in (root if root is not None else ()) if s.tag == f"{W}style"}
        self.found: dict[str, Style] = {}

    def of(self, name: str) -> Style:
        """What a style means; an unknown one means nothing."""
        if name not in self.found:
            self.found[name] = self._read(name)
        return self.found[name]

    def _read(self, name: str) -> Style:
        chain: list[str] = []
        while name in self.raw and name not in chain and len(chain) < 20:
            chain.append(name)
            name = value(self.raw[name].find(f"{W}basedOn"))
        chain = chain or [name]
        names = [value(self.raw[n].find(f"{W}name")) if n in self.raw else n for n in chain]
        words = [word.casefold() for pair in zip(chain, names, strict=True) for word in pair]
        number = self._first(chain, "numPr")
        return Style(
            heading=self._heading(chain, names),
            title=next((w for w in words if w in {"title", "subtitle"}), ""),
            contents=any(_CONTENTS.fullmatch(w) for w in words),
            meaning=next((OURS[n] for n in chain if n in OURS), None),
            list_id=value(number.find(f"{W}numId")) if number is not None else "",
            level=whole(value(number.find(f"{W}ilvl"))) if number is not None else 0,
        )

    def _first(self, chain: list[str], name: str) -> Element | None:
        for style in chain:
            found = self.raw[style].find(f"{W}pPr/{W}{name}") if style in self.raw else None
            if found is not None:
                return found
        return None

    def _heading(self, chain: list[str], names: list[str]) -> int:
        for name, shown in zip(chain, names, strict=True):
            found = _HEADING.fullmatch(shown) or _HEADING.fullmatch(name)
            if found:
                return int(found[1])
        level = self._first(chain, "outlineLvl")
        return whole(value(level), 8) + 1 if level is not None and whole(value(level), 9) < 9 else 0


class Numbering:
    """The lists of a document; it counts while paragraphs are read in order."""

    def __init__(self, root: Element | None) -> None:
        root = root if root is not None else Element("none")
        abstract = {value(a, "abstractNumId"): _levels(a) for a in root.findall(f"{W}abstractNum")}
        self.lists: dict[str, dict[int, Level]] = {}
        self.shared: dict[str, str] = {}
        for one in root.findall(f"{W}num"):
            name, base = value(one, "numId"), value(one.find(f"{W}abstractNumId"))
            changed = {whole(value(o, "ilvl")): o for o in one.findall(f"{W}lvlOverride")}
            self.lists[name] = dict(abstract.get(base, {}))
            self.shared[name] = name if changed else base
            for level, override in changed.items():
                old, start = self.lists[name].get(level, Level()), override.find(f"{W}startOverride")
                self.lists[name][level] = Level(old.kind, old.text, whole(value(start), old.start))
        self.counts: dict[str, dict[int, int]] = {}

    def mark(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a list: a dash for a bullet, else its number as it is shown."""
        levels = self.lists.get(list_id, {})
        own = levels.get(level, Level())
        counts = self.counts.setdefault(self.shared.get(list_id, list_id), {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [deep for deep in counts if deep > level]:
            del counts[deeper]
        if own.kind in {"bullet", "none"} or not _PART.search(own.text):
            return "-" if own.kind == "bullet" else ""

        def part(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, Level("decimal"))
            return _shown(counts.get(at, one.start), one.kind)

        return _PART.sub(part, own.text)


def _levels(abstract: Element) -> dict[int, Level]:
    return {
        whole(value(one, "ilvl")): Level(
            value(one.find(f"{W}numFmt")) or "decimal",
            value(one.find(f"{W}lvlText")),
            whole(value(one.find(f"{W}start")), 1),
        )
        for one in abstract.findall(f"{W}lvl")
    }


def _shown(number: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for worth, sign in _ROMANS:
            roman += sign * (number // worth)
            number %= worth
        return roman.lower() if kind == "lowerRoman" else roman
    return str(number)
