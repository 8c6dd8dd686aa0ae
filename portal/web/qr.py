"""A QR code of an address, as the one path of an SVG: drawn here, asked of nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET = 4  # modules of white around it, as the standard asks


@dataclass(frozen=True)
class Code:
    """What a template needs to draw it: the length of a side in modules, and the dark ones as a path."""

    side: int
    path: str


@lru_cache(maxsize=256)
def code(address: str) -> Code:
    """The code of an address; a seventh of it may be damaged and it is still read."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    path = "".join(f"M{x} {y}h{n}v1h-{n}z" for y, row in enumerate(rows, QUIET) for x, n in _runs(row))
    return Code(len(rows) + 2 * QUIET, path)


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row, QUIET):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
