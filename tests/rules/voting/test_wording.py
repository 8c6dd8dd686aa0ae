"""What an outcome says in words is true whichever way it went."""

from __future__ import annotations

from typing import Any

import pytest

from portal.voting import wording
from portal.voting.conditions import parse
from portal.voting.rules import Choice
from portal.voting.shipped import RULES
from portal.voting.thresholds import Outcome, Seat, evaluate

RULE = {rule.code: parse(rule.definition) for rule in RULES}


def outcome(code: str, yes: int, no: int = 0, *, seats: int = 92, residents: int = 3_054_956, got: int = 0) -> Outcome:
    """So many seats say yes, and stand for `got` residents together; the rest stands for the others."""
    roll = [Seat(n, 0, f"g{n}") for n in range(1, seats + 1)]
    roll[0], roll[-1] = Seat(1, got, "g1"), Seat(seats, residents - got, f"g{seats}")
    answers = dict.fromkeys(range(1, yes + 1), Choice.YES) | dict.fromkeys(range(yes + 1, yes + no + 1), Choice.NO)
    return evaluate(RULE[code], roll, answers)


@pytest.mark.parametrize(
    ("code", "given", "said"),
    [
        ("R1", {"yes": 37, "got": 1_222_744}, ["37 of 92 >= 36.8", "1,222,744 of 3,054,956 = 40.02 % >= 40 %"]),
        ("R1", {"yes": 36, "got": 1_221_982}, ["36 of 92 < 36.8", "1,221,982 of 3,054,956 = 39.99 % < 40 %"]),
        ("R2", {"yes": 31, "got": 1_527_479}, ["31 of 92 >= 30 2/3", "1,527,479 of 3,054,956 = 50.00003 % > 50 %"]),
        ("R2", {"yes": 30, "got": 1_527_478}, ["30 of 92 < 30 2/3", "1,527,478 of 3,054,956 = 50 % <= 50 %"]),
        ("R9", {"yes": 30, "no": 20}, ["50 of 92 >= 46", "30 in favour > 20 against"]),
        ("R9", {"yes": 20, "no": 20}, ["40 of 92 < 46", "20 in favour <= 20 against"]),
        ("R7", {"yes": 0, "seats": 3, "residents": 149_999}, ["149,999 < 150,000"]),
        ("R7", {"yes": 0, "seats": 3, "residents": 150_000}, ["150,000 >= 150,000"]),
    ],
)
def test_each_condition_is_a_true_line(code: str, given: dict[str, Any], said: list[str]) -> None:
    assert [str(words) for words in wording.lines(outcome(code, **given))] == said


def test_a_sentence_says_what_is_missing() -> None:
    seats, people = outcome("R1", yes=37, got=1_209_518).results
    assert "37" in str(wording.explanation(seats)) and "missing" not in str(wording.explanation(seats))
    assert "12,465 are missing" in str(wording.explanation(people))
