"""Small files, short functions: what grows past these is usually two things."""

from __future__ import annotations

import pytest

from tests.house import tree

pytestmark = pytest.mark.once

LINES_A_FILE = 320
ALONE = {"portal/voting/verifier.py": 360}  # handed out by itself, so it cannot be two
LINES_A_FUNCTION = 60
LINES_A_TEMPLATE = 200


def test_no_source_file_is_longer_than_its_limit() -> None:
    sources = tree.python("portal", "tests", "bench", ".ci")
    long = {tree.name(path): len(path.read_text().splitlines()) for path in sources}
    assert {name: lines for name, lines in long.items() if lines > ALONE.get(name, LINES_A_FILE)} == {}


def test_no_function_is_longer_than_its_limit() -> None:
    long = [
        f"{tree.name(path)}:{node.lineno} {node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in tree.python("portal", "tests", "bench", ".ci")
        for node in tree.functions(path)
        if (node.end_lineno or 0) - node.lineno >= LINES_A_FUNCTION
    ]
    assert long == []


def test_no_template_is_longer_than_its_limit() -> None:
    long = {tree.name(path): len(path.read_text().splitlines()) for path in tree.templates()}
    assert {name: lines for name, lines in long.items() if lines > LINES_A_TEMPLATE} == {}
