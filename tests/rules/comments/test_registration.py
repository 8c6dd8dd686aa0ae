"""A letter is split without losing a word: each sign that is no space belongs to one owner or waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.comments.registration_rules import (
    CUT,
    NO_REQUEST,
    Owner,
    Part,
    Passages,
    carried,
    check_parts,
    check_received,
    coverage,
    give,
    part_text,
    unassigned,
)
from portal.comments.registrations import stretches
from portal.kernel.errors import Invalid

LETTER = "Egregi signori,\n\nchiediamo una fermata. Chiediamo anche un ponte.\n\nCordiali saluti"
FIRST, SECOND, WHY = Owner(1, Part.OBSERVATION), Owner(2, Part.OBSERVATION), Owner(1, Part.REASONS)
OWNERS = st.sampled_from([FIRST, SECOND, WHY, NO_REQUEST])
TEXTS = st.text(st.sampled_from("abc .;\n\té😀—"), min_size=1, max_size=120)


def at(words: str) -> tuple[int, int]:
    start = LETTER.index(words)
    return start, start + len(words)


def dealt(text: str, passages: Passages) -> list[list[Owner | None]]:
    """For each sign that is no space, everything that claims it."""
    claims: list[list[Owner | None]] = [[p.owner for p in passages if p.start <= n < p.end] for n in range(len(text))]
    for start, end in unassigned(text, passages):
        for n in range(start, end):
            claims[n].append(None)
    return [claim for sign, claim in zip(text, claims, strict=True) if not sign.isspace()]


def test_a_letter_is_dealt_with_when_every_word_of_it_is() -> None:
    passages: Passages = ()
    assert unassigned(LETTER, passages) == ((0, len(LETTER)),)
    passages = give(LETTER, passages, *at("chiediamo una fermata."), FIRST)
    passages = give(LETTER, passages, *at("Chiediamo anche un ponte."), SECOND)
    assert [LETTER[a:b] for a, b in unassigned(LETTER, passages)] == ["Egregi signori,", "Cordiali saluti"]
    assert coverage(LETTER, passages).waiting == len("Egregisignori,Cordialisaluti")
    passages = give(LETTER, passages, *at("Egregi signori,"), NO_REQUEST)
    passages = give(LETTER, passages, *at("Cordiali saluti"), NO_REQUEST)
    assert coverage(LETTER, passages).is_full


def test_what_is_given_again_changes_hands() -> None:
    passages = give(LETTER, (), 0, len(LETTER), FIRST)
    passages = give(LETTER, passages, *at("Chiediamo anche un ponte."), SECOND)
    assert part_text(LETTER, passages, SECOND) == "Chiediamo anche un ponte."
    assert part_text(LETTER, passages, FIRST) == f"Egregi signori,\n\nchiediamo una fermata.{CUT}Cordiali saluti"
    passages = give(LETTER, passages, 0, len(LETTER), None)
    assert passages == ()


def test_neighbours_of_one_owner_are_one_passage_with_the_space_between_them() -> None:
    passages = give(LETTER, (), *at("chiediamo una fermata."), FIRST)
    passages = give(LETTER, passages, *at("Chiediamo anche un ponte."), FIRST)
    assert part_text(LETTER, passages, FIRST) == "chiediamo una fermata. Chiediamo anche un ponte."
    assert len(passages) == 1


@pytest.mark.parametrize("stretch", [(-1, 5), (5, 5), (9, 3), (0, 9_999), (len(LETTER), len(LETTER) + 1), (15, 17)])
def test_what_is_not_in_the_letter_or_has_no_word_is_refused(stretch: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        give(LETTER, (), *stretch, FIRST)


class Splitting(RuleBasedStateMachine):
    """Whatever somebody marks, takes back, or corrects in the text."""

    text = "x"
    passages: Passages = ()

    @initialize(text=TEXTS)
    def begin(self, text: str) -> None:
        self.text = text

    @rule(a=st.integers(0, 130), b=st.integers(0, 130), owner=OWNERS | st.none())
    def mark(self, a: int, b: int, owner: Owner | None) -> None:
        start, end = min(a, b, len(self.text)), min(max(a, b), len(self.text))
        if self.text[start:end].strip():
            self.passages = give(self.text, self.passages, start, end, owner)
            claims = {c for n in range(start, end) for c in [self._owner(n)] if not self.text[n].isspace()}
            assert claims == {owner}

    @rule(a=st.integers(0, 130), b=st.integers(0, 130), more=st.text(st.sampled_from("xy z\n"), max_size=8))
    def correct(self, a: int, b: int, more: str) -> None:
        start, end = min(a, b, len(self.text)), min(max(a, b), len(self.text))
        new = self.text[:start] + more + self.text[end:]
        if new:
            self.passages = carried(self.text, new, self.passages)
            self.text = new

    def _owner(self, n: int) -> Owner | None:
        return next((p.owner for p in self.passages if p.start <= n < p.end), None)

    @invariant()
    def every_sign_has_one_owner_or_waits(self) -> None:
        assert all(len(claim) == 1 for claim in dealt(self.text, self.passages))

    @invariant()
    def passages_stand_in_order_and_hold_words(self) -> None:
        edges = [edge for p in self.passages for edge in (p.start, p.end)]
        assert edges == sorted(edges)
        assert all(p.end > p.start and self.text[p.start : p.end].strip() for p in self.passages)
        assert all(p.start >= 0 and p.end <= len(self.text) for p in self.passages)

    @invariant()
    def the_figures_agree(self) -> None:
        figures, claims = coverage(self.text, self.passages), dealt(self.text, self.passages)
        assert figures.whole == len(claims)
        assert figures.no_request == sum(claim == [NO_REQUEST] for claim in claims)
        assert figures.waiting == sum(claim == [None] for claim in claims)

    @invariant()
    def what_one_marks_is_the_whole_letter(self) -> None:
        shown = stretches(self.text, self.passages, {1: 1, 2: 2})
        joined = "".join(s.text + s.after for s in shown)
        assert joined == self.text[len(self.text) - len(joined) :]
        assert not self.text[: len(self.text) - len(joined)].strip()
        assert all(s.owner == self._owner(n) for s in shown for n in range(s.start, s.end) if self.text[n].strip())


TestSplitting = Splitting.TestCase
TestSplitting.settings = settings(max_examples=40, stateful_step_count=15)


@given(TEXTS, TEXTS)
def test_a_correction_elsewhere_keeps_the_words_of_a_passage(before: str, after: str) -> None:
    text = f"{before}|Chiediamo una fermata.|{after}"
    start = text.index("|Chiediamo") + 1
    passages = give(text, (), start, start + len("Chiediamo una fermata."), FIRST)
    new = f"{before} altro|Chiediamo una fermata.|ancora {after}"
    kept = carried(text, text.replace("|Ch", " altro|Ch", 1), passages)
    assert part_text(text.replace("|Ch", " altro|Ch", 1), kept, FIRST) == "Chiediamo una fermata."
    assert part_text(new, carried(text, new, passages), FIRST) in {"Chiediamo una fermata.", ""}


def test_a_letter_counts_by_when_it_came() -> None:
    opens, now = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC)
    check_received(opens, opens, now)
    check_received(now, opens, now)
    for wrong in (opens - timedelta(seconds=1), now + timedelta(seconds=1)):
        with pytest.raises(Invalid):
            check_received(wrong, opens, now)


def test_nothing_is_registered_while_a_word_waits() -> None:
    check_parts([1], 0)
    with pytest.raises(Invalid, match="7 characters"):
        check_parts([1], 7)
    with pytest.raises(Invalid, match="no remark"):
        check_parts([], 0)
