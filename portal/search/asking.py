"""What somebody looks for: words that must all be there, phrases in quotes, and codes that name one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.search import stems

MOST_SIGNS, MOST_WORDS = 200, 12
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]*)[\"“”»]")
_NUMBER = re.compile(r"(?:osservazion[ei]|remark)?\s*(?:n\.?|n°|#)?\s*(\d{1,9})", re.IGNORECASE)
_RECEIPT = re.compile(r"[A-Za-z0-9]{4}-[A-Za-z0-9]{4}")


@dataclass(frozen=True)
class Asked:
    """A question to the index."""

    text: str
    words: tuple[str, ...] = ()  # terms, each of which must stand in the document
    phrases: tuple[tuple[str, ...], ...] = ()  # terms that must follow each other
    typed: tuple[tuple[str, str], ...] = ()  # each term with the word as it was typed

    @property
    def keys(self) -> tuple[str, ...]:
        """What the index is asked for, each once: of a phrase its pairs of neighbours."""
        paired = (pair for phrase in self.phrases for pair in stems.pairs(list(phrase)))
        return tuple(dict.fromkeys([*self.words, *paired]))

    @property
    def marked(self) -> frozenset[str]:
        """The terms that stand out in what is found."""
        return frozenset(self.words).union(*self.phrases)

    @property
    def number(self) -> int | None:
        """The number of the remark that is meant, if it can be one."""
        match = _NUMBER.fullmatch(self.text)
        return int(match.group(1)) if match else None

    @property
    def receipt(self) -> str | None:
        """The code of a receipt, if it looks like one."""
        return self.text.upper() if _RECEIPT.fullmatch(self.text) else None


def asked(text: str | None) -> Asked:
    """Read what somebody typed; whatever it is, it is a question."""
    plain = " ".join((text or "").split())[:MOST_SIGNS]
    phrases: list[tuple[str, ...]] = []
    words: list[str] = []
    typed: dict[str, str] = {}
    for quoted in _QUOTED.finditer(plain):
        found = tuple(stems.terms(quoted.group(1)))
        if len(found) > 1:
            phrases.append(found[:MOST_WORDS])
        words += found[:1] if len(found) == 1 else []
    words += stems.terms(_QUOTED.sub(" ", plain))
    for token in stems.tokens(plain):
        typed.setdefault(token.term, plain[token.start : token.end])
    chosen = tuple(dict.fromkeys(words))[:MOST_WORDS]
    return Asked(plain, chosen, tuple(dict.fromkeys(phrases))[:4], tuple((t, w) for t, w in typed.items() if t))
