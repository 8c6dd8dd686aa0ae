"""The register kept by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import BodyKind, ForumCategory, Office
from portal.territory import queries
from portal.territory.facts import BodyFacts
from portal.territory.join_group import add_membership, end_membership
from portal.territory.register_body import change_body, register_body
from tests import factories
from tests.factories import NOW

SYSTEM = Actor.system()


def test_each_kind_of_body_can_be_registered() -> None:
    comune = register_body(SYSTEM, BodyFacts(BodyKind.MUNICIPALITY, "Alba", istat_code="900001"), now=NOW)
    more: dict[BodyKind, dict[str, Any]] = {
        BodyKind.MUNICIPALITY: {"istat_code": "900002"},
        BodyKind.DISTRICT: {"parent_id": comune.id},
        BodyKind.FORUM_ORGANISATION: {"forum_category": ForumCategory.THIRD_SECTOR},
    }
    for kind in BodyKind:
        body = register_body(SYSTEM, BodyFacts(kind, f"Ente {kind.value}", **more.get(kind, {})), now=NOW)
        assert queries.body(body.key).kind is kind
    assert len(queries.bodies()) == len(BodyKind) + 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (BodyFacts(BodyKind.UNION, " "), "name"),
        (BodyFacts(BodyKind.UNION, "x" * 201), "name"),
        (BodyFacts(BodyKind.UNION, "Unione\x00"), "name"),
        (BodyFacts(BodyKind.UNION, "«»"), "key"),
        (BodyFacts(BodyKind.MUNICIPALITY, "Alba"), "istat_code"),
        (BodyFacts(BodyKind.MUNICIPALITY, "Alba", istat_code="63049"), "istat_code"),
        (BodyFacts(BodyKind.UNION, "Unione", cadastral_code="12"), "cadastral_code"),
        (BodyFacts(BodyKind.UNION, "Unione", ipa_code="c a"), "ipa_code"),
        (BodyFacts(BodyKind.FORUM_ORGANISATION, "Ordine"), "forum_category"),
        (BodyFacts(BodyKind.UNION, "Unione", forum_category=ForumCategory.ASSOCIATION), "forum_category"),
        (BodyFacts(BodyKind.DISTRICT, "Municipalità 1"), "parent"),
        (BodyFacts(BodyKind.DISTRICT, "Municipalità 1", parent_id=999_999), "parent"),
    ],
)
def test_what_a_body_cannot_be_is_said_beside_its_field(facts: BodyFacts, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        register_body(SYSTEM, facts, now=NOW)
    assert refusal.value.field == field


def test_codes_and_addresses_are_given_once() -> None:
    register_body(SYSTEM, BodyFacts(BodyKind.UNION, "Unione Alta", ipa_code="UNALTA"), now=NOW)
    for facts in (BodyFacts(BodyKind.ZONE, "unione alta"), BodyFacts(BodyKind.UNION, "Altra", ipa_code="unalta")):
        with pytest.raises(Invalid) as refusal:
            register_body(SYSTEM, facts, now=NOW)
        assert refusal.value.code == "taken"
    register_body(SYSTEM, BodyFacts(BodyKind.METROPOLITAN_CITY, "Città"), now=NOW)
    with pytest.raises(Invalid):
        register_body(SYSTEM, BodyFacts(BodyKind.METROPOLITAN_CITY, "Altra città"), now=NOW)


def test_a_correction_keeps_kind_and_address() -> None:
    body = register_body(SYSTEM, BodyFacts(BodyKind.UNION, "Unione Alta"), now=NOW)
    change_body(SYSTEM, body.id, BodyFacts(BodyKind.ZONE, "Unione Altissima", key="other"), now=NOW)
    row = queries.body("unione-alta")
    assert (row.name, row.kind) == ("Unione Altissima", BodyKind.UNION)


def test_a_comune_is_part_of_one_unione_and_one_zone_at_a_time() -> None:
    comune = factories.body()
    first, second = factories.body(kind=BodyKind.UNION), factories.body(kind=BodyKind.UNION)
    zone = factories.body(kind=BodyKind.ZONE)
    start = date(2020, 1, 1)
    tie = add_membership(SYSTEM, first.id, comune.id, start, now=NOW)
    add_membership(SYSTEM, zone.id, comune.id, start, now=NOW)
    with pytest.raises(Conflict):
        add_membership(SYSTEM, second.id, comune.id, date(2024, 1, 1), now=NOW)
    end_membership(SYSTEM, tie.id, date(2023, 12, 31), now=NOW)
    add_membership(SYSTEM, second.id, comune.id, date(2024, 1, 1), now=NOW)
    names = {name for _, name in queries.groups(date(2024, 1, 1))[comune.id]}
    assert names == {second.name, zone.name}


@pytest.mark.parametrize(
    ("group", "member"),
    [(BodyKind.MUNICIPALITY, BodyKind.MUNICIPALITY), (BodyKind.UNION, BodyKind.UNION), (BodyKind.UNION, BodyKind.ZONE)],
)
def test_only_a_comune_joins_and_only_a_group_is_joined(group: BodyKind, member: BodyKind) -> None:
    with pytest.raises(Invalid):
        add_membership(SYSTEM, factories.body(kind=group).id, factories.body(kind=member).id, date(2020, 1, 1), now=NOW)


def test_nothing_is_found_under_a_strangers_number() -> None:
    union, comune = factories.body(kind=BodyKind.UNION), factories.body()
    for verb in (
        lambda: add_membership(SYSTEM, 999_999, comune.id, date(2020, 1, 1), now=NOW),
        lambda: add_membership(SYSTEM, union.id, 999_999, date(2020, 1, 1), now=NOW),
        lambda: end_membership(SYSTEM, 999_999, date(2020, 1, 1), now=NOW),
        lambda: change_body(SYSTEM, 999_999, BodyFacts(BodyKind.UNION, "Unione"), now=NOW),
    ):
        with pytest.raises(NotFound):
            verb()


def test_a_mayor_does_not_keep_the_register() -> None:
    comune = factories.body()
    mayor = factories.holder(Office.MAYOR, comune)
    for verb in (
        lambda: register_body(mayor, BodyFacts(BodyKind.UNION, "Unione"), now=NOW),
        lambda: change_body(mayor, comune.id, BodyFacts(BodyKind.MUNICIPALITY, "Altro nome"), now=NOW),
        lambda: add_membership(mayor, comune.id, comune.id, date(2020, 1, 1), now=NOW),
    ):
        with pytest.raises(Forbidden):
            verb()


def test_the_members_counted_are_those_of_the_snapshots_day() -> None:
    union = factories.body(kind=BodyKind.UNION)
    old, new = factories.body(), factories.body()
    add_membership(SYSTEM, union.id, old.id, date(2010, 1, 1), date(2022, 12, 31), now=NOW)
    add_membership(SYSTEM, union.id, new.id, date(2023, 1, 1), now=NOW)
    before = factories.snapshot({old: 100, new: 7}, "census", date(2021, 12, 31))
    after = factories.snapshot({old: 90, new: 8}, "register", date(2025, 12, 31))
    assert queries.population_of(before.id, [union.id]) == {union.id: 100}
    assert queries.population_of(after.id, [union.id]) == {union.id: 8}
    assert queries.population_of(999_999, [union.id]) == {}
    assert queries.population_of(after.id, []) == {}
    assert [n for _, n in queries.populations_of_body(union.id, queries.ties_of(union.id))] == [8, 100]
