"""The formulas of how statements are weighed, against published numbers, and what they do not depend on."""

from __future__ import annotations

from itertools import permutations
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.offices import ForumCategory
from portal.opinions.deliberation import consensus
from portal.opinions.deliberation.consensus import Cell
from portal.opinions.deliberation.counting import Mark, Turnout, cells_of, count, told, turnout
from portal.opinions.deliberation.rules import Weight

GROUPS = [
    Cell(36, 1, 2),
    Cell(4, 24, 8),
    Cell(31, 9, 11),
    Cell(4, 5, 20),
]  # a published conversation of opinion research
SIX = list(ForumCategory)
CELLS = st.builds(Cell, st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))


def test_a_group_comes_out_as_published() -> None:
    group, others = GROUPS[0], consensus.total(GROUPS[1:])
    assert isclose(consensus.success(group), 0.9024390244, abs_tol=1e-10)
    assert isclose(consensus.success_test(group), 5.3758720223, abs_tol=1e-10)
    assert isclose(consensus.representative(group, others), 2.6621951220, abs_tol=1e-10)
    assert isclose(consensus.representative_test(group, others), 6.3685429, abs_tol=1e-7)


def test_all_groups_together_come_out_as_published() -> None:
    assert isclose(consensus.group_aware(GROUPS), 0.0115634305, abs_tol=1e-10)


def test_the_whole_room_comes_out_as_published() -> None:
    room = Cell(agree=103, passes=22)
    assert isclose(consensus.success(room), 0.8188976378, abs_tol=1e-10)
    assert isclose(consensus.success_test(room), 7.3051406123, abs_tol=1e-10)


def test_six_small_groups_of_one_mind_are_not_sunk_by_their_number() -> None:
    same = [Cell(agree=3)] * 6
    assert isclose(consensus.group_aware(same), 0.262144)
    assert isclose(consensus.evened(same), 0.765625)


def test_where_everybody_agrees_nobody_differs() -> None:
    assert consensus.representative_test(Cell(agree=9), Cell(agree=30)) == 0


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        ([Cell(6), Cell(7, 1)], (Mark.AGREED,)),
        ([Cell(6), Cell(3, 2)], ()),  # one category is not sure
        ([Cell(6), Cell(0, 4)], (Mark.AGREED,)),  # four are too few to speak of
        ([Cell(0, 6), Cell(1, 7)], (Mark.REJECTED,)),
        ([Cell(6), Cell(0, 6)], (Mark.DIVISIVE,)),
        ([Cell(4, 0, 1), Cell(0, 4)], (Mark.AGREED,)),
        ([Cell(2, 1, 2)], (Mark.UNCERTAIN,)),
        ([Cell(4, 3, 3)], ()),  # exactly three in ten
        ([Cell(1, 0, 3)], ()),
        ([], ()),
    ],
)
def test_what_is_said_of_a_statement(cells: list[Cell], marks: tuple[Mark, ...]) -> None:
    assert count(dict(zip(SIX, cells, strict=False))).marks == marks


def test_small_categories_are_told_together() -> None:
    found = told(dict(zip(SIX, [Cell(9), Cell(3), Cell(0, 2), Cell(2, 2)], strict=False)))
    assert [(line.category, line.cell) for line in found] == [(SIX[0], Cell(9)), (None, Cell(5, 4))]


def test_one_small_category_takes_the_next_smallest_with_it() -> None:
    found = told(dict(zip(SIX, [Cell(9), Cell(6), Cell(0, 2)], strict=False)))
    assert [(line.category, line.cell) for line in found] == [(SIX[0], Cell(9)), (None, Cell(6, 2))]


def test_no_number_tells_apart_what_is_told_together() -> None:
    one = count(dict(zip(SIX, [Cell(9), Cell(3), Cell(0, 2)], strict=False)))
    other = count(dict(zip(SIX, [Cell(9), Cell(2, 1), Cell(1, 1)], strict=False)))
    assert one.lines == other.lines
    assert (one.group_aware, one.evened) == (other.group_aware, other.evened)


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_no_table_shows_fewer_than_five_beside_others(cells: list[Cell]) -> None:
    found = told(dict(zip(SIX, cells, strict=False)))
    assert consensus.total([line.cell for line in found]) == consensus.total(cells)
    assert len(found) < 2 or all(line.cell.seen >= 5 or line.category for line in found)
    assert all(line.cell.seen >= 5 for line in found if line.category)


@given(st.lists(CELLS, min_size=3, max_size=3))
def test_names_of_categories_change_no_number(cells: list[Cell]) -> None:
    seen = set()
    for order in permutations(cells):
        found = count(dict(zip(SIX, order, strict=False)))
        seen.add(
            (found.total, found.marks, found.least_share, found.spread, found.group_aware, round(found.evened, 12))
        )
    assert len(seen) == 1


@given(st.permutations([(SIX[0], Weight.AGREE)] * 3 + [(SIX[1], Weight.DISAGREE)] * 2 + [(SIX[1], Weight.PASSES)] * 4))
def test_the_order_of_answers_changes_nothing(answers: list[tuple[ForumCategory, Weight]]) -> None:
    assert cells_of(answers) == {SIX[0]: Cell(3), SIX[1]: Cell(0, 2, 4)}


@pytest.mark.parametrize(
    ("seats", "enough", "indicative"), [(120, 30, False), (120, 29, True), (0, 0, True), (5, 1, True)]
)
def test_a_quarter_of_the_organisations_has_to_take_part(seats: int, enough: int, indicative: bool) -> None:
    assert turnout(seats, [5] * enough + [4, 0]) == Turnout(seats, enough + 1, enough)
    assert turnout(seats, [5] * enough).indicative is indicative


def test_weights_are_words() -> None:
    assert [Weight(one.value) for one in Weight] == [Weight.AGREE, Weight.DISAGREE, Weight.PASSES]
    assert {one.value for one in Weight} == {"agree", "disagree", "pass"}
