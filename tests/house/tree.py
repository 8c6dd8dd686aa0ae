"""The files of the house, as the house tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = {"node_modules", "vendor", "var", "__pycache__", ".venv", ".git", ".hypothesis", ".mypy_cache", ".ruff_cache"}
OURS = ("portal", "templates", "static", "migrations", "tests", "bench", "docs", ".ci")


def files(*suffixes: str, under: tuple[str, ...] = OURS) -> Iterator[Path]:
    """Every file of ours with one of these suffixes."""
    for top in under:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and path.suffix in suffixes and not BUILT & set(path.relative_to(ROOT).parts):
                yield path


def name(path: Path) -> str:
    """A path as people say it."""
    return path.relative_to(ROOT).as_posix()


def python(*under: str) -> list[Path]:
    """The Python sources below these folders."""
    return list(files(".py", under=under))


def templates() -> list[Path]:
    """Every template."""
    return list(files(".html", ".txt", under=("templates",)))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a source file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
