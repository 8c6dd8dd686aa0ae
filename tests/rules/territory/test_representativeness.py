"""Who stands behind whom, and that nobody is counted twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.territory.rules import Tie, members_on, represented, residents_of, slug

COMUNI = list(range(1, 9))
GROUPS = [101, 102, 103]
DAY = date(2021, 12, 31)

ties = st.lists(
    st.builds(
        lambda group, member, start, length: Tie(
            group, member, DAY + timedelta(days=start), None if length is None else DAY + timedelta(days=start + length)
        ),
        st.sampled_from(GROUPS),
        st.sampled_from(COMUNI),
        st.integers(-900, 900),
        st.none() | st.integers(0, 600),
    ),
    max_size=20,
)
figures = st.fixed_dictionaries({comune: st.integers(0, 1_000_000) for comune in COMUNI})


@given(ties=ties, figures=figures, spoke=st.sets(st.sampled_from(COMUNI + GROUPS)))
def test_a_comune_counts_once_however_many_speak_for_it(
    ties: list[Tie], figures: dict[int, int], spoke: set[int]
) -> None:
    members = members_on(ties, DAY)
    found = represented(spoke, members, figures)
    behind = {m for body in spoke if body in members for m in members[body]} | {b for b in spoke if b in COMUNI}
    assert found.municipalities == len(behind) <= len(COMUNI)
    assert found.residents == sum(figures[m] for m in behind) <= found.of_residents == sum(figures.values())
    assert found.bodies == len(spoke)


@given(ties=ties, figures=figures, spoke=st.sets(st.sampled_from(COMUNI + GROUPS)), more=st.sampled_from(COMUNI))
def test_another_voice_never_makes_it_less(
    ties: list[Tie], figures: dict[int, int], spoke: set[int], more: int
) -> None:
    members = members_on(ties, DAY)
    before, after = represented(spoke, members, figures), represented(spoke | {more}, members, figures)
    assert before.residents <= after.residents <= before.residents + figures[more]


@given(ties=ties, figures=figures)
def test_a_group_is_the_sum_of_its_comuni(ties: list[Tie], figures: dict[int, int]) -> None:
    members = members_on(ties, DAY)
    residents = residents_of(GROUPS, members, figures)
    assert residents == {group: sum(figures[m] for m in members[group]) for group in members}


def test_an_unione_with_its_comune_counts_the_comune_once() -> None:
    members = members_on([Tie(101, 1, DAY, None), Tie(101, 2, DAY, None)], DAY)
    found = represented([101, 1], members, {1: 10, 2: 20, 3: 30})
    assert (found.bodies, found.municipalities, found.residents) == (2, 2, 30)
    assert (found.of_municipalities, found.of_residents) == (3, 60)


def test_members_are_those_of_the_day_both_ends_included() -> None:
    tie = Tie(101, 1, date(2020, 1, 1), date(2021, 12, 31))
    assert members_on([tie], date(2020, 1, 1)) == members_on([tie], date(2021, 12, 31)) == {101: frozenset({1})}
    assert members_on([tie], date(2022, 1, 1)) == {101: frozenset()}


def test_a_group_founded_after_the_census_counts_with_its_founders() -> None:
    founders = [Tie(101, 1, date(2019, 7, 1), None), Tie(101, 2, date(2019, 7, 1), None)]
    latecomer = Tie(101, 3, date(2022, 1, 1), None)
    assert members_on([*founders, latecomer], date(2011, 10, 9)) == {101: frozenset({1, 2})}


def test_a_name_becomes_an_address() -> None:
    assert slug("Città dell'Alta Valle – «Nuova»") == "citta-dell-alta-valle-nuova"
