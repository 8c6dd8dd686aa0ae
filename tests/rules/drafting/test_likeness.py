"""Likeness, measured on letters changed in known ways, and on remarks that have nothing to do with each other."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo import content
from portal.drafting import likeness
from portal.drafting.likeness import ALIKE, SHARED, grams, print_of, sketch

OWN = [
    "\n".join(remark[part] or "" for part in ("observation", "proposed_text", "reasons"))
    for name in ("remarks.json", "guidelines_remarks.json")
    for remark in content.items(name, "remarks")
]
VOCABULARY = sorted({word for text in OWN for word in text.split()})


def changed(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its words dropped, replaced by others, or followed by others."""
    words: list[str] = []
    for word in text.split():
        lot = chance.random()
        if lot >= share / 3:
            words.append(word if lot >= 2 * share / 3 else chance.choice(VOCABULARY))
        if lot > 1 - share / 3:
            words.append(chance.choice(VOCABULARY))
    return " ".join(words)


def test_nothing_is_alike_among_remarks_that_were_written_apart() -> None:
    known = [grams(text) for text in OWN]
    found = [likeness.likeness(one, other) for one, other in itertools.combinations(known, 2)]
    assert len(found) > 4000
    assert max(found) < ALIKE


@pytest.mark.parametrize(("share", "least"), [(0.05, 1.0), (0.1, 1.0), (0.2, 0.99), (0.3, 0.97)])
def test_letters_of_a_campaign_are_found_however_each_changed_them(share: float, least: float) -> None:
    chance = random.Random(2027)
    hits = 0
    for text in OWN:
        one, other = grams(text), grams(changed(text, share, chance))
        common = set(sketch(one)) & set(sketch(other))
        hits += likeness.likeness(one, other) >= ALIKE and len(common) >= SHARED
    assert hits >= least * len(OWN)


def test_a_letter_with_a_beginning_of_ones_own_is_still_the_letter() -> None:
    hits = 0
    for before, text in itertools.pairwise(OWN):
        one, other = grams(text), grams(before.split(".")[0] + ". " + text)
        hits += likeness.likeness(one, other) >= ALIKE
    assert hits >= 0.97 * (len(OWN) - 1)


def test_typography_makes_no_difference_and_words_do() -> None:
    typed = "L’orario – dice il comma 2 – «va» rivisto…"
    assert print_of((typed,)) == print_of(("l'orario, dice il COMMA 2:  va\nrivisto.",))
    assert print_of((typed,)) != print_of(("L’orario non va rivisto, dice il comma 2.",))
    assert print_of(("a", "b")) != print_of(("a b", ""))


def test_of_a_proposal_only_what_the_plan_has_not_is_compared() -> None:
    plan = "Il servizio funziona ogni giorno dalle sei alle ventidue e collega le frazioni alle stazioni."
    one = likeness.of_remark(("Serve di sera.",), plan.replace("ventidue", "ventiquattro"), plan)
    other = likeness.of_remark(("Meno corse al mattino.",), plan.replace("dalle sei", "dalle otto"), plan)
    assert likeness.likeness(one, other) < ALIKE
    assert likeness.likeness(grams(plan.replace("ventidue", "ventiquattro")), grams(plan)) > ALIKE


@given(st.text(), st.text())
def test_it_is_a_share_the_same_both_ways(one: str, other: str) -> None:
    a, b = grams(one), grams(other)
    assert 0 <= likeness.likeness(a, b) == likeness.likeness(b, a) <= 1000
    assert likeness.likeness(a, a) in {0, 999, 1000}
    assert all(0 <= gram < 2**31 for gram in sketch(a))
    assert len(sketch(a)) <= likeness.SKETCH
