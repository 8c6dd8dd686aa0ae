"""What people type is kept as typed, or refused with the place and the remedy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.kernel.text import is_blank, typed


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200b", "\u00a0", "\u202e", "\ufeff", "\u2800", None])
def test_what_only_looks_like_something_is_blank(text: str | None) -> None:
    assert is_blank(text)
    with pytest.raises(Invalid) as refusal:
        typed(text, field="observation", limit=10)
    assert (refusal.value.code, refusal.value.field) == ("required", "observation")


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\x7fb", "a\x9fb", "a\ufffeb", "a\ud800b"])
def test_control_characters_are_refused_with_their_position(bad: str) -> None:
    with pytest.raises(Invalid) as refusal:
        typed(bad, field="observation", limit=10)
    assert refusal.value.code == "control_character"
    assert refusal.value.words.params["at"] == 2


@pytest.mark.parametrize("good", ["così è", "🚲 ciclabile", "مرحبا", "<script>x</script>", "a\tb\nc", "l’azione"])
def test_ordinary_and_unusual_writing_is_kept(good: str) -> None:
    assert typed(good, field="x", limit=100) == good


def test_line_ends_of_every_system_become_one() -> None:
    assert typed("a\r\nb\rc", field="x", limit=10) == "a\nb\nc"


def test_combining_accents_are_composed() -> None:
    assert typed("perche\u0301", field="x", limit=10) == "perché"


def test_a_text_over_the_limit_says_by_how_much() -> None:
    with pytest.raises(Invalid) as refusal:
        typed("x" * 200_000, field="x", limit=5000)
    assert (refusal.value.words.params["length"], refusal.value.words.params["limit"]) == (200_000, 5000)


def test_an_optional_field_may_stay_empty() -> None:
    assert typed("  ", field="x", limit=5, required=False) == ""


@given(st.text(max_size=60))
def test_what_is_accepted_is_normal_and_stays_the_same_when_typed_again(text: str) -> None:
    try:
        kept = typed(text, field="x", limit=60)
    except Invalid:
        return
    assert unicodedata.is_normalized("NFC", kept)
    assert typed(kept, field="x", limit=60) == kept
