"""The rule sets that come with the program: the Statute of the Città metropolitana di Napoli and the law above it.

Other metropolitan cities have other statutes: the secretary general revises these, and their history stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.kernel.offices import Office
from portal.voting.rules import Electorate, Matter

STATUTE_IN_FORCE = date(2015, 6, 11)

_MAYORS: dict[str, Any] = {
    "sits": [Office.MAYOR.value, Office.COMMISSIONER.value, Office.ACTING_MAYOR.value],
    "by_delegation": [Office.DEPUTY_MAYOR.value, Office.SUB_COMMISSIONER.value],
}
_COUNCIL: dict[str, Any] = {"sits": [Office.MAYOR.value, Office.COUNCILLOR.value, Office.DELEGATED_COUNCILLOR.value]}
_FORUM: dict[str, Any] = {"sits": [Office.FORUM_DELEGATE.value, Office.FORUM_SUBSTITUTE.value], "alternates": True}


@dataclass(frozen=True)
class Shipped:
    """One rule set as it is installed."""

    code: str
    matter: Matter
    electorate: Electorate
    legal_basis: str
    conditions: tuple[dict[str, Any], ...]
    seats: dict[str, Any] = field(default_factory=lambda: dict(_MAYORS))

    @property
    def definition(self) -> dict[str, Any]:
        """The rule set in its written form."""
        more: dict[str, Any] = {"by_delegation": [], "may_change": True, "late_arrivals": False}
        return {"conditions": list(self.conditions), **more, **self.seats}


def _share(axis: str, numerator: int, denominator: int, **more: Any) -> dict[str, Any]:
    part = {"numerator": numerator, "denominator": denominator, "strict": False}
    return {"count": "yes", "axis": axis, "base": "roll", **part, **more}


# Half of the organisations on the first call, a quarter on the second; then more for than against.
_ASSEMBLY = (
    _share("seats", 1, 2, count="present", call=1),
    _share("seats", 1, 4, count="present", call=2),
    {"count": "yes", "axis": "seats", "more_than": "no"},
)
_OF_FORUM = "Statuto, art. 6 e 14; regolamento del Forum metropolitano, da verificare"
_OF_YOUTH = "Statuto, art. 14, comma 1; regolamento del Forum dei giovani, da verificare"

RULES: tuple[Shipped, ...] = (
    Shipped(
        "R1",
        Matter.CONFERENCE_OPINION,
        Electorate.CONFERENCE,
        "Statuto, art. 30, commi 5 e 6",
        (_share("seats", 2, 5), _share("population", 40, 100)),
    ),
    Shipped(
        "R2",
        Matter.STATUTE_AND_BUDGETS,
        Electorate.CONFERENCE,
        "Legge 7 aprile 2014, n. 56, art. 1, commi 8 e 9",
        (_share("seats", 1, 3), _share("population", 1, 2, strict=True)),
    ),
    Shipped("R3", Matter.ZONES, Electorate.CONFERENCE, "Statuto, art. 4, comma 2", (_share("seats", 2, 3),)),
    Shipped(
        "R4",
        Matter.EXTRA_MATTERS,
        Electorate.COUNCIL,
        "Statuto, art. 28, comma 1",
        (_share("seats", 1, 2, strict=True),),
        _COUNCIL,
    ),
    Shipped(
        "R5",
        Matter.PLAN_APPROVAL,
        Electorate.COUNCIL,
        "Statuto, art. 26, comma 2, lettera o), e art. 31, comma 6",
        (_share("seats", 1, 2, strict=True), _share("population", 1, 2)),
        _COUNCIL,
    ),
    Shipped(
        "R6",
        Matter.REQUEST_TO_CONVENE,
        Electorate.CONFERENCE,
        "Statuto, art. 29: la seduta si tiene entro dieci giorni",
        (_share("seats", 1, 5),),
    ),
    Shipped(
        "R7",
        Matter.ZONE_SIZE,
        Electorate.ZONE,
        "Statuto, art. 4, comma 3",
        ({"count": "roll", "axis": "population", "at_least": 150_000},),
    ),
    Shipped(
        "R7D",
        Matter.ZONE_DEROGATION,
        Electorate.ZONE,
        "Statuto, art. 4, comma 3: deroga motivata, con il consenso di ciascun Comune",
        (_share("seats", 1, 1),),
    ),
    Shipped(
        "R8",
        Matter.ZONE_COORDINATOR,
        Electorate.ZONE,
        "Statuto, art. 5, comma 1",
        (_share("seats", 1, 2, strict=True),),
    ),
    Shipped("R9", Matter.FORUM_OPINION, Electorate.FORUM, _OF_FORUM, _ASSEMBLY, _FORUM),
    Shipped("R9A", Matter.FORUM_AMENDMENT, Electorate.FORUM, _OF_FORUM, _ASSEMBLY, _FORUM),
    Shipped("R9Y", Matter.YOUTH_FORUM_OPINION, Electorate.YOUTH_FORUM, _OF_YOUTH, _ASSEMBLY, _FORUM),
    Shipped("R9YA", Matter.YOUTH_FORUM_AMENDMENT, Electorate.YOUTH_FORUM, _OF_YOUTH, _ASSEMBLY, _FORUM),
)
