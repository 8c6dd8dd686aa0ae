"""The sentences of an Italian administrative text, as one taps them: pure, and nothing of the text is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What ends with a full stop and does not end a sentence: citations, titles, measures, years.
_WORDS = """
a.c abb agg all amm art artt avv c ca cap capp cc ces cfr ch co cod col coll com cost cpv cpc cpp d.l d.lg d.lgs d.m
d.p.c.m d.p.r det dir disp dlgs dm doc dott dott.ssa dpr dr e.g ed es fasc ff fig figg geom i.e ibid id ing ins int l
l.r lett lib loc lr mons n nn nr num o.d.g on op p p.es pag pagg par parr pp prof prof.ssa prot prov q r.d rag reg rif
s s.p sec seg segg sen sez sig sig.ra sigg ss st t tab tabb tel tit tr trad u.s v vd vol voll vs
"""
_SHORT = frozenset(_WORDS.split())
_OPEN = frozenset({"ecc", "etc", "sgg", "ss.gg", "s.p.a", "s.r.l"})  # may end a sentence as well: what follows tells
_END = re.compile(
    r"""(?P<stop>[.!?…]+[»”"’')\]]*)\s+      # a full stop with what closes after it
      | [^\S\n]*\n\s*                        # the end of a line: lists and headings stand on lines of their own
      | ;\s+(?=(?:[a-z]{1,2}|\d{1,3}|[ivx]{1,5})[).]\s|[-–•]\s)   # an item of a list that goes on in the same line
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"(?:^|[\n;:]\s*)(?:\d{1,3}|[a-z]{1,2}|[IVXivx]{1,5})\.$")
_LAST_WORD = re.compile(r"[^\s(«“\"’'/]+$")
_LOWER = re.compile(r"[»”\"“«(\[’']*[a-zà-öø-ÿ,;:]")


@dataclass(frozen=True)
class Sentence:
    """A stretch of text with the white space after it; `start` and `end` frame its words alone, in code points."""

    text: str
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The words without the white space around them."""
        return self.text.strip()


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences in order; joined together they are the text, and each but a blank text's has words."""
    pieces, begin = [], 0
    for found in _END.finditer(text):
        if found.end() < len(text) and text[begin : found.end()].strip() and _ends(text, begin, found):
            pieces.append(_sentence(text, begin, found.end()))
            begin = found.end()
    if begin < len(text):
        pieces.append(_sentence(text, begin, len(text)))
    return tuple(pieces)


def _sentence(text: str, begin: int, end: int) -> Sentence:
    whole = text[begin:end]
    start = begin + len(whole) - len(whole.lstrip())
    return Sentence(whole, start, start + len(whole.strip()))


def _ends(text: str, begin: int, found: re.Match[str]) -> bool:
    stop = found["stop"]
    if stop is None or "\n" in found.group():
        return True
    if _LOWER.match(text, found.end()):  # what goes on in small letters is the same sentence
        return False
    if not stop.startswith(".") or stop.startswith(".."):
        return True
    said = text[begin : found.start()]
    if _NUMBERED.search(said.strip() + "."):
        return False
    word = _LAST_WORD.search(said)
    return word is None or not _is_short(word.group(), text[found.end() : found.end() + 1])


def _is_short(word: str, following: str) -> bool:
    plain = word.lower()
    if plain in _OPEN:
        return following.isdigit()
    return plain in _SHORT or (len(word) == 1 and word.isupper())
