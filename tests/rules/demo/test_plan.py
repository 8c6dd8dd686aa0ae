"""The invented plan: long enough to be read, and every reference leads somewhere."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.kernel.offices import BodyKind
from portal.plan.format import parse
from portal.plan.rules import EconomicLine, Goal
from tests.rules.demo.content import ACTIONS, BODIES, DEMO, ISTAT, NAMES, PLAN, SECTIONS


def test_the_plan_has_two_directions_six_axes_and_at_least_twenty_six_actions() -> None:
    assert PLAN["format"] == "parere-plan/1"
    assert PLAN["demo"] is True
    assert [direction["kind"] for direction in PLAN["axes"]] == ["direction", "direction"]
    assert len(SECTIONS) == 6
    assert all(section["kind"] == "axis" and section["objectives"] for section in SECTIONS)
    assert len(ACTIONS) == sum(len(section["actions"]) for section in SECTIONS) >= 26
    shared = [action["also_in_axes"] for action in ACTIONS.values() if "also_in_axes" in action]
    assert len(shared) == 2
    assert {code for codes in shared for code in codes} <= {section["code"] for section in SECTIONS}


def test_paragraphs_are_long_enough_to_be_read_and_none_is_repeated() -> None:
    seen: Counter[str] = Counter()
    for action in ACTIONS.values():
        paragraphs = action["paragraphs"]
        assert 3 <= len(paragraphs) <= 6, action["code"]
        assert [paragraph["n"] for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
        for paragraph in paragraphs:
            assert 80 <= len(paragraph["text"].split()) <= 160, (action["code"], paragraph["n"])
            assert paragraph["heading"]
            assert paragraph["text"].count(". ") >= 2
            seen[paragraph["text"]] += 1
    assert max(seen.values()) == 1


def test_every_sentence_of_the_plan_is_written_once() -> None:
    paragraphs = [paragraph["text"] for action in ACTIONS.values() for paragraph in action["paragraphs"]]
    sentences = Counter(sentence for text in paragraphs for sentence in text.rstrip(".").split(". "))
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_what_an_action_refers_to_exists() -> None:
    private = {body["name"] for body in BODIES if body["kind"] == BodyKind.PRIVATE_PARTNER}
    for action in ACTIONS.values():
        assert set(action["responsible"] + action["partners"]) <= NAMES - private
        assert action["responsible"]
        assert set(action["private_partners"]) <= private
        assert action["goals"]
        assert all(Goal(goal) for goal in action["goals"])
        assert action["economic_lines"]
        assert all(EconomicLine(line) for line in action["economic_lines"])
        assert action["priority"] in {"high", "medium", "low"}
        territory = action["territory"]
        assert set(territory["istat"]) <= ISTAT
        assert territory["whole"] is not bool(territory["istat"])


def test_the_whole_vocabulary_of_goals_lines_and_priorities_is_used() -> None:
    assert {goal for action in ACTIONS.values() for goal in action["goals"]} == set(Goal)
    assert {line for action in ACTIONS.values() for line in action["economic_lines"]} == set(EconomicLine)
    assert {action["priority"] for action in ACTIONS.values()} == {"high", "medium", "low"}


def test_costs_are_whole_euros_by_year_and_add_up() -> None:
    for action in ACTIONS.values():
        years = [cost["year"] for cost in action["costs"]]
        assert years == sorted(set(years))
        assert set(years) <= {2027, 2028, 2029}
        assert years
        assert all(isinstance(cost["amount_eur"], int) and cost["source"] for cost in action["costs"])
        assert action["funding"]["amount_eur"] == sum(cost["amount_eur"] for cost in action["costs"])
        assert action["period"] == f"{years[0]}-{years[-1]}"
    assert PLAN["total_funding_eur"] == sum(action["funding"]["amount_eur"] for action in ACTIONS.values())


def test_every_action_has_one_to_three_indicators_that_move() -> None:
    for action in ACTIONS.values():
        assert 1 <= len(action["indicators"]) <= 3
        assert all(one["baseline"] != one["target"] and 2027 <= one["year"] <= 2029 for one in action["indicators"])


@pytest.mark.parametrize("name", ["plan.json", "guidelines.json"])
def test_the_files_are_in_the_format_and_nothing_of_them_is_left_over(name: str) -> None:
    plan = parse((DEMO / name).read_bytes())
    assert plan.unplaced == []
    assert all(action.source_code == f"{section.code}.{number}" for section, number, action in plan.actions())
