"""Indications are counted on two axes that never mix."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.conferences.table.counting import Answer, Weight, count
from portal.conferences.table.rules import Stance

ANSWERS = st.lists(
    st.builds(
        Answer,
        population=st.integers(0, 1_000_000),
        present=st.booleans(),
        stance=st.sampled_from([None, *Stance]),
    ),
    max_size=60,
)


def test_bodies_and_residents_have_each_their_own_figure() -> None:
    found = count(
        [
            Answer(9_000, True, Stance.CONTRARY),
            Answer(100, True, Stance.FAVOURABLE),
            Answer(200, False, Stance.FAVOURABLE),  # answered, then left
            Answer(50, True),
            Answer(1_000, False),
        ]
    )
    assert found.favourable == Weight(2, 300)
    assert found.contrary == Weight(1, 9_000)
    assert found.with_remarks == Weight()
    assert found.silent == Weight(1, 50)
    assert found.absent == Weight(1, 1_000)
    assert found.asked == Weight(4, 9_350)
    assert found.entitled == Weight(5, 10_350)


@given(ANSWERS)
def test_every_seat_is_in_one_group_and_no_resident_is_lost(answers: list[Answer]) -> None:
    found = count(answers)
    groups = [*(found.of(stance) for stance in Stance), found.silent, found.absent]
    assert sum(one.bodies for one in groups) == found.entitled.bodies == len(answers)
    assert sum(one.population for one in groups) == found.entitled.population
    assert found.answered.bodies == sum(found.of(stance).bodies for stance in Stance)
