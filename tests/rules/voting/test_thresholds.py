"""Statute art. 26 and 30: who needs what, on figures worked out by hand."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from portal.kernel.shares import Axis
from portal.voting.conditions import RuleSet, parse
from portal.voting.rules import Choice
from portal.voting.shipped import RULES
from portal.voting.thresholds import Outcome, Seat, Verdict, evaluate

POPULATION_2011 = 3_054_956
_HALF_OF_THE_CAST = {"count": "yes", "axis": "seats", "base": "cast", "numerator": 1, "denominator": 2}
SHIPPED: dict[str, RuleSet] = {rule.code: parse(rule.definition) for rule in RULES}


def comuni(data: Path, column: str) -> dict[str, Seat]:
    """The real roll by name, in the order of the file."""
    with (data / "comuni_napoli.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {r["name"]: Seat(n, int(r[column]), r["istat_code"]) for n, r in enumerate(rows, 1) if r[column]}


@pytest.fixture
def napoli(real_data: Path) -> dict[str, Seat]:
    """92 Comuni with the residents of 2011."""
    return comuni(real_data, "pop_census_2011")


def vote(code: str, roll: list[Seat], yes: list[Seat], **more: Any) -> Outcome:
    """These say yes, the others are absent."""
    return evaluate(SHIPPED[code], roll, {seat.number: Choice.YES for seat in yes}, **more)


def by_size(roll: dict[str, Seat], *, without: str = "") -> list[Seat]:
    """Smallest first."""
    return sorted((s for name, s in roll.items() if name != without), key=lambda s: s.population)


def figures(outcome: Outcome) -> list[tuple[int, int, bool]]:
    """Got, needed and met of each condition."""
    return [(r.axis.got, r.axis.needed, r.met) for r in outcome.results]


def test_the_opinion_needs_37_comuni_and_1221983_residents(napoli: dict[str, Seat]) -> None:
    outcome = vote("R1", list(napoli.values()), [])
    assert [(r.axis.needed, r.axis.total) for r in outcome.results] == [(37, 92), (1_221_983, POPULATION_2011)]


def test_napoli_and_the_36_smallest_fail_on_population(napoli: dict[str, Seat]) -> None:
    yes = [napoli["Napoli"], *by_size(napoli, without="Napoli")[:36]]
    outcome = vote("R1", list(napoli.values()), yes)
    assert figures(outcome) == [(37, 37, True), (1_209_518, 1_221_983, False)]
    assert outcome.results[1].axis.missing == 12_465
    assert outcome.verdict is Verdict.NOT_REACHED


def test_palma_campania_in_the_place_of_liveri_carries_it(napoli: dict[str, Seat]) -> None:
    yes = [napoli["Napoli"], *by_size(napoli, without="Napoli")[:36]]
    yes = [seat for seat in yes if seat != napoli["Liveri"]] + [napoli["Palma Campania"]]
    outcome = vote("R1", list(napoli.values()), yes)
    assert figures(outcome) == [(37, 37, True), (1_222_744, 1_221_983, True)]
    assert outcome.verdict is Verdict.PASSED


def test_the_four_largest_have_the_residents_and_not_the_comuni(napoli: dict[str, Seat]) -> None:
    outcome = vote("R1", list(napoli.values()), by_size(napoli)[-4:])
    assert figures(outcome) == [(4, 37, False), (1_237_075, 1_221_983, True)]


@pytest.mark.parametrize(
    ("how_many", "residents", "met"),
    [(37, 1_560_265, (True, True)), (24, 1_230_753, (False, True)), (23, 1_200_512, (False, False))],
)
def test_without_napoli(napoli: dict[str, Seat], how_many: int, residents: int, met: tuple[bool, bool]) -> None:
    outcome = vote("R1", list(napoli.values()), by_size(napoli, without="Napoli")[-how_many:])
    assert outcome.results[1].axis.got == residents
    assert tuple(r.met for r in outcome.results) == met


def test_the_precedent_of_2015_passes_with_46_comuni(napoli: dict[str, Seat]) -> None:
    roll = list(napoli.values())
    needed = vote("R2", roll, [])
    assert [r.axis.needed for r in needed.results] == [31, 1_527_479]
    others = by_size(napoli, without="Napoli")
    yes = [napoli["Napoli"], *others[-45:]]
    outcome = evaluate(SHIPPED["R2"], roll, {**{s.number: Choice.YES for s in yes}, others[0].number: Choice.ABSTAIN})
    assert outcome.met
    assert (outcome.tally[Choice.YES].seats, outcome.tally[Choice.ABSTAIN].seats) == (46, 1)
    assert outcome.tally[Choice.YES].population >= 2_238_000


@pytest.mark.parametrize(("code", "needed"), [("R3", 62), ("R6", 19)])
def test_seats_alone_decide(napoli: dict[str, Seat], code: str, needed: int) -> None:
    roll = by_size(napoli)
    assert not vote(code, roll, roll[: needed - 1]).met
    assert vote(code, roll, roll[:needed]).met


def test_every_case_worked_out_for_three_population_bases(real_data: Path) -> None:
    oracle = json.loads((real_data / "quorum_oracles_napoli.json").read_text())
    held = 0
    for column, base in oracle["by_population"].items():
        if column == "pop_2021_src":
            continue  # these figures are not in the register's file
        roll = comuni(real_data, column)
        assert sum(s.population for s in roll.values()) == base["total"]
        first = vote("R1", list(roll.values()), [])
        assert first.results[1].axis.needed == base["min_population_needed"]
        for case in base["cases"]:
            outcome = vote("R1", list(roll.values()), _case(roll, case))
            assert outcome.results[1].axis.got == case["population"], case["case"]
            assert outcome.results[0].met is case["ok_comuni"], case["case"]
            assert outcome.results[1].met is case["ok_population"], case["case"]
            assert outcome.met is case["valid"], case["case"]
            held += 1
    assert held == 12


def _case(roll: dict[str, Seat], case: dict[str, Any]) -> list[Seat]:
    smallest, how_many = by_size(roll), case["comuni"]
    match case["case"]:
        case "all but Napoli":
            return by_size(roll, without="Napoli")
        case "37 largest without Napoli":
            return by_size(roll, without="Napoli")[-how_many:]
        case name if "smallest" in name:
            return smallest[:how_many]
        case _:
            return smallest[-how_many:]


@pytest.mark.parametrize("base", ["pop_census_2011", "pop_2021_src", "pop_recent"])
def test_the_figures_of_every_worked_case_meet_the_rule_as_said(real_data: Path, base: str) -> None:
    oracle = json.loads((real_data / "quorum_oracles_napoli.json").read_text())["by_population"][base]
    for case in oracle["cases"]:
        seats = Axis.of(case["comuni"], Fraction(2, 5), 92)
        people = Axis.of(case["population"], Fraction(40, 100), oracle["total"])
        assert (seats.met, people.met) == (case["ok_comuni"], case["ok_population"]), case["case"]


def equal(how_many: int, population: int = 1) -> list[Seat]:
    """Seats of the same size."""
    return [Seat(n, population, f"g{n}") for n in range(1, how_many + 1)]


@pytest.mark.parametrize(("yes", "met"), [(39, False), (40, True), (41, True)])
def test_forty_of_a_hundred_residents_are_enough_and_one_fewer_is_not(yes: int, met: bool) -> None:
    roll = [Seat(1, yes, "a"), Seat(2, 100 - yes, "b")]
    assert vote("R1", roll, roll[:1]).results[1].met is met


@pytest.mark.parametrize(("yes", "met"), [(49, False), (50, False), (51, True)])
def test_a_majority_of_the_residents_is_more_than_half(yes: int, met: bool) -> None:
    roll = [Seat(1, yes, "a"), Seat(2, 100 - yes, "b")]
    assert vote("R2", roll, roll[:1]).results[1].met is met


def test_abstaining_and_staying_away_weigh_the_same_for_the_opinion() -> None:
    roll = equal(10)
    yes = dict.fromkeys((1, 2, 3, 4), Choice.YES)
    assert evaluate(SHIPPED["R1"], roll, yes).met
    assert evaluate(SHIPPED["R1"], roll, yes | dict.fromkeys(range(5, 11), Choice.ABSTAIN)).met
    assert evaluate(SHIPPED["R1"], roll, yes | dict.fromkeys(range(5, 11), Choice.NO)).met


@pytest.mark.parametrize("code", sorted(set(SHIPPED) - {"R7"}))
@pytest.mark.parametrize(
    "everybody", [{}, dict.fromkeys(range(1, 8), Choice.NO), dict.fromkeys(range(1, 8), Choice.ABSTAIN)]
)
def test_nothing_passes_without_anybody_in_favour(code: str, everybody: dict[int, Choice]) -> None:
    assert not evaluate(SHIPPED[code], equal(7), everybody).met


def test_a_vote_on_a_base_that_nobody_makes_up_does_not_pass() -> None:
    rule = parse({"conditions": [_HALF_OF_THE_CAST], "sits": ["mayor"]})
    assert not evaluate(rule, equal(3), {}).met
    assert not evaluate(rule, [], {}).met


@pytest.mark.parametrize(
    ("call", "present", "yes", "no", "verdict"),
    [
        (1, 50, 30, 20, Verdict.PASSED),
        (1, 49, 30, 19, Verdict.NO_QUORUM),
        (2, 25, 13, 12, Verdict.PASSED),
        (2, 24, 24, 0, Verdict.NO_QUORUM),
        (1, 60, 20, 20, Verdict.NOT_REACHED),
        (1, 60, 1, 0, Verdict.PASSED),
        (2, 30, 0, 0, Verdict.NOT_REACHED),
        (3, 25, 13, 12, Verdict.PASSED),
    ],
)
def test_the_forum_decides_by_more_yes_than_no_among_enough_present(
    call: int, present: int, yes: int, no: int, verdict: Verdict
) -> None:
    answers = dict.fromkeys(range(1, present + 1), Choice.ABSTAIN)
    answers |= dict.fromkeys(range(1, yes + 1), Choice.YES)
    answers |= dict.fromkeys(range(yes + 1, yes + no + 1), Choice.NO)
    assert evaluate(SHIPPED["R9"], equal(100, 0), answers, call=call).verdict is verdict


def test_the_zone_is_large_enough_whoever_agrees() -> None:
    rule = SHIPPED["R7"]
    assert evaluate(rule, [Seat(1, 100_000, "a"), Seat(2, 50_000, "b")], {}).met
    assert not evaluate(rule, [Seat(1, 100_000, "a"), Seat(2, 49_999, "b")], {}).met


def test_a_derogation_needs_every_comune_of_the_zone() -> None:
    roll = equal(5)
    assert not vote("R7D", roll, roll[:4]).met
    assert vote("R7D", roll, roll).met


def test_the_council_needs_13_of_25_who_stand_for_half_the_residents_once_each() -> None:
    napoli = [Seat(n, 962_003, "063049") for n in range(1, 7)]
    others = [Seat(n, 40_000, f"c{n}") for n in range(7, 26)]
    roll = napoli + others
    assert vote("R5", roll, roll[:13], population_base=POPULATION_2011).results[0].met
    few = vote("R5", roll, napoli + others[:7], population_base=POPULATION_2011)
    assert (few.results[1].axis.got, few.results[1].axis.needed, few.met) == (1_242_003, 1_527_478, False)
    many = vote("R5", roll, napoli + others[:15], population_base=POPULATION_2011)
    assert (many.results[1].axis.got, many.met) == (1_562_003, True)
    assert not vote("R5", roll, others[:12], population_base=POPULATION_2011).results[0].met


def test_one_group_with_two_populations_is_refused() -> None:
    with pytest.raises(ValueError, match="two populations"):
        vote("R1", [Seat(1, 10, "a"), Seat(2, 11, "a")], [])


def test_a_ballot_from_outside_the_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the roll"):
        evaluate(SHIPPED["R1"], equal(2), {3: Choice.YES})
    with pytest.raises(ValueError, match="outside the roll"):
        evaluate(SHIPPED["R1"], [Seat(1), Seat(1)], {})
