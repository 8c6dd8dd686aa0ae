"""Paragraphs keep their keys from version to version, as long as they are the same paragraphs."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.canonical import text_digest
from portal.plan.matching import Piece, likeness, match, new_key

LONG = "La rete dei sentieri collega i Comuni della costa con quelli della collina e della piana interna"


def piece(text: str, owner: str = "a-1", heading: str = "Testo", number: int = 1, kind: str = "body") -> Piece:
    """A paragraph of an action."""
    return Piece(owner, kind, heading, number, text, text_digest(text))


def test_the_same_words_keep_their_key_when_they_move() -> None:
    old = [("c-1", piece("Uno", number=1)), ("c-2", piece("Due", number=2))]
    assert match(old, [piece("Due", number=1), piece("Uno", number=2)]) == ["c-2", "c-1"]
    assert match(old, [piece("Uno", owner="a-9")]) == ["c-1"]


def test_a_changed_paragraph_keeps_its_key_and_a_new_one_has_none() -> None:
    old = [("c-1", piece(LONG))]
    assert match(old, [piece(LONG + " entro il 2029")]) == ["c-1"]
    assert match(old, [piece("Tutt'altra materia, che riguarda gli acquedotti")]) == [None]


def test_a_changed_paragraph_is_not_sought_under_another_heading_or_action() -> None:
    old = [("c-1", piece(LONG))]
    assert match(old, [piece(LONG + " oggi", heading="Risultati")]) == [None]
    assert match(old, [piece(LONG + " oggi", owner="a-2")]) == [None]


def test_repeated_words_are_told_apart_by_their_action() -> None:
    old = [("c-1", piece("Uguale", owner="a-1")), ("c-2", piece("Uguale", owner="a-2"))]
    assert match(old, [piece("Uguale", owner="a-2"), piece("Uguale", owner="a-1")]) == ["c-2", "c-1"]


def test_of_two_candidates_the_likest_wins() -> None:
    near, far = LONG + " entro il 2029", " ".join(LONG.split()[:12]) + " con altre parole scelte dal Consiglio"
    assert match([("c-1", piece(LONG))], [piece(far, number=1), piece(near, number=2)]) == [None, "c-1"]


def test_likeness_is_a_share_of_words() -> None:
    assert likeness("a b c d", "a b c d") == 1
    assert likeness("a b c d", "a b x y") == Fraction(1, 2)
    assert likeness("", "a") == 0


@given(st.lists(st.text("ab ", max_size=12), max_size=8), st.lists(st.text("ab ", max_size=12), max_size=8))
def test_no_key_is_given_twice_and_equal_texts_always_find_theirs(old: list[str], new: list[str]) -> None:
    found = match(
        [(f"c-{i}", piece(t, number=i)) for i, t in enumerate(old)], [piece(t, number=i) for i, t in enumerate(new)]
    )
    keys = [key for key in found if key]
    assert len(keys) == len(set(keys))
    for text in set(new):
        kept = sum(1 for key, t in zip(found, new, strict=True) if t == text and key and old[int(key[2:])] == text)
        assert kept == min(old.count(text), new.count(text))


def test_a_new_key_avoids_all_that_were_taken() -> None:
    taken: set[str] = set()
    first, second = new_key("c", taken, "p", 1), new_key("c", taken, "p", 1)
    assert first != second and {first, second} == taken
    assert first.startswith("c-") and len(first) == 10
