"""The real territories of two metropolitan cities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind
from portal.territory import queries
from portal.territory.compare import Preview
from portal.territory.import_bodies import Batch, import_bodies
from tests.factories import NOW

CENSUS = date(2011, 10, 9)


def read(file: Path, column: str, day: date = CENSUS) -> Preview:
    batch = Batch(file.read_bytes(), "ISTAT", day, {"population": column})
    return import_bodies(Actor.system(), batch, now=NOW)


def test_the_92_comuni_of_napoli_have_3054956_residents(real_data: Path) -> None:
    done = read(real_data / "comuni_napoli.csv", "pop_census_2011")
    assert len(done.new) == 92
    assert queries.total_population(done.snapshot_id or 0) == (92, 3_054_956)
    assert queries.body("063049").name == "Napoli"


def test_an_ipa_code_is_taken_from_the_file_and_never_guessed(real_data: Path) -> None:
    read(real_data / "comuni_napoli.csv", "pop_census_2011")
    row = queries.body("063065")
    assert (row.name, row.cadastral_code, row.ipa_code) == ("Roccarainola", "H433", "c_h443")


def test_two_snapshots_of_the_same_comuni_stand_side_by_side(real_data: Path) -> None:
    read(real_data / "comuni_napoli.csv", "pop_census_2011")
    recent = read(real_data / "comuni_napoli.csv", "pop_recent", date(2026, 1, 1))
    assert (len(recent.new), len(recent.changed), len(recent.missing)) == (0, 0, 0)
    assert queries.total_population(recent.snapshot_id or 0) == (92, 2_969_571)
    assert [row.reference_date for row in queries.snapshots()] == [date(2026, 1, 1), CENSUS]


def test_the_55_comuni_of_bologna_are_51_in_7_unioni_and_4_outside(real_data: Path) -> None:
    done = read(real_data / "unioni_bologna.csv", "pop_census_2011")
    comuni, unioni = queries.bodies(BodyKind.MUNICIPALITY), queries.bodies(BodyKind.UNION)
    assert (len(comuni), len(unioni)) == (55, 7)
    grouped = queries.groups(date(2019, 7, 1))
    outside = sorted(row.name for row in comuni if row.id not in grouped)
    assert (len(grouped), outside) == (51, ["Alto Reno Terme", "Bologna", "Molinella", "San Lazzaro di Savena"])

    snapshot_id = done.snapshot_id or 0
    residents = queries.population_of(snapshot_id, [row.id for row in comuni + unioni])
    inside = sum(residents[row.id] for row in comuni if row.id in grouped)
    assert sum(residents[row.id] for row in unioni) == inside
    everybody = queries.representativeness(snapshot_id, [row.id for row in comuni + unioni])
    assert (everybody.bodies, everybody.municipalities) == (62, 55)
    assert everybody.residents == everybody.of_residents == queries.total_population(snapshot_id)[1]
