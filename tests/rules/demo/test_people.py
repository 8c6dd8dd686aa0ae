"""The people of the demonstration: an office each, none a real person."""

from __future__ import annotations

from collections import Counter

from portal.kernel.offices import OFFICES_OF, SIGNATORIES, BodyKind, Office
from tests.rules.demo.content import BODIES, ISTAT, KIND_OF, PEOPLE, in_force


def test_every_address_is_one_that_cannot_exist() -> None:
    addresses = [person["email"] for person in PEOPLE] + [body["email"] for body in BODIES]
    assert all(address.endswith(".example") for address in addresses)
    assert len({person["email"] for person in PEOPLE}) == len({person["key"] for person in PEOPLE}) == len(PEOPLE)


def test_every_office_is_held_and_each_body_confers_it() -> None:
    mandates = [mandate for person in PEOPLE for mandate in person["mandates"]]
    assert {Office(mandate["office"]) for mandate in mandates} == set(Office)
    assert all(Office(mandate["office"]) in OFFICES_OF[KIND_OF[mandate["body"]]] for mandate in mandates)
    offices = Counter(mandate["office"] for mandate in mandates if mandate["ends_on"] is None)
    assert offices[Office.DRAFTING_OFFICER] >= 2
    assert offices[Office.DRAFTING_LEAD] >= 2


def test_a_mayor_also_leads_a_union_and_one_mandate_has_ended() -> None:
    pairs = [{mandate["office"] for mandate in person["mandates"]} for person in PEOPLE]
    assert {"mayor", "union_president"} in pairs
    ended = [mandate for person in PEOPLE for mandate in person["mandates"] if mandate["ends_on"]]
    assert ended
    assert all(mandate["starts_on"] < mandate["ends_on"] <= "2026-06-30" for mandate in ended)


def test_every_municipality_and_union_has_somebody_who_signs() -> None:
    bodies = ISTAT | {key for key, kind in KIND_OF.items() if kind in {BodyKind.UNION, BodyKind.FORUM_ORGANISATION}}
    assert [body for body in sorted(bodies) if not in_force(body, SIGNATORIES)] == []
