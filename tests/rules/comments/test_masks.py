"""What is hidden is hidden, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.comments.masks import MARK, PARTS, Span, choices, fits, masked, masked_texts, named, occurrences, sentences

TEXT = "Il signor Rossi abita in via Roma 3. Chiediamo un semaforo. Il telefono è 081 555 01."
TEXTS = {"observation": TEXT, "proposed_text": "", "reasons": "Lo dice via  Roma 3."}


def test_a_sentence_is_hidden_alone() -> None:
    first = sentences("observation", TEXT)[0]
    assert masked(TEXT, [(first.start, first.end)]) == f"{MARK} Chiediamo un semaforo. Il telefono è 081 555 01."


def test_passages_that_meet_are_one_mark() -> None:
    spans = [(s.start, s.end) for s in sentences("observation", TEXT)]
    assert masked(TEXT, spans) == MARK
    assert masked(TEXT, [(0, 10), (5, 15)]).count(MARK) == 1


def test_quoted_words_are_found_everywhere_whatever_their_spaces() -> None:
    found = [span for part in PARTS for span in occurrences(part, TEXTS[part], "via\nRoma   3")]
    assert [TEXTS[s.part][s.start : s.end] for s in found] == ["via Roma 3", "via  Roma 3"]
    assert occurrences("observation", TEXT, "  \n ") == []
    assert occurrences("observation", TEXT, "via Napoli") == []


def test_a_quotation_longer_than_the_text_is_not_even_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.comments.masks.re.compile", lambda _: pytest.fail("it was looked for"))
    assert occurrences("observation", TEXT, "parola " * 500_000) == []


def test_a_sentence_with_hidden_words_is_offered_without_them() -> None:
    spans = [Span("observation", 3, 15)]
    offered = choices(TEXTS, spans)
    assert [s.hidden for s in offered] == [False, False, False, False]
    assert offered[0].text == f"Il {MARK} abita in via Roma 3."
    assert not any("Rossi" in s.text for s in offered)


def test_a_form_names_passages_that_can_be_read_back() -> None:
    offered = choices(TEXTS, [])
    assert named([s.key for s in offered]) == [s.span for s in offered]
    assert named(["x", "observation:1", "canonical:0-3", "observation:-1-3", "observation:1-2 "]) == []


def test_a_span_beyond_the_text_does_not_fit() -> None:
    assert fits(Span("observation", 0, len(TEXT)), TEXTS)
    for span in (
        Span("observation", 0, len(TEXT) + 1),
        Span("reasons", 3, 3),
        Span("salt", 0, 1),
        Span("reasons", -1, 2),
    ):
        assert not fits(span, TEXTS)


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5))
def test_what_stays_is_what_no_passage_covers(text: str, drawn: list[tuple[int, int]]) -> None:
    spans = [(a, min(a + n, len(text))) for a, n in drawn if a < len(text)]
    left = [c for i, c in enumerate(text) if not any(a <= i < b for a, b in spans)]
    said = masked(text, spans).replace(MARK, "")
    assert [c for c in said if not c.isspace()] == [c for c in left if not c.isspace()]


@given(st.text(max_size=80))
def test_every_word_stands_in_some_sentence(text: str) -> None:
    spans = sentences("reasons", text)
    covered = "".join(text[s.start : s.end] for s in spans)
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]
    hidden = masked_texts({"observation": "", "proposed_text": "", "reasons": text}, spans)["reasons"].strip()
    assert hidden in {"", MARK}
