"""The invented territory: plausible, coherent and nobody else's."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from itertools import combinations

from portal.kernel.offices import BodyKind, ForumCategory
from tests.rules.demo.content import BODIES, CITY, ISTAT, UNIONS


def test_the_territory_has_forty_municipalities_with_populations_that_all_differ() -> None:
    assert len(CITY) == len(ISTAT) == len({row["name"] for row in CITY}) == 40
    for column in ("pop_census_2011", "pop_recent"):
        residents = [int(row[column]) for row in CITY]
        assert len(set(residents)) == len(residents)
        assert 1_100_000 <= sum(residents) <= 1_400_000
        assert 0.29 <= max(residents) / sum(residents) <= 0.33
    assert [row["name"] for row in CITY if row["capoluogo"] == "1"] == ["Velmara"]


def test_no_two_points_of_the_map_overlap() -> None:
    points = [(float(row["lat"]), float(row["lon"])) for row in CITY]
    gaps = [math.hypot((a[0] - b[0]) * 111.2, (a[1] - b[1]) * 84.8) for a, b in combinations(points, 2)]
    assert min(gaps) > 3


def test_codes_belong_to_no_real_province() -> None:
    assert all(row["istat_code"].startswith("999") and row["catastale"].startswith("X") for row in CITY)


def test_every_union_has_members_with_a_date_and_the_figures_of_the_city() -> None:
    by_code = {row["istat_code"]: row for row in CITY}
    assert {row["istat_code"] for row in UNIONS} == ISTAT
    members = [row for row in UNIONS if row["unione"]]
    assert {row["unione"] for row in members} == {b["name"] for b in BODIES if b["kind"] == BodyKind.UNION}
    assert min(Counter(row["unione"] for row in members).values()) >= 4
    for row in UNIONS:
        assert row["comune"] == by_code[row["istat_code"]]["name"]
        assert row["pop_recent"] == by_code[row["istat_code"]]["pop_recent"]
        date.fromisoformat(f"{row['membership_as_of']}-01")


def test_bodies_of_every_kind_and_forum_family_are_present() -> None:
    kinds = Counter(BodyKind(body["kind"]) for body in BODIES)
    expected = {
        BodyKind.METROPOLITAN_CITY: 1,
        BodyKind.UNION: 4,
        BodyKind.DISTRICT: 3,
        BodyKind.ZONE: 2,
        BodyKind.NEIGHBOUR: 2,
        BodyKind.FORUM_ORGANISATION: 12,
        BodyKind.PRIVATE_PARTNER: 3,
    }
    assert kinds == expected
    families = Counter(b["forum_category"] for b in BODIES if b["kind"] == BodyKind.FORUM_ORGANISATION)
    assert families == dict.fromkeys(ForumCategory, 2)


def test_each_zone_has_the_population_that_the_statute_asks_and_together_they_cover_the_city() -> None:
    zones = [body["members_istat"] for body in BODIES if body["kind"] == BodyKind.ZONE]
    residents = {row["istat_code"]: int(row["pop_recent"]) for row in CITY}
    assert sorted(code for zone in zones for code in zone) == sorted(ISTAT)
    assert all(sum(residents[code] for code in zone) >= 150_000 for zone in zones)


def test_the_districts_sum_to_the_capital() -> None:
    total = sum(body["population"] for body in BODIES if body["kind"] == BodyKind.DISTRICT)
    assert total == max(int(row["pop_recent"]) for row in CITY)
