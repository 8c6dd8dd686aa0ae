"""Notes of dissent: until when, by how many signatures one is a minority's, and how answers are counted by family."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from portal.kernel.errors import Conflict, Invalid
from portal.kernel.offices import ForumCategory
from portal.opinions.adoption.rules import DISSENT_LEAST, breakdown, check_dissent, check_window, minority

END = datetime(2027, 2, 2, 9, tzinfo=UTC)
FIFTH = Fraction(1, 5)


def test_notes_are_written_until_the_instant_at_which_the_window_ends() -> None:
    check_window(END, END - timedelta(milliseconds=1))
    with pytest.raises(Conflict, match="over"):
        check_window(END, END)
    with pytest.raises(Conflict, match="adopted"):
        check_window(None, END)


def test_a_note_says_why() -> None:
    assert check_dissent("n" * DISSENT_LEAST)
    with pytest.raises(Invalid):
        check_dissent("n" * (DISSENT_LEAST - 1))


@pytest.mark.parametrize(
    ("cast", "signed", "met"), [(60, 12, True), (60, 11, False), (61, 12, False), (61, 13, True), (5, 1, True)]
)
def test_a_fifth_of_the_votes_cast_makes_the_opinion_of_a_minority(cast: int, signed: int, met: bool) -> None:
    assert minority(range(signed), range(cast), FIFTH).met is met


def test_the_signature_of_who_did_not_vote_does_not_count_towards_it() -> None:
    found = minority([1, 2, 98, 99], range(1, 11), FIFTH)
    assert (found.got, found.needed, found.met) == (2, 2, True)
    assert not minority([1, 98, 99], range(1, 11), FIFTH).met


def test_nobody_is_a_minority_of_no_votes() -> None:
    assert not minority([], [], FIFTH).met


def test_answers_are_counted_family_by_family_in_the_order_of_the_statute() -> None:
    unions, orders = ForumCategory.TRADE_UNION, ForumCategory.PROFESSIONAL_ORDER
    seats = [(orders, None), (unions, "yes"), (unions, "no"), (unions, "yes"), (orders, "abstain")]
    first, second = breakdown(seats)
    assert (first.category, first.seats, first.answered, first.counts) == (unions, 3, 3, {"no": 1, "yes": 2})
    assert (second.category, second.seats, second.answered, second.counts) == (orders, 2, 1, {"abstain": 1})
    assert breakdown(reversed(seats)) == (first, second)
