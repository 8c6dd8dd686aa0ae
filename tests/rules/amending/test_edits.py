"""What a text changes in another, and how changes made apart come together."""

from __future__ import annotations

import pytest

from portal.opinions.amending.edits import Edit, combine, edits, merge, overlap

BASE = "Il Piano prevede la linea. I costi sono noti. Il Forum chiede date."


def test_edits_lead_from_one_text_to_the_other() -> None:
    after = BASE.replace("prevede", "promette").replace("I costi sono noti. ", "") + " E garanzie."
    found = edits(BASE, after)
    assert len(found) == 3
    assert combine(BASE, found) == after


def test_a_text_that_is_the_same_has_no_edits() -> None:
    assert edits(BASE, BASE) == ()


def test_what_is_put_in_at_one_place_follows_in_the_order_given() -> None:
    first, second = [Edit(2, 2, "x")], [Edit(2, 2, "y")]
    assert combine("abcd", first, second) == "abxycd"
    assert combine("abcd", second, first) == "abyxcd"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (Edit(0, 4, "x"), Edit(4, 8, "y"), False),  # side by side
        (Edit(0, 5, "x"), Edit(4, 8, "y"), True),
        (Edit(4, 4, "x"), Edit(4, 8, "y"), False),  # before what is replaced
        (Edit(8, 8, "x"), Edit(4, 8, "y"), False),  # after it
        (Edit(5, 5, "x"), Edit(4, 8, "y"), True),  # within it
        (Edit(4, 4, "x"), Edit(4, 4, "y"), False),
        (Edit(4, 4, "x"), Edit(4, 4, "x"), True),  # the same words twice
    ],
)
def test_changes_meet_where_they_touch_the_same_characters(one: Edit, other: Edit, meet: bool) -> None:
    assert overlap([one], [other]) is meet
    assert overlap([other], [one]) is meet


def test_two_hands_in_different_sentences_are_joined() -> None:
    mine, theirs = BASE.replace("prevede", "promette"), BASE.replace("date", "date certe")
    merged = merge(BASE, mine, theirs)
    assert not merged.clash
    assert merged.text == BASE.replace("prevede", "promette").replace("date", "date certe")


def test_two_hands_on_the_same_words_clash_and_mine_come_back() -> None:
    mine, theirs = BASE.replace("prevede", "promette"), BASE.replace("prevede", "esclude")
    assert merge(BASE, mine, theirs).clash
    assert merge(BASE, mine, theirs).text == mine


def test_two_hands_that_write_in_the_same_place_clash() -> None:
    assert merge(BASE, BASE + " Uno.", BASE + " Due.").clash


def test_the_same_change_by_two_hands_is_one() -> None:
    both = BASE.replace("prevede", "promette")
    assert merge(BASE, both, both + " Fine.").text == both + " Fine."
    assert merge(BASE, BASE, both).text == both
