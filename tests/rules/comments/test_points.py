"""When a point can be sent, and how a proposed text differs from the current one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments import points
from portal.comments.difference import MOST_WORDS, Op, Stretch, change, difference
from portal.comments.points import Point
from portal.comments.rules import CommentKind
from portal.kernel.errors import Invalid

CURRENT = "La Città realizza tre stazioni. I Comuni collaborano."


def fields(point: Point, current: str | None = CURRENT) -> list[str]:
    return [field for field, _ in points.missing(point, current)]


@pytest.mark.parametrize("kind", sorted(set(CommentKind) - {CommentKind.CHANGE_REQUEST}))
def test_an_observation_is_enough(kind: CommentKind) -> None:
    assert fields(Point(kind, "Così.")) == []
    assert fields(Point(kind, " \u200b ")) == ["observation"]


def test_a_change_request_changes_something_other_than_white_space() -> None:
    ask = CommentKind.CHANGE_REQUEST
    assert fields(Point(ask, "Così.")) == ["proposed_text"]
    assert fields(Point(ask, "Così.", f" {CURRENT.replace(' ', '  ')}")) == ["proposed_text"]
    assert fields(Point(ask, "Così.", CURRENT + " Subito.")) == []
    assert fields(Point(ask, "Così.", CURRENT), None) == []


def test_all_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        points.check([(1, Point(CommentKind.CHANGE_REQUEST), CURRENT), (2, Point(CommentKind.SUPPORT), None)])
    assert [words.params["position"] for words in refused.value.problems] == [1, 1, 2]


def test_a_phrase_changes_as_a_phrase() -> None:
    proposed = "La Città realizza entro il 2028 quattro nuove stazioni. I Comuni collaborano."
    assert difference(CURRENT, proposed) == [
        Stretch(Op.SAME, "La Città realizza "),
        Stretch(Op.REMOVED, "tre"),
        Stretch(Op.ADDED, "entro il 2028 quattro nuove"),
        Stretch(Op.SAME, " stazioni. I Comuni collaborano."),
    ]


def test_a_rewritten_text_is_no_mosaic() -> None:
    found = difference("Tre stazioni nuove.", "Altro, del tutto diverso e molto più lungo di prima!")
    assert [stretch.op for stretch in found] == [Op.REMOVED, Op.ADDED]


def test_a_sentence_proposed_for_a_paragraph_does_not_strike_out_the_rest() -> None:
    assert change(CURRENT, "Le stazioni sono quattro.") == [Stretch(Op.ADDED, "Le stazioni sono quattro.")]
    assert change(CURRENT, f"{CURRENT} Subito.") == difference(CURRENT, f"{CURRENT} Subito.")


@pytest.mark.parametrize("length", [MOST_WORDS, MOST_WORDS * 4])
def test_long_texts_are_compared_by_sentences(length: int) -> None:
    before = " ".join(f"Frase numero {i} del testo." for i in range(length // 4))
    found = difference(before, before.replace("numero 7 ", "numero sette "))
    assert "".join(s.text for s in found if s.op is not Op.ADDED) == before


@pytest.mark.parametrize(
    ("before", "after"), [("a." * 400, "a," * 400), ("a. " * 6000, "a. b. " * 3200)], ids=["words", "sentences"]
)
def test_a_text_made_of_one_word_is_another_wording_rather_than_minutes_of_work(before: str, after: str) -> None:
    assert difference(before, after) == [Stretch(Op.REMOVED, before), Stretch(Op.ADDED, after)]


def test_a_long_text_with_many_small_changes_is_still_read_word_by_word() -> None:
    before = " ".join(f"parola{n}, {'di' if n % 3 else 'che'}" for n in range(300))
    found = difference(before, before.replace("0,", "0;"))
    assert [stretch.text for stretch in found if stretch.op is Op.ADDED] == [";"] * 30


@given(st.text(alphabet="ab .\n;é👩", max_size=80), st.text(alphabet="ab .\n;é👩", max_size=80))
def test_both_texts_can_be_read_back_from_the_difference(before: str, after: str) -> None:
    found = difference(before, after)
    assert "".join(s.text for s in found if s.op is not Op.ADDED) == before
    assert "".join(s.text for s in found if s.op is not Op.REMOVED) == after
    assert all(a.op is not b.op for a, b in pairwise(found))
