"""How alike two remarks are: whole numbers computed from their letters alone, so that anybody can check them.

Two texts are *the same* if nothing is left of their difference once case, accents' spelling, punctuation and spaces are
set aside. Otherwise their likeness is the cosine of the angle between the counts of their sequences of five letters, in
thousandths. A *sketch* is the smallest hashes of those sequences: remarks that are alike share many of them, so a
database finds the few worth comparing without reading the others. Of remarks that are alike the first alone keeps its
sketch: whoever comes later is compared with it, not with all that followed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from math import isqrt

from portal.kernel.canonical import text_digest

GRAM = 5  # letters of a sequence
SKETCH = 32  # hashes kept of each text
SHARED = 7  # of them that two texts have in common before they are compared
ALIKE = 500  # thousandths from which a pair is put before an officer
_BETWEEN = re.compile(r"[^\w]+")


def plain(text: str) -> str:
    """The words of a text in small letters with one space between them, whatever the typography."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def print_of(parts: Iterable[str]) -> str:
    """The same for two texts that say the same in the same words: a hash of what they say, part by part."""
    return text_digest("\n".join(plain(part) for part in parts))


def grams(text: str) -> Counter[str]:
    """The sequences of letters of a text, with how often each occurs."""
    flat = f" {plain(text)} "
    return Counter(flat[at : at + GRAM] for at in range(max(len(flat) - GRAM + 1, 0)))


def of_remark(said: Iterable[str], proposed: str, current: str) -> Counter[str]:
    """What a remark says of its own: of the wording it proposes, only what the plan's text has not."""
    own = grams("\n".join(said))
    own.update(grams(proposed) - grams(current))
    return own


def sketch(of: Counter[str], place: str = "") -> list[int]:
    """The smallest hashes of the sequences, a fair sample of them; on another place of the plan they are others."""
    start = zlib.crc32(place.encode())
    hashes = {(zlib.crc32(gram.encode(), start) * 2654435761 & 0xFFFFFFFF) >> 1 for gram in of}
    return sorted(hashes)[:SKETCH]


def likeness(one: Counter[str], other: Counter[str]) -> int:
    """In thousandths: 0 without a sequence in common, 1000 for the same letters."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    common = sum(count * many[gram] for gram, count in few.items() if gram in many)
    lengths = sum(n * n for n in one.values()) * sum(n * n for n in other.values())
    return isqrt(1_000_000 * common * common // lengths) if lengths else 0
