"""Words as the index knows them: without accents, without the words that say nothing, cut to their stem once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import snowballstemmer

# A code such as A.1.3 or 4.3, a number such as 1.222.744, or a word.
_WORD = re.compile(r"(?:[A-Z]{1,2}|\d{1,3})(?:\.\d{1,3})+(?!\w)|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_stemmer = snowballstemmer.stemmer("italian")
_turn = Lock()  # the stemmer keeps the word it works on in itself

# Articles, prepositions, pronouns, auxiliaries; elided ones stand without their vowel.
_NOTHING = """
il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle dell al allo alla ai agli
alle all dal dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell sul sullo sulla sui sugli sulle
sull col coi e ed o od ma se che chi cui non ne si ci vi mi ti ce ve lui lei noi voi loro io tu essi esse esso essa
questo questa questi queste quest quello quella quelli quelle quell quel quei quegli come dove quando quanto quanta
quanti quante perche anche piu meno gia pero quindi cosi ancora sempre mai solo ogni tutto tutta tutti tutte tutt
sono sei e siamo siete era erano sia siano essere stato stata stati state ha hanno ho hai abbiamo avete aveva
avevano abbia abbiano avere avuto fa fanno fare suo sua suoi sue mio mia miei mie tuo tua tuoi tue nostro nostra
nostri nostre vostro vostra vostri vostre the of and to
"""
STOP = frozenset(_NOTHING.split())


@dataclass(frozen=True)
class Token:
    """A word where it stands in a text; a word that says nothing has no term."""

    start: int
    end: int
    term: str


def fold(word: str) -> str:
    """Without accents and without capitals."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@lru_cache(maxsize=65_536)
def term(word: str) -> str:
    """What the index knows a word by; nothing for one that says nothing."""
    plain = fold(word)
    if any(sign.isdigit() for sign in plain):
        return plain.replace(".", "") if _GROUPED.fullmatch(plain) else plain
    if len(plain) < 2 or plain in STOP:
        return ""
    with _turn:
        stem = str(_stemmer.stemWord(plain))
    # Of short words the stemmer keeps the vowel by which singular and plural differ: acqua, acque.
    return stem[:-1] if len(stem) > 3 and stem[-1] in "aeio" else stem


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), term(match.group()))


def terms(text: str) -> list[str]:
    """What a text says, in order."""
    return [token.term for token in tokens(text) if token.term]


def pairs(words: list[str]) -> list[str]:
    """Neighbours: a term of their own for each two words that follow each other."""
    return [f"{first} {second}" for first, second in pairwise(words)]


@lru_cache(maxsize=65_536)
def code(of: str) -> int:
    """A term as postings hold it: 64 bits that stand for it on every machine."""
    return int.from_bytes(hashlib.blake2b(of.encode(), digest_size=8).digest(), signed=True)
