"""Whatever the conditions and the answers: counted one by one, by the program and by the verifier, it is the same."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.shares import least
from portal.voting.conditions import parse
from portal.voting.rules import Choice
from portal.voting.shipped import RULES
from portal.voting.thresholds import Seat, evaluate, outcome_of
from portal.voting.verifier import Recount

OPINION = parse(RULES[0].definition)


def _rule(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"conditions": list(conditions), "sits": ["mayor"]}


_shares = st.integers(1, 12).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
_counts = st.sampled_from(["yes", "no", "cast", "present", "roll"])
_axes = st.sampled_from(["seats", "population"])
_calls = st.sampled_from([None, None, 1, 2])
_of_base = st.builds(
    lambda count, axis, base, share, strict: {
        "count": count, "axis": axis, "base": base, "numerator": share[0], "denominator": share[1], "strict": strict
    },
    _counts,
    _axes,
    st.sampled_from(["roll", "present", "cast", "yes_and_no"]),
    _shares,
    st.booleans(),
)  # fmt: skip
_compared = st.builds(lambda c, a, o: {"count": c, "axis": a, "more_than": o}, _counts, _axes, _counts)
_fixed = st.builds(lambda c, a, n: {"count": c, "axis": a, "at_least": n}, _counts, _axes, st.integers(1, 60))
_conditions = st.lists(st.one_of(_of_base, _compared, _fixed), min_size=1, max_size=4)
_rolls = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abcdefgh")), min_size=1, max_size=9)
_answers = st.lists(st.sampled_from([*(set(Choice) - {Choice.WITHDRAWN}), None]), min_size=9, max_size=9)


def _seats(drawn: list[tuple[int, str]]) -> list[Seat]:
    populations: dict[str, int] = {}
    return [Seat(n, populations.setdefault(group, p), group) for n, (p, group) in enumerate(drawn, 1)]


def _counted_one_by_one(names: str, axis: str, roll: list[Seat], answers: dict[int, Choice]) -> int:
    """Walk along the seats and count with the fingers."""
    belongs = {
        "yes": ("yes",), "no": ("no",), "yes_and_no": ("yes", "no"), "cast": ("yes", "no", "abstain"),
        "present": ("yes", "no", "abstain", "present_not_voting"),
    }  # fmt: skip
    seen: list[str] = []
    total = 0
    for seat in roll:
        if names != "roll" and (seat.number not in answers or answers[seat.number].value not in belongs[names]):
            continue
        if axis == "seats":
            total += 1
        elif seat.group not in seen:
            seen.append(seat.group)
            total += seat.population
    return total


def _holds(condition: dict[str, Any], roll: list[Seat], answers: dict[int, Choice]) -> bool:
    axis = condition["axis"]
    got = _counted_one_by_one(condition["count"], axis, roll, answers)
    if "more_than" in condition:
        return got > _counted_one_by_one(condition["more_than"], axis, roll, answers)
    if "at_least" in condition:
        return got >= int(condition["at_least"])
    base = _counted_one_by_one(condition["base"], axis, roll, answers)
    above, below = got * condition["denominator"], base * condition["numerator"]
    return got > 0 and (above > below if condition["strict"] else above >= below)


@given(_conditions, _rolls, _answers)
def test_the_outcome_is_that_of_counting_one_by_one(
    conditions: list[dict[str, Any]], drawn: list[tuple[int, str]], said: list[Choice | None]
) -> None:
    roll = _seats(drawn)
    answers = {seat.number: choice for seat, choice in zip(roll, said, strict=False) if choice}
    outcome = evaluate(parse(_rule(*conditions)), roll, answers)
    assert [r.met for r in outcome.results] == [_holds(c, roll, answers) for c in conditions]
    assert outcome_of(json.loads(json.dumps(outcome.as_data()))) == outcome


@given(_conditions, _rolls, _answers, st.lists(_calls, min_size=4, max_size=4), st.integers(1, 3))
def test_the_verifier_counts_the_same(
    conditions: list[dict[str, Any]],
    drawn: list[tuple[int, str]],
    said: list[Choice | None],
    calls: list[int | None],
    call: int,
) -> None:
    conditions = [c | ({"call": n} if n else {}) for c, n in zip(conditions, [None, *calls], strict=False)]
    rule, roll = parse(_rule(*conditions)), _seats(drawn)
    answers = {seat.number: choice for seat, choice in zip(roll, said, strict=False) if choice}
    outcome = evaluate(rule, roll, answers, call=call)
    recount = Recount(
        {
            "poll": {"call": call, "population_base": sum({s.group: s.population for s in roll}.values())},
            "rule": {"definition": rule.as_data()},
            "roll": [{"number": s.number, "population": s.population, "group": s.group} for s in roll],
            "ballots": [{"seat": n, "version": 1, "choice": c.value} for n, c in answers.items()],
        }
    )
    assert recount.results() == outcome.as_data()["results"]
    assert recount.verdict() == outcome.verdict.value


@given(st.integers(0, 5_000_000), _shares, st.booleans())
def test_the_number_needed_is_the_smallest_that_is_enough(total: int, share: tuple[int, int], strict: bool) -> None:
    above, below = share
    needed = least(Fraction(above, below), total, strict=strict)

    def enough(got: int) -> bool:
        return got > 0 and (got * below > above * total if strict else got * below >= above * total)

    assert enough(needed)
    assert not enough(needed - 1)


@given(_rolls, st.sets(st.integers(1, 9)), st.integers(1, 9))
def test_one_more_in_favour_never_undoes_an_opinion(drawn: list[tuple[int, str]], yes: set[int], more: int) -> None:
    roll = _seats(drawn)
    numbers = {seat.number for seat in roll}
    before = evaluate(OPINION, roll, dict.fromkeys(yes & numbers, Choice.YES))
    after = evaluate(OPINION, roll, dict.fromkeys((yes | {more}) & numbers, Choice.YES))
    assert after.met or not before.met
