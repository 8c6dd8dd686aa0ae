"""What leaves as a file comes back as it was: every text, every key, every fact."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from portal.kernel.errors import Invalid
from portal.plan.documents import FileKind
from portal.plan.format import from_value
from portal.plan.markdown_write import write as markdown
from portal.plan.word.write import write as word
from tests.plans import read_back, values

pytestmark = pytest.mark.once

WRITERS: dict[FileKind, Callable[[dict[str, Any]], bytes]] = {
    FileKind.JSON: lambda value: json.dumps(value).encode(),
    FileKind.MARKDOWN: lambda value: markdown(value).encode(),
    FileKind.WORD: word,
}


@pytest.mark.parametrize("kind", WRITERS)
@given(value=values())
@settings(max_examples=25, deadline=None)
def test_any_plan_comes_back_as_it_left(kind: FileKind, value: dict[str, Any]) -> None:
    assert read_back(WRITERS[kind](value), kind) == from_value(value)


@pytest.mark.prove
@pytest.mark.parametrize("kind", WRITERS)
@given(value=values())
@settings(max_examples=1000, deadline=None)
def test_a_thousand_plans_come_back_as_they_left(kind: FileKind, value: dict[str, Any]) -> None:
    assert read_back(WRITERS[kind](value), kind) == from_value(value)


@pytest.mark.parametrize("kind", [FileKind.MARKDOWN, FileKind.WORD])
def test_the_same_plan_makes_the_same_file(kind: FileKind) -> None:
    value = {"title": "P", "body": "C", "axes": [{"key": "s-1", "code": "A", "kind": "axis", "title": "Asse"}]}
    assert WRITERS[kind](value) == WRITERS[kind](value)


def test_more_levels_than_a_word_document_has_are_refused_in_words() -> None:
    node: dict[str, Any] = {"key": "s-10", "code": "L10", "kind": "axis", "title": "Fondo"}
    for n in range(9, 0, -1):
        node = {"key": f"s-{n}", "code": f"L{n}", "kind": "axis", "title": "Parte", "sections": [node]}
    value = {"title": "P", "body": "C", "language": "it", "axes": [node]}
    with pytest.raises(Invalid, match="nine levels"):
        word(value)
    assert read_back(markdown(value).encode(), FileKind.MARKDOWN) == from_value(value)
