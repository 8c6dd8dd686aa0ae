"""What the data files of the demonstration city hold, read once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.kernel.offices import BodyKind, Office

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "portal" / "demo"
Row = dict[str, Any]


def read_json(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CITY = read_csv(DEMO / "city.csv")
UNIONS = read_csv(DEMO / "unions.csv")
BODIES: list[Row] = read_json("bodies.json")["bodies"]
PEOPLE: list[Row] = read_json("people.json")["people"]
PLAN: Row = read_json("plan.json")
REMARKS: list[Row] = read_json("remarks.json")["remarks"]
GUIDELINES: Row = read_json("guidelines.json")
GUIDELINES_REMARKS: list[Row] = read_json("guidelines_remarks.json")["remarks"]
CONSULTATIONS: list[Row] = read_json("consultations.json")["consultations"]
SECTIONS: list[Row] = [section for direction in PLAN["axes"] for section in direction["sections"]]
ACTIONS: dict[str, Row] = {action["code"]: action for section in SECTIONS for action in section["actions"]}
GUIDELINES_ACTIONS: dict[str, Row] = {a["code"]: a for section in GUIDELINES["axes"] for a in section["actions"]}
ISTAT = {row["istat_code"] for row in CITY}
KIND_OF = {body["key"]: BodyKind(body["kind"]) for body in BODIES} | dict.fromkeys(ISTAT, BodyKind.MUNICIPALITY)
NAMES = {body["name"] for body in BODIES} | {f"Comune di {row['name']}" for row in CITY}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def in_force(body: str, offices: frozenset[Office]) -> set[str]:
    return {
        person["key"]
        for person in PEOPLE
        for mandate in person["mandates"]
        if mandate["body"] == body and Office(mandate["office"]) in offices and mandate["ends_on"] is None
    }
