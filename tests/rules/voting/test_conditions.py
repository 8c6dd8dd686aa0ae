"""A rule set is read strictly: what it does not understand it refuses, what it understood it writes the same."""

from __future__ import annotations

from typing import Any

import pytest

from portal.kernel.errors import Invalid
from portal.voting.conditions import Condition, parse
from portal.voting.shipped import RULES

SHARE = {"count": "yes", "axis": "seats", "base": "roll", "numerator": 2, "denominator": 5, "strict": False}


def rule(*conditions: Any, **more: Any) -> dict[str, Any]:
    return {"conditions": list(conditions), "sits": ["mayor"], **more}


@pytest.mark.parametrize("code", [shipped.code for shipped in RULES])
def test_every_shipped_rule_set_is_written_down_as_it_was_read(code: str) -> None:
    definition = next(shipped.definition for shipped in RULES if shipped.code == code)
    assert parse(definition).as_data() == definition


def test_a_condition_of_no_call_holds_in_each_and_others_from_their_call_on() -> None:
    read = parse(rule(SHARE, SHARE | {"call": 1}, SHARE | {"call": 2}))
    assert [[c.call for c in read.for_call(n)] for n in (1, 2, 3)] == [[None, 1], [None, 2], [None, 2]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "maybe"},
        {"axis": "surface"},
        {"base": "everybody"},
        {"numerator": -1},
        {"numerator": 6},
        {"numerator": True},
        {"numerator": 0.4},
        {"denominator": 0},
        {"denominator": "5"},
        {"denominator": 10**10},
        {"strict": 1},
        {"call": 0},
        {"call": 4},
        {"call": "first"},
        {"weight": 2},
    ],
)
def test_a_condition_with_something_wrong_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Condition.of(SHARE | wrong)
    with pytest.raises(Invalid) as refused:
        parse(rule(SHARE | wrong))
    assert refused.value.problems


@pytest.mark.parametrize("missing", ["count", "axis", "base", "numerator", "denominator"])
def test_a_condition_with_something_missing_is_refused(missing: str) -> None:
    with pytest.raises(Invalid):
        parse(rule({name: value for name, value in SHARE.items() if name != missing}))


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "R1",
        {},
        rule(),
        rule(*[SHARE] * 21),
        rule("half"),
        rule(None),
        rule(SHARE, sits=[]),
        rule(SHARE, sits=["king"]),
        rule(SHARE, sits=None),
        rule(SHARE, by_delegation=[7]),
        rule(SHARE, may_change="yes"),
        rule(SHARE, late_arrivals=None),
        rule(SHARE, colour="red"),
        rule(SHARE | {"call": 2}),
        rule(SHARE | {"call": 1}, SHARE | {"call": 3}),
    ],
)
def test_a_rule_set_with_something_wrong_is_refused_with_the_reason(wrong: Any) -> None:
    with pytest.raises(Invalid) as refused:
        parse(wrong)
    assert wrong is None or not isinstance(wrong, dict) or refused.value.problems
