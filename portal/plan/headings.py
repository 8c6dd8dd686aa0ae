"""How a heading names its code, and what it stands for: “A.1.3 Titolo”, “Asse II – Titolo”, “Azione 4: Titolo”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from portal.plan.blocks import Block, Meaning

_NAMES = (
    "linea d'azione|linea di azione|linea d’azione|azione|asse|direttrice|ambito|obiettivo strategico|misura|"
    "intervento|scheda|parte|capitolo|action|axis|direction|section"
)
_LABEL = re.compile(rf"(?P<name>{_NAMES})\s+(?=\S)", re.IGNORECASE)
_NUMBERED = r"[A-Za-z]{0,6}[-.]?\d{1,4}[a-z]?(?:[.-]\d{1,4}[a-z]?)*"
_CODE = re.compile(rf"(?P<code>{_NUMBERED})(?:[.):]|\s*[–—:-](?=\s))?\s+(?=\S)")
_LETTER = re.compile(r"(?P<code>[A-Z]|[IVXLC]{1,6})(?:[.):]|\s*[–—:-])\s+(?=\S)")
_NAMED = re.compile(rf"(?P<code>{_NUMBERED}|[A-Z]|[IVXLC]{{1,6}})(?:[.):]|\s*[–—:-](?=\s))?\s+(?=\S)")
_YEAR = re.compile(r"(19|20)\d\d")
_ACTION = ("azione", "action", "linea d", "misura", "intervento", "scheda")
_MEANING = {
    "obiettivi": Meaning.OBJECTIVES,
    "obiettivi specifici": Meaning.OBJECTIVES,
    "obiettivi per gli enti": Meaning.OBJECTIVES,
    "objectives": Meaning.OBJECTIVES,
    "risultati attesi": Meaning.RESULTS,
    "expected results": Meaning.RESULTS,
}
HALF = Fraction(1, 2)


def split(heading: str) -> tuple[str, str]:
    """The code and the title of a heading; the code is empty where none can be told from the words."""
    text = heading.strip()
    label = _LABEL.match(text)
    if label:
        found = _NAMED.match(text, label.end())
        return (found["code"], text[found.end() :]) if found else ("", text)
    found = _CODE.match(text) or _LETTER.match(text)
    if found is None or _YEAR.fullmatch(found["code"]):
        return "", text
    return found["code"], text[found.end() :]


def meaning(heading: str) -> Meaning | None:
    """What a heading of a text that nobody marked says by its words: objectives, expected results, or nothing."""
    return _MEANING.get(" ".join(heading.casefold().strip(" :.").split()))


def says_action(heading: str) -> bool:
    """True if the heading calls itself an action."""
    label = _LABEL.match(heading.strip())
    return label is not None and label["name"].casefold().startswith(_ACTION)


def action_level(headings: Sequence[Block]) -> int:
    """At which level actions stand: where they call themselves so, else the deepest level that bears codes or titles.

    Words that come back under every action (“Contesto”, “Intervento”) are headings of paragraphs, not actions.
    """
    plain = [b for b in headings if not b.meaning and not meaning(b.text)]
    levels = sorted({b.level for b in plain})
    named = [b.level for b in plain if says_action(b.text)]
    if named:
        return Counter(named).most_common(1)[0][0]
    for level in reversed(levels):
        own = [b for b in plain if b.level == level]
        if Fraction(sum(bool(split(b.text)[0]) for b in own), len(own)) >= HALF and level > levels[0]:
            return level
    for level in reversed(levels[1:]):
        words = [b.text.casefold().strip() for b in plain if b.level == level]
        if len(words) == 1 or Fraction(len(set(words)), len(words)) > HALF:
            return level
    return levels[-1] + 1 if levels else 1
