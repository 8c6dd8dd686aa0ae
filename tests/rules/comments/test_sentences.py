"""The sentences of a text: nothing is lost, and an abbreviation is no end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments.sentences import split

PIECES = st.sampled_from(
    ["art. 32, c. 7", "S. Giorgio", "Il Comune", "3.500,50", " ", "\n", ". ", "… ", "?» ", "; b) ", "n. 4", "perché",
     "L’azione", "e\u0301", "🌊", "\u00a0", "D.P.R. 380", "ecc. ", "1. ", "- voce", "\r\n", "(cfr. all. B)"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))


def exact(text: str) -> list[str]:
    return [sentence.exact for sentence in split(text)]


@given(TEXTS)
def test_joined_together_the_sentences_are_the_text(text: str) -> None:
    assert "".join(sentence.text for sentence in split(text)) == text


@given(TEXTS)
def test_each_sentence_frames_its_words(text: str) -> None:
    found = split(text)
    assert all(text[s.start : s.end] == s.exact for s in found)
    assert not text.strip() or all(s.exact for s in found)


@pytest.mark.parametrize(
    "whole",
    [
        "Ai sensi dell’art. 32, c. 7, della L. 56/2014 il piano è triennale.",
        "Partecipano S. Giorgio, il dott. Rossi e G. Verdi.",
        "La spesa è di 3.500.000 euro e l’aliquota del 2.5 per cento.",
        "Si veda il D.P.R. 380 (cfr. all. B, pagg. 3 e 4).",
        "Biblioteche, musei, teatri ecc. del territorio.",
        "Vale… forse vale ancora.",
        "Il D.Lgs. 42 tutela i beni culturali.",
        "Piazza V. Emanuele resta chiusa.",
    ],
)
def test_what_looks_like_an_end_is_none(whole: str) -> None:
    assert exact(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uno. Due! Tre? Quattro…", ["Uno.", "Due!", "Tre?", "Quattro…"]),
        ("«Sì.» Disse altro.", ["«Sì.»", "Disse altro."]),
        ("Musei, teatri ecc. Il resto segue.", ["Musei, teatri ecc.", "Il resto segue."]),
        ("Nel 2027. Poi basta.", ["Nel 2027.", "Poi basta."]),
        ("Si fanno: a) strade; b) ponti; c) scuole.", ["Si fanno: a) strade;", "b) ponti;", "c) scuole."]),
        (
            "Titolo\nTesto del comma.\n- prima voce\n- seconda",
            ["Titolo", "Testo del comma.", "- prima voce", "- seconda"],
        ),
        ("1. Prima voce. 2. Seconda voce.", ["1. Prima voce.", "2. Seconda voce."]),
        ("", []),
        ("   ", [""]),
    ],
)
def test_ends_are_found(text: str, found: list[str]) -> None:
    assert exact(text) == found
