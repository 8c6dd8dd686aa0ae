"""Passages stand where they say or are refused; found again by their words and what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.comments import passages
from portal.comments.chips import board
from portal.comments.passages import Passage, begun, read, refound, selector, settled, wording
from portal.kernel.errors import Invalid

TEXT = "Prima frase del comma. Seconda frase del comma. Terza frase, con l’accento: perché. 🌊 Quarta."
ALL = {"c-1": TEXT, "c-2": "Altro comma."}
LETTERS = st.text(alphabet="ab .’é🌊\n", min_size=1, max_size=60)


def passage(words: str, key: str = "c-1") -> Passage:
    start = ALL[key].index(words)
    return Passage(key, start, start + len(words), words)


def refusal(value: str) -> str:
    with pytest.raises(Invalid) as caught:
        settled(read([value]), ALL)
    return caught.value.code


def test_a_passage_survives_the_form() -> None:
    chosen = passage("Terza frase, con l’accento: perché. 🌊")
    assert read([chosen.value]) == (chosen,)


def test_a_line_end_is_one_character_however_the_browser_sends_it() -> None:
    assert read(["c-1:0:3:a\r\nb"]) == (Passage("c-1", 0, 3, "a\nb"),)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("c-1:0:5:Seconda", "passage_differs"),
        ("c-1:0:9999:Prima", "passage_beyond"),
        ("c-1:5:5:", "passage_beyond"),
        ("c-1:9:3:x", "passage_beyond"),
        ("c-9:0:5:Prima", "passage_elsewhere"),
        ("c-1:-1:5:Prima", "passage"),
        ("c-1:0:99999999999:x", "passage"),
        ("c-1", "passage"),
        ("::::", "passage"),
        ("c-1:٣:٥:x", "passage"),
        ("x" * 21 + ":0:1:x", "passage"),
    ],
)
def test_what_does_not_stand_there_is_refused(value: str, code: str) -> None:
    assert refusal(value) == code


def test_ten_thousand_chips_are_refused_at_once_with_both_numbers() -> None:
    with pytest.raises(Invalid) as caught:
        read([passage("Prima frase del comma.").value] * 10_000)
    assert caught.value.words.params == {"chosen": 10_000, "limit": passages.PASSAGES_LIMIT}


def test_sentences_that_follow_each_other_are_one_passage() -> None:
    chosen = [passage("Seconda frase del comma."), passage("Prima frase del comma.")]
    [found] = settled(chosen, ALL)
    assert (found.exact, found.prefix, found.unit) == ("Prima frase del comma. Seconda frase del comma.", "", "quote")
    assert found.suffix == TEXT[47 : 47 + passages.CONTEXT]


def test_sentences_that_do_not_touch_are_several() -> None:
    found = settled([passage("Prima frase del comma."), passage("Terza frase")], ALL)
    assert [one.exact for one in found] == ["Prima frase del comma.", "Terza frase"]


def test_all_of_a_text_is_the_whole_of_it() -> None:
    [found] = settled([passage("Altro comma.", "c-2")], ALL)
    assert (found.unit, found.start, found.end) == ("whole", 0, 12)


@given(LETTERS, st.data())
def test_any_stretch_of_any_text_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = selector("c", text, start, end)
    assert text[found.start : found.end] == found.exact
    assert refound(found, text) == (found.start, found.end)


@given(LETTERS, LETTERS, st.data())
def test_in_a_changed_text_it_is_found_with_its_words_or_not_at_all(
    before: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(before) - 1))
    found = selector("c", before, start, data.draw(st.integers(start + 1, len(before))))
    place = refound(found, after)
    assert place is None or after[place[0] : place[1]] == found.exact


def test_a_sentence_that_moved_is_found_again() -> None:
    old = selector("c-1", TEXT, *_at("Seconda frase del comma."))
    moved = "Una frase nuova. " + TEXT
    place = refound(old, moved)
    assert place is not None
    assert moved[place[0] : place[1]] == "Seconda frase del comma."


def test_the_words_around_it_tell_one_lookalike_from_another() -> None:
    twice = "Il piano è pubblico. Fine. Il piano è pubblico. Altro."
    old = selector("c", twice, 27, 47)
    place = refound(old, "Inizio. " + twice)
    assert place == (35, 55)


def test_of_two_alike_nobody_guesses() -> None:
    old = selector("c", "Il piano è pubblico e si legge. Resto.", 0, 31)
    assert refound(old, "X Il piano è pubblico e si legge.X Il piano è pubblico e si legge.") is None


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_proposal_takes_the_place_of_what_was_chosen() -> None:
    chosen = [passage("Prima frase del comma."), passage("Terza frase")]
    assert wording(chosen, "c-1", TEXT) == "Prima frase del comma.\nTerza frase"
    assert wording([], "c-1", TEXT) == TEXT
    assert wording([passage("Altro comma.", "c-2")], "c-1", TEXT) == TEXT
    assert wording([passage("Altro comma.", "c-2")], None, None) == "Altro comma."
    assert wording([], None, None) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "Prima."),
        ("Tutto il comma.", "Prima."),
        ("Mio testo.", "Mio testo.\nPrima."),
        ("Mio testo con Prima. dentro", "Mio testo con Prima. dentro"),
        ("Tutto il\r\ncomma.", "Tutto il\ncomma.\nPrima."),
    ],
)
def test_what_was_written_by_hand_is_never_overwritten(typed: str, expected: str) -> None:
    assert begun(typed, "Prima.", "Tutto il comma.", None) == expected


def test_chosen_sentences_are_chosen_chips_and_other_words_a_chip_of_their_own() -> None:
    [both] = [s.passage for s in settled([passage("Prima frase del comma."), passage("Seconda frase del comma.")], ALL)]
    found = board("c-1", TEXT, [both, passage("con l’accento")])
    assert [chip.checked for chip in found.sentences] == [True, True, False, False]
    assert [chip.passage.exact for chip in found.words] == ["con l’accento"]


def test_a_choice_that_does_not_stand_in_the_text_is_no_chip() -> None:
    found = board("c-1", TEXT, [Passage("c-1", 0, 5, "Altra"), Passage("c-2", 0, 5, "Prima")])
    assert found.chosen == ()


@given(st.text(alphabet="ab. \n", min_size=1, max_size=80))
def test_all_chips_of_a_text_together_are_all_of_it(text: str) -> None:
    assume(text.strip())
    chips = board("c", text, []).sentences
    [found] = settled([chip.passage for chip in chips], {"c": text})
    assert found.unit == "whole"
