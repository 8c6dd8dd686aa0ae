"""The schema, the sample and the reader speak of the same format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portal.plan.format import parse
from portal.plan.reader import DEPTH, TEXT
from portal.plan.rules import EconomicLine, Goal, Priority, SectionKind

DOCS = Path(__file__).resolve().parents[3] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "parere-plan-1.schema.json").read_text())
SAMPLE: dict[str, Any] = json.loads((DOCS / "sample-plan.json").read_text())
SPARE = {"comuni_istat", "funding", "source_path", "key"}  # other ways to say the same, and what is only kept


def of(name: str) -> dict[str, Any]:
    """The fields that the schema gives to one kind of object."""
    fields: dict[str, Any] = SCHEMA["$defs"][name]["properties"]
    return fields


def test_the_sample_is_read_without_anything_left_over() -> None:
    plan = parse((DOCS / "sample-plan.json").read_bytes())
    assert plan.unplaced == []
    assert [section.code for section in plan.walk()] == ["I", "A", "B"]


def test_the_sample_shows_every_field_of_an_action() -> None:
    action = SAMPLE["axes"][0]["sections"][0]["actions"][0]
    assert set(of("action")) - set(action) <= SPARE
    assert set(action) <= set(of("action"))
    assert set(of("paragraph")) - SPARE == set(action["paragraphs"][0])
    assert set(of("cost")) == set(action["costs"][0])
    assert set(of("indicator")) == set(action["indicators"][0])


def test_no_field_of_the_schema_is_unknown_to_the_reader() -> None:
    section = {
        "code": "A",
        "title": "Asse",
        "actions": [{"code": "X", "title": "Azione"} | dict.fromkeys(of("action"), None)],
    }
    section["actions"][0] |= {"code": "X", "title": "Azione", "funding": 1, "source_path": "a"}  # type: ignore[index,operator]
    plan = dict.fromkeys(SCHEMA["properties"], "1") | {"format": "parere-plan/1", "sections": [], "axes": [section]}
    plan["unplaced"] = []
    assert parse(json.dumps(plan).encode()).unplaced == []


def test_vocabularies_and_limits_are_those_of_the_reader() -> None:
    assert of("action")["goals"]["items"]["enum"] == list(Goal)
    assert of("action")["economic_lines"]["items"]["enum"] == list(EconomicLine)
    assert of("action")["priority"]["enum"] == list(Priority)
    assert of("section")["kind"]["enum"] == list(SectionKind)
    assert of("paragraph")["text"]["maxLength"] == TEXT
    assert f"{DEPTH} levels" in (DOCS / "plan-format.md").read_text()
