"""Numbers are exact in both languages, and a share that falls short never looks as if it did not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from portal.kernel.figures import exact, percent, whole
from portal.kernel.words import Words, said


@pytest.mark.parametrize(("number", "en", "it"), [(7, "7", "7"), (3_054_956, "3,054,956", "3.054.956")])
def test_thousands_are_set_apart_as_in_the_language(number: int, en: str, it: str) -> None:
    assert (whole(number).said("en"), whole(number).said("it")) == (en, it)


@pytest.mark.parametrize(
    ("number", "it"),
    [
        (Fraction(184, 5), "36,8"),
        (Fraction(92, 3), "30 2/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(62), "62"),
        (Fraction(6_109_912, 5), "1.221.982,4"),
    ],
)
def test_what_two_places_cannot_say_is_said_as_a_fraction(number: Fraction, it: str) -> None:
    assert exact(number).said("it") == it


@pytest.mark.parametrize(
    ("got", "of", "against", "it"),
    [
        (1_222_744, 3_054_956, Fraction(2, 5), "40,02 %"),
        (1_221_982, 3_054_956, Fraction(2, 5), "39,99 %"),
        (1_527_479, 3_054_956, Fraction(1, 2), "50,00003 %"),
        (1_527_478, 3_054_956, Fraction(1, 2), "50 %"),
        (2, 3, None, "66,66 %"),
        (1, 1, None, "100 %"),
        (0, 1, Fraction(2, 5), "0 %"),
    ],
)
def test_a_share_is_cut_and_shows_on_which_side_it_lies(got: int, of: int, against: Fraction | None, it: str) -> None:
    assert percent(Fraction(got, of), against).said("it") == it


def test_words_within_words_and_figures_are_said_in_one_language() -> None:
    italian = {"%(n)s of %(what)s": "%(n)s di %(what)s", "seats": "seggi"}
    words = Words("%(n)s of %(what)s", {"n": whole(1200), "what": Words("seats")})
    assert said(words, lambda text: italian[text], "it") == "1.200 di seggi"
    assert str(words) == "1,200 of seats"
