"""What the house tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest
from flask import Flask

from tests.house import crawl, tree
from tests.house.crawl import VISITOR, Walk

# Who between them see every page.
AUTHORS = (
    VISITOR,
    "municipality:officer",
    "municipality:mayor",
    "metropolitan_city:secretariat",
    "metropolitan_city:secretary_general",
    "metropolitan_city:drafting_officer",
    "metropolitan_city:drafting_lead",
    "metropolitan_city:auditor",
    "metropolitan_city:forum_secretary",
    "forum_organisation:forum_delegate",
)
WalkAs = Callable[[str], Walk]


def none_of(faults: Iterable[str]) -> None:
    """Fail with the faults, one a line; a page that many saw is told once."""
    told = sorted(set(faults))
    if told:
        pytest.fail("\n".join(told), pytrace=False)


@pytest.fixture(scope="session")
def walk_as(demo_app: Flask) -> WalkAs:
    """Walk the demonstration city as somebody, once: `walk_as("municipality:mayor")`."""
    return cache(lambda office: crawl.walk(demo_app, office, crawl.EACH if office in AUTHORS else 2))


@pytest.fixture(scope="session")
def sources() -> str:
    """Everything the doors and the domains say, in one string, without the table of permissions itself."""
    kept = [path for path in tree.python("portal") if tree.name(path) != "portal/kernel/permissions.py"]
    return "\n".join(path.read_text() for path in [*kept, *tree.templates()])
