"""How the code of each floor is written."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house import tree

pytestmark = pytest.mark.once

DOORS = {"web", "live", "api", "cli", "forms", "notify"}


def _packages() -> list[Path]:
    return [path.parent for path in sorted((tree.ROOT / "portal").glob("*/__init__.py"))]


@pytest.mark.parametrize("package", _packages(), ids=lambda path: path.name)
def test_every_package_says_what_it_is_for(package: Path) -> None:
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""
    assert len(said) > 40


def test_nothing_sleeps() -> None:
    sleeping = re.compile(r"\btime\.sleep\(|from time import .*\bsleep\b|wait_for_timeout\(")
    sources = [path for path in tree.python("portal", "tests", "bench") if path != Path(__file__)]
    assert [tree.name(path) for path in sources if sleeping.search(path.read_text())] == []


def test_only_atomic_commits() -> None:
    committing = re.compile(r"\.commit\(\)")
    sources = [path for path in tree.python("portal") if tree.name(path) != "portal/db.py"]
    assert [tree.name(path) for path in sources if committing.search(path.read_text())] == []


def test_only_verbs_add_and_record() -> None:
    writing = re.compile(r"session\.(?:add|add_all|delete|merge)\(|\brecord\(")
    doors = [path for path in tree.python("portal") if path.relative_to(tree.ROOT).parts[1] in DOORS]
    readers = [path for path in tree.python("portal") if path.name in {"queries.py", "rules.py", "events.py"}]
    assert [tree.name(path) for path in doors + readers if writing.search(path.read_text())] == []


def test_rules_use_no_floats() -> None:
    sources = [path for path in tree.python("portal") if path.name == "rules.py"]
    found = [
        f"{tree.name(path)}:{node.lineno}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert found == []


def test_words_of_the_web_never_reach_the_domains() -> None:
    ambient = re.compile(r"\bcurrent_user\b|\bflask\.(?:g|request|session)\b")
    domains = [path for path in tree.python("portal") if path.relative_to(tree.ROOT).parts[1] not in DOORS | {"app.py"}]
    assert [tree.name(path) for path in domains if ambient.search(path.read_text())] == []
