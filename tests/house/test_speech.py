"""The project speaks of itself alone, and leaves nothing half said."""

from __future__ import annotations

import re

import pytest

from tests.house import tree

pytestmark = pytest.mark.once

SUFFIXES = (".py", ".html", ".txt", ".md", ".js", ".mjs", ".css", ".json", ".toml", ".po", ".yml", "")
# Each letter in brackets keeps this list from finding itself.
UNWELCOME = {
    "unfinished work": r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK|[T]BD)\b|(?i:[l]orem ipsum)|raise [N]otImplementedError",
    "a tool that wrote it": r"(?i)\b(?:[c]laude|[a]nthropic|[c]hatgpt|[o]penai|[l]arge language model|AI [a]gent)\b",
    "papers that are not here": (r"(?i)\b(?:[h]ouse|[d]ecisions|[s]creens|[s]tack|[f]orum-opinion)\.md\b"),
    "a tracker that is not here": r"(?i)\b[i]ssue #?\d",
    "a path of one machine": r"/[w]ork/|/[r]oot/|\.\./[s]hared|/[o]pt/",
}


@pytest.mark.parametrize("what", UNWELCOME)
def test_nothing_speaks_of(what: str) -> None:
    pattern = re.compile(UNWELCOME[what])
    found = [
        f"{tree.name(path)}:{number}: {line.strip()[:120]}"
        for path in tree.files(*SUFFIXES)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
