"""The data files of the invented city."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Item = dict[str, Any]


def raw(name: str) -> bytes:
    """A file as it is."""
    return (FOLDER / name).read_bytes()


@cache
def items(name: str, key: str) -> tuple[Item, ...]:
    """The list under a key of a JSON file."""
    return tuple(json.loads(raw(name))[key])


def slug() -> str:
    """The plan by which the invented city is recognised."""
    return str(json.loads(raw("plan.json"))["plan_id"])


def featured() -> tuple[Item, ...]:
    """People worth signing in as first, one or more for each office."""
    return tuple(person for person in items("people.json", "people") if person["featured"])
