"""Templates: used, titled, free of what the content policy blocks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.house import tree

pytestmark = pytest.mark.once

FRAGMENTS = {"layouts", "components", "mail"}
BLOCKED = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "a third party": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']https?://"),
}
JINJA = re.compile(
    r"{#.*?#}|{%-?\s*block \w*class\w* *-?%}.*?endblock.*?%}|{%-?\s*trans\b.*?endtrans\s*-?%}|{{.*?}}|{%.*?%}",
    re.DOTALL,
)
SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{3,}")
NAMES = {"Parere", "SHA", "CSV", "JSON", "AGPL"}  # the same in every language
TEMPLATES = tree.templates()


def _short(path: Path) -> str:
    return path.relative_to(tree.ROOT / "templates").as_posix()


def _is_page(path: Path) -> bool:
    return path.suffix == ".html" and path.parts[-2] not in FRAGMENTS and not path.name.startswith("_")


@pytest.mark.parametrize("path", TEMPLATES, ids=_short)
def test_a_template_holds_nothing_that_the_policy_blocks(path: Path) -> None:
    source = path.read_text()
    assert [what for what, pattern in BLOCKED.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_short)
def test_a_template_compiles(path: Path, app: Flask) -> None:
    assert app.jinja_env.get_template(_short(path)).name == _short(path)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if _is_page(path)], ids=_short)
def test_a_page_has_a_title(path: Path) -> None:
    source = path.read_text()
    assert "{% extends" in source
    titled = re.search(r"{%-? *block title\b", source)
    parents = re.findall(r"{%-? *extends \"([^\"]+)\"", source)
    inherited = any("block title" in (tree.ROOT / "templates" / parent).read_text() for parent in parents)
    assert titled or (inherited and path.parent.name == "errors")


@pytest.mark.parametrize("path", TEMPLATES, ids=_short)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    source = JINJA.sub(" ", path.read_text())
    source = re.sub(r"<(code|kbd)\b.*?</\1>", " ", source, flags=re.DOTALL)  # what machines are told stays as it is
    said = re.sub(r"<[^>]*>", " ", source) if path.suffix == ".html" else source
    words = {word for text in [said, *SPOKEN.findall(source)] for word in WORD.findall(text)}
    assert words - NAMES == set()


def test_every_template_is_used() -> None:
    said = "\n".join(path.read_text() for path in [*tree.python("portal"), *TEMPLATES])
    unused = [_short(path) for path in TEMPLATES if not _is_named(path, said)]
    assert unused == []


def _is_named(path: Path, said: str) -> bool:
    short = _short(path)
    stem = short.rsplit(".", 1)[0]
    # Errors and mails are chosen by a code: their folder is named with a placeholder.
    chosen = path.parent.name in {"errors", "mail"} and re.search(rf"{path.parent.name}/(?:{{|%)", said)
    if short.startswith("mail/"):  # mails of a domain are chosen below their folder
        stem = stem.removeprefix("mail/")
    return bool(chosen) or f'"{short}"' in said or f'"{stem}"' in said or f"'{short}'" in said


def test_only_cleaned_text_is_marked_safe() -> None:
    marked = [_short(path) for path in TEMPLATES if re.search(r"\|\s*safe\b|Markup\(", path.read_text())]
    assert marked == []
