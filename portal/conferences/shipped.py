"""The rule sets of sittings that come with the program: the Statute, and practice where it leaves room.

Other metropolitan cities have other statutes: the secretary general revises these, and their history stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.conferences.rules import Organ
from portal.kernel.offices import BodyKind, Office

_USUAL: dict[str, Any] = {
    "notice_days": 5,
    "paper_days": 3,
    "addendum_hours": 24,
    "delegation_hours": 24,
    "speech_minutes": 5,
    "reply_minutes": 2,
    "explanation_minutes": 2,
    "most_calls": 3,
    "request_days": 0,
    "visibility": "public",
    "invited": [],
    "by_delegation": [],
    "quorum": [],
    "patron_day": "09-19",
}
_MAYORS = [Office.MAYOR.value, Office.COMMISSIONER.value, Office.ACTING_MAYOR.value]
_DEPUTIES = [Office.DEPUTY_MAYOR.value, Office.SUB_COMMISSIONER.value]

# Half of the organisations on the first call, a quarter on the second.
_ASSEMBLY: dict[str, Any] = {
    "entitled": [BodyKind.FORUM_ORGANISATION.value],
    "sits": [Office.FORUM_DELEGATE.value],
    "by_delegation": [Office.FORUM_SUBSTITUTE.value],
    "most_calls": 2,
    "quorum": [
        {"call": 1, "numerator": 1, "denominator": 2, "strict": False},
        {"call": 2, "numerator": 1, "denominator": 4, "strict": False},
    ],
}


@dataclass(frozen=True)
class Shipped:
    """One rule set as it is installed."""

    organ: Organ
    legal_basis: str
    more: dict[str, Any]

    @property
    def definition(self) -> dict[str, Any]:
        """The rule set in its written form."""
        return {**_USUAL, **self.more}


RULES: tuple[Shipped, ...] = (
    Shipped(
        Organ.PROGRAMMING,
        "Statuto, art. 32, comma 7: conferenze consultive, senza numero legale né voto",
        {
            "entitled": [BodyKind.MUNICIPALITY.value, BodyKind.UNION.value],
            "invited": [BodyKind.DISTRICT.value],
            "sits": [*_MAYORS, Office.UNION_PRESIDENT.value, Office.DISTRICT_PRESIDENT.value],
            "by_delegation": [*_DEPUTIES, Office.OFFICER.value],
            "most_calls": 1,
        },
    ),
    Shipped(
        Organ.MAYORS,
        "Statuto, artt. 28, 29 e 30, comma 7: delega espressa al solo vicesindaco",
        {
            "entitled": [BodyKind.MUNICIPALITY.value],
            "invited": [BodyKind.DISTRICT.value],
            "sits": [*_MAYORS, Office.DISTRICT_PRESIDENT.value],
            "by_delegation": _DEPUTIES,
            "request_days": 10,
        },
    ),
    Shipped(
        Organ.FORUM,
        "Statuto, artt. 6 e 14; regolamento del Forum metropolitano, da verificare",
        _ASSEMBLY,
    ),
    Shipped(
        Organ.COUNCIL,
        "Statuto, art. 25; D.Lgs. 267/2000, art. 38; regolamento del Consiglio, da verificare",
        {
            "entitled": [BodyKind.METROPOLITAN_CITY.value],
            "sits": [Office.MAYOR.value, Office.COUNCILLOR.value, Office.DELEGATED_COUNCILLOR.value],
            "most_calls": 2,
            "quorum": [
                {"call": 1, "numerator": 1, "denominator": 2, "strict": True},
                {"call": 2, "numerator": 1, "denominator": 3, "strict": False},
            ],
        },
    ),
    Shipped(
        Organ.COPLANNING,
        "Statuto, art. 32, comma 8: copianificazione con gli enti confinanti",
        {
            "entitled": [BodyKind.NEIGHBOUR.value],
            "sits": [*_MAYORS, Office.UNION_PRESIDENT.value],
            "by_delegation": [*_DEPUTIES, Office.OFFICER.value],
            "visibility": "reserved",
            "most_calls": 1,
        },
    ),
    Shipped(
        Organ.YOUTH_FORUM,
        "Statuto, art. 14, comma 1; regolamento del Forum dei giovani, da verificare",
        _ASSEMBLY,
    ),
)
