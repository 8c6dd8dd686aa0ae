"""Words as the index knows them, questions as it reads them, and the stretch of a text that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import excerpts, stems
from portal.search.asking import MOST_SIGNS, MOST_WORDS, asked
from portal.search.rules import COMMON, Cursor, cursor, rarity, weight, window


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pista ciclabile", "PISTE CICLABILI"), ("città", "citta"), ("qualità", "qualita'"), ("l’azione", "azioni"),
        ("dell'acqua", "acque"), ("1.222.744", "1222744"), ("perché no", "perche no"), ("caffe\u0300", "caffè"),
        ("mercato rionale", "mercati rionali"), ("potenziare", "potenziato"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert stems.terms(one) == stems.terms(other) != []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("il di e un", []), ("azione A.1.3.", ["azion", "a.1.3"]), ("comma 4.3, poi", ["comm", "4.3", "poi"]),
        ("art. 32 c.7", ["art", "32", "7"]), ("15.03.2027", ["15.03", "2027"]), ("_a_ b", []), ("", []), ("🌊 — …", []),
    ],
)  # fmt: skip
def test_codes_and_numbers_stay_whole_and_empty_words_go(text: str, terms: list[str]) -> None:
    assert stems.terms(text) == terms


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    at = 0
    for token in stems.tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert stems.term(text[token.start : token.end]) == token.term
        at = token.end


def test_a_term_stands_for_the_same_number_on_every_machine() -> None:
    assert stems.code("ponte") == -8032851911589201466
    assert -(2**63) <= stems.code("ponte") < 2**63 and stems.code("ponte") != stems.code("ponti")


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ("ponte ferrovia", ("pont", "ferrov"), ()),
        ('"trasporto pubblico" locale', ("local",), (("trasport", "pubblic"),)),
        ("«qualità dell’aria»", (), (("qual", "ari"),)),
        ('"ponte"', ("pont",), ()),
        ('ponte "ferrovia', ("pont", "ferrov"), ()),
        ("ponte ponti", ("pont",), ()),
    ],
)
def test_questions_are_read(typed: str, words: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> None:
    found = asked(typed)
    assert found.words == words and found.phrases == phrases


@given(st.text(max_size=600))
def test_whatever_is_typed_is_a_short_question(text: str) -> None:
    found = asked(text)
    assert len(found.text) <= MOST_SIGNS and len(found.words) <= MOST_WORDS and len(found.phrases) <= 4
    assert all(key.strip() for key in found.keys)


@pytest.mark.parametrize(
    ("typed", "number"), [("127", 127), ("n. 127", 127), ("#127", 127), ("Osservazione 127", 127), ("127 bis", None)]
)
def test_a_number_names_a_remark(typed: str, number: int | None) -> None:
    assert asked(typed).number == number


def test_the_code_of_a_receipt_is_known() -> None:
    assert asked("k7qf-2m9d").receipt == "K7QF-2M9D"
    assert asked("socio-sanitario").receipt is None


def test_an_excerpt_shows_where_the_words_are() -> None:
    text = "Inizio lontano. " * 40 + "Il ponte sulla ferrovia è stretto. " + "Fine lontana. " * 40
    pieces = excerpts.excerpt(text, asked("ponti ferrovie"))
    assert [piece.text for piece in pieces if piece.marked] == ["ponte", "ferrovia"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert len("".join(piece.text for piece in pieces)) < 340


@given(st.text(max_size=900), st.text(min_size=1, max_size=40))
def test_an_excerpt_is_a_stretch_of_its_text(text: str, question: str) -> None:
    pieces = excerpts.excerpt(text, asked(question))
    inner = [piece.text for piece in pieces]
    if inner and inner[0] == "… ":
        inner = inner[1:]
    if inner and inner[-1] == " …" and not text.endswith(" …"):
        inner = inner[:-1]
    assert "".join(inner) in text


def test_a_text_holds_what_its_parts_hold_together_but_a_phrase_in_one_of_them() -> None:
    parts = ["Il trasporto è lento.", "Il pubblico aspetta."]
    assert excerpts.holds(parts, asked("trasporto pubblico"))
    assert not excerpts.holds(parts, asked('"trasporto pubblico"'))
    assert not excerpts.holds(parts, asked("trasporto privato"))


def test_more_often_counts_more_and_longer_counts_less() -> None:
    assert weight(1, 80) < weight(2, 80) < weight(4, 80) < 220
    assert weight(1, 20) > weight(1, 80) > weight(1, 800) > 0


def test_the_rarer_a_term_the_more_it_tells() -> None:
    told = [rarity(documents) for documents in (1, 10, 100, 1000, COMMON, 10 * COMMON)]
    assert told == sorted(told, reverse=True) and told[-1] == 1


@pytest.mark.parametrize("text", [None, "", "x", "1", "1-", "-1", "1-2-3", "9999999999-1", "1-²"])
def test_a_place_that_is_none_begins_at_the_top(text: str | None) -> None:
    assert cursor(text) is None


def test_a_place_is_read_as_it_was_written() -> None:
    assert cursor(str(Cursor(120, 7))) == Cursor(120, 7)


def test_the_window_holds_the_densest_part() -> None:
    hits = [(5, 10, "a"), (500, 505, "a"), (520, 525, "b")]
    begin, end = window(hits, 1000, 200)
    assert begin <= 500 and end >= 525 and end - begin == 200
    assert window([], 50, 200) == (0, 50)
