"""Codes and names: as they can stand in an address, and which of them are used twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator


def twice(codes: Iterator[str]) -> list[str]:
    """Those that come more than once."""
    seen: dict[str, int] = {}
    for code in codes:
        seen[code] = seen.get(code, 0) + 1
    return [code for code, times in seen.items() if times > 1]


def clean_code(code: str) -> str:
    """A code as it can stand in an address: letters, figures, dots, hyphens."""
    plain = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-")[:32] or ("x" if code else "")


def slug(text: str) -> str:
    """A name as it can stand in an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
