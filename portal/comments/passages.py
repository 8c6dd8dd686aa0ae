"""Which words a remark speaks of: W3C text quote and position, code points of the NFC text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from unicodedata import normalize

from portal.kernel.errors import Invalid
from portal.kernel.words import N_

PASSAGES_LIMIT = 60  # of one remark, counted as they are chosen
CONTEXT = 32  # code points kept before and after a passage, by which it is found again
WHOLE, QUOTE = "whole", "quote"
LEAST_TO_SEEK = 20  # a shorter quotation is not looked for anywhere else in a text that has changed
_FIELD = "passages"


class Quoted(Protocol):
    """Whatever quotes a paragraph."""

    @property
    def paragraph(self) -> str:
        """The key of the paragraph."""

    @property
    def exact(self) -> str:
        """The words."""


@dataclass(frozen=True)
class Passage:
    """Some words of a paragraph as somebody chose them."""

    paragraph: str  # its key in the version
    start: int
    end: int
    exact: str

    @property
    def value(self) -> str:
        """The passage as a control of a form carries it."""
        return f"{self.paragraph}:{self.start}:{self.end}:{self.exact}"


@dataclass(frozen=True)
class Selector:
    """A passage that is known to stand in its paragraph, with what surrounds it."""

    paragraph: str
    unit: str  # whole | quote
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    @property
    def passage(self) -> Passage:
        """The same as it was chosen."""
        return Passage(self.paragraph, self.start, self.end, self.exact)


def read(values: Iterable[str]) -> tuple[Passage, ...]:
    """What the controls of a form say; too many or unreadable ones are refused before the text is looked at."""
    given = [value for value in values if value]
    check_number(len(given))
    return tuple(_read(value) for value in given)


def check_number(chosen: int) -> None:
    """Refuse more passages than one remark holds."""
    if chosen > PASSAGES_LIMIT:
        raise Invalid(
            N_("You chose %(chosen)d passages; one remark holds at most %(limit)d. Divide it into several remarks."),
            code="too_many_passages",
            field=_FIELD,
            chosen=chosen,
            limit=PASSAGES_LIMIT,
        )


def _read(value: str) -> Passage:
    parts = value.split(":", 3)
    numbers = [part for part in parts[1:3] if part.isascii() and part.isdecimal() and len(part) < 10]
    if len(parts) != 4 or len(numbers) != 2 or not 0 < len(parts[0]) <= 20:
        raise Invalid(
            N_("A passage that you chose cannot be read. Choose it again in the text."), code="passage", field=_FIELD
        )
    exact = normalize("NFC", parts[3].replace("\r\n", "\n"))
    return Passage(parts[0], int(numbers[0]), int(numbers[1]), exact)


def settled(passages: Iterable[Passage], texts: Mapping[str, str]) -> tuple[Selector, ...]:
    """The passages as they stand in the texts: in order, those that touch joined, all of a text as the whole of it.

    Paragraphs come in the order of `texts`. What does not stand there is refused, never moved to the nearest place.
    """
    by_paragraph: dict[str, list[tuple[int, int]]] = {}
    for passage in passages:
        check(passage, texts)
        by_paragraph.setdefault(passage.paragraph, []).append((passage.start, passage.end))
    return tuple(
        selector(key, texts[key], start, end)
        for key in texts
        for start, end in _joined(sorted(by_paragraph.get(key, [])), texts[key])
    )


def check(passage: Passage, texts: Mapping[str, str]) -> None:
    """Refuse a passage of no text, beyond its text, or that reads otherwise there."""
    text = texts.get(passage.paragraph)
    if text is None:
        raise Invalid(
            N_("A passage that you chose is not in this version of the plan. Choose it again in the text."),
            code="passage_elsewhere",
            field=_FIELD,
        )
    if passage.end > len(text) or passage.start >= passage.end:
        raise Invalid(
            N_("A passage that you chose lies beyond the text, which has %(length)d characters. Choose it again."),
            code="passage_beyond",
            field=_FIELD,
            length=len(text),
        )
    if text[passage.start : passage.end] != passage.exact:
        raise Invalid(
            N_("A passage that you chose does not read so in the text. Open the page again and choose it there."),
            code="passage_differs",
            field=_FIELD,
        )


def _joined(ranges: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def selector(key: str, text: str, start: int, end: int) -> Selector:
    """A stretch of a paragraph with its context; one that leaves only white space out is the whole paragraph."""
    if not text[:start].strip() and not text[end:].strip():
        return whole(key, text)
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Selector(key, QUOTE, text[start:end], prefix, suffix, start, end)


def whole(key: str, text: str) -> Selector:
    """All of a paragraph."""
    return Selector(key, WHOLE, text, "", "", 0, len(text))


def wording(passages: Iterable[Quoted], paragraph: str | None, text: str | None) -> str | None:
    """The words that a proposal takes the place of: what was chosen of its paragraph, else all of it.

    A remark on an action as a whole proposes instead of whatever passages it names; None where it names none.
    """
    chosen = list(passages)
    own = [passage.exact for passage in chosen if passage.paragraph == paragraph]
    if own:
        return "\n".join(own)
    return text if paragraph else "\n".join(passage.exact for passage in chosen) or None


def begun(typed: str, wanted: str | None, *untouched: str | None) -> str:
    """The proposed text when it starts from the chosen words: what somebody wrote meanwhile stays, they follow it."""
    plain = typed.replace("\r\n", "\n").strip()
    if not wanted or (plain and wanted in plain):
        return typed
    if plain in {"", *((known or "").strip() for known in untouched)}:
        return wanted
    return f"{plain}\n{wanted}"


def refound(old: Selector, text: str) -> tuple[int, int] | None:
    """Where the same words stand in another text; None where they are not, or stand more than once alike.

    The same place wins, then the place with the most of the words around it; a tie is nobody's guess.
    """
    if text[old.start : old.end] == old.exact and _around(old, text, old.start) == (len(old.prefix), len(old.suffix)):
        return old.start, old.end
    places = _places(old.exact, text)
    if len(old.exact) < LEAST_TO_SEEK and len(places) > 1:
        return None
    ranked = sorted(places, key=lambda at: -sum(_around(old, text, at)))
    scores = [sum(_around(old, text, at)) for at in ranked[:2]]
    if not ranked or (len(scores) > 1 and scores[0] == scores[1]):
        return None
    return ranked[0], ranked[0] + len(old.exact)


def _places(exact: str, text: str) -> list[int]:
    found, at = [], text.find(exact)
    while at >= 0 and exact:
        found.append(at)
        at = text.find(exact, at + 1)
    return found


def _around(old: Selector, text: str, at: int) -> tuple[int, int]:
    """How much of the words before and after stands there too."""
    before, after = text[:at], text[at + len(old.exact) :]
    left = next((n for n in range(len(old.prefix), 0, -1) if before.endswith(old.prefix[-n:])), 0)
    right = next((n for n in range(len(old.suffix), 0, -1) if after.startswith(old.suffix[:n])), 0)
    return left, right
