"""Files of Comuni: read whole or refused whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.offices import BodyKind, Office
from portal.territory import queries
from portal.territory.compare import Preview
from portal.territory.freeze_snapshot import freeze_snapshot
from portal.territory.import_bodies import Batch, import_bodies, preview_import
from portal.territory.models import Body, Membership, PopulationFigure, PopulationSnapshot
from tests import factories
from tests.factories import NOW

HEAD = "istat_code,name,catastale,lat,lon,population"
GOOD = "900001,Alba,Z001,41.1,14.1,1000\n900002,Borgo,Z002,41.2,14.2,2000"
DAY = date(2025, 12, 31)


def batch(text: str | bytes, **more: Any) -> Batch:
    data = text.encode() if isinstance(text, str) else text
    return Batch(data, more.pop("source", "ISTAT"), more.pop("day", DAY), **more)


def read(text: str | bytes, **more: Any) -> Preview:
    return import_bodies(Actor.system(), batch(text, **more), now=NOW)


def refusal(text: str | bytes, **more: Any) -> Invalid:
    with pytest.raises(Invalid) as refused:
        read(text, **more)
    assert db.session.scalar(sa.select(sa.func.count(PopulationSnapshot.id))) == 0, "something was half imported"
    assert db.session.scalar(sa.select(sa.func.count(Body.id))) == 0, "something was half imported"
    return refused.value


def test_a_file_becomes_bodies_and_a_snapshot() -> None:
    done = read(f"{HEAD}\n{GOOD}\n")
    assert [new.name for new in done.new] == ["Alba", "Borgo"]
    assert queries.total_population(done.snapshot_id or 0) == (2, 3000)
    row = queries.body("900002")
    assert (row.cadastral_code, row.lat, row.kind) == ("Z002", 41.2, BodyKind.MUNICIPALITY)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEAD}\n{GOOD}",
        f"{HEAD}\n{GOOD}".replace(",", ";"),
        f"{HEAD}\r\n{GOOD}\r\n".replace("\n9", "\r\n9"),
        f"\n{HEAD}\n\n{GOOD}\n\n",
        f"{HEAD.upper()}\n{GOOD}",
        f"{HEAD}\n{GOOD}".replace("istat_code", "istat").replace("name", "comune").replace("Alba", '"Alba"'),
    ],
    ids=["byte order mark", "semicolons", "line ends of Windows", "empty lines", "capitals", "other names, quotes"],
)
def test_the_same_file_in_other_clothes_says_the_same(text: str) -> None:
    assert [(new.istat, new.name, new.residents) for new in read(text).new] == [
        ("900001", "Alba", 1000),
        ("900002", "Borgo", 2000),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (HEAD.encode(), "empty"),
        (f"{HEAD}\n900001,Forl\u00ec,Z001,41,14,1".encode("latin-1"), "encoding"),
        (f"{HEAD}\n{GOOD}".encode("utf-16"), "encoding"),
        (b"PK\x03\x04\x00\x00\x00\x00a,b,c", "nul"),
        (f"{HEAD}\n{GOOD}".replace(",", "\t").encode(), "delimiter"),
        (f"{HEAD}\n{GOOD}".replace(",", "|").encode(), "delimiter"),
        (b"istat_code,residenti\n900001,5", "head"),
        (b"name,name,istat\nA,B,900001", "head"),
        (GOOD.encode(), "head"),
        (f'{HEAD}\n900001,"Alba,Z001,41,14,1'.encode(), "csv"),
        (b"istat,name,pop_a,pop_b\n900001,Alba,1,2", "population"),
        (b"x" * (2 * 2**20 + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(text: bytes, code: str) -> None:
    assert refusal(text).code == code


def test_the_line_of_the_wrong_encoding_is_told() -> None:
    assert refusal(f"{HEAD}\n{GOOD}\n900003,Forl\u00ec,,,,3".encode("latin-1")).words.params == {"line": 4}


def test_every_wrong_row_is_told_with_its_line_and_nothing_is_imported() -> None:
    rows = [
        HEAD,
        "900001,Alba,Z001,41.1,14.1,1000",
        "90000,Borgo,Z002,41.2,14.2,2000",
        "900001,Alba bis,Z003,41.2,14.2,10",
        "900004,Corte,Z001,41.2,14.2,10",
        "900005,,Z005,41.2,14.2,10",
        "900006,Dosso,Z006,41.2,14.2,-5",
        "900007,Erta,Z007,41.2,14.2,1.000",
        "900008,Fosso,Z008,41.2,14.2,",
        "900009,Gola,Z009,14.2,41.2,10",
        "900010,Isola,Z010,north,14.2,10",
        "900011,Lago,Z1,41.2,14.2,10",
        "900012,Monte,Z012,nan,inf,10",
        "900013,Nido\x07,Z013,41.2,14.2,10",
    ]
    found = [words.params["line"] for words in refusal("\n".join(rows)).problems]
    assert found == [3, 4, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13, 13, 14]


@pytest.mark.parametrize("row", ["900001,Alba", "900001,Alba,Z001,41.1,14.1,1000,extra"])
def test_a_row_of_another_length_is_told_with_its_line(row: str) -> None:
    [words] = refusal(f"{HEAD}\n{row}").problems
    assert words.params["line"] == 2


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"population": "residents"}, "map"), ({"altitude": "lat"}, "map"), ({"population": "name"}, "rows")],
)
def test_a_wrong_mapping_is_refused(mapping: dict[str, str], code: str) -> None:
    assert refusal(f"{HEAD}\n{GOOD}", mapping=mapping).code == code


def test_a_mapping_chooses_among_several_populations() -> None:
    text = "istat,name,pop_2011,pop_2021\n900001,Alba,10,20"
    assert read(text, mapping={"population": "POP_2021"}).residents == 20


@pytest.mark.parametrize("source", ["", " ", "x" * 201])
def test_figures_need_a_source(source: str) -> None:
    assert refusal(f"{HEAD}\n{GOOD}", source=source).field == "source"


def test_figures_of_the_future_are_refused() -> None:
    assert refusal(f"{HEAD}\n{GOOD}", day=date(2027, 3, 2)).field == "date"


def test_a_preview_says_what_would_change_and_changes_nothing() -> None:
    read(f"{HEAD}\n{GOOD}")
    text = f"{HEAD}\n900001,Alba Nuova,Z001,41.1,14.1,1000\n900003,Corte,,,,30"
    seen = preview_import(Actor.system(), batch(text, day=date(2026, 12, 31)), now=NOW)
    assert [new.name for new in seen.new] == ["Corte"]
    assert [(c.field, c.old, c.new, c.line) for c in seen.changed] == [("name", "Alba", "Alba Nuova", 2)]
    assert [gone.name for gone in seen.missing] == ["Borgo"]
    assert queries.body("900001").name == "Alba"
    done = read(text, day=date(2026, 12, 31))
    assert (done.new, done.changed, done.missing) == (seen.new, seen.changed, seen.missing)
    assert queries.body("900001").name == "Alba Nuova"
    assert queries.body("900002").name == "Borgo"


def test_an_empty_cell_erases_nothing() -> None:
    read(f"{HEAD}\n{GOOD}")
    assert not read(f"{HEAD}\n900001,Alba,,,,1000", day=date(2024, 12, 31)).changed
    assert queries.body("900001").cadastral_code == "Z001"


def test_the_same_file_twice_changes_nothing_and_is_not_told_twice() -> None:
    read(f"{HEAD}\n{GOOD}")
    assert read(f"{HEAD}\n{GOOD}").changes_nothing
    assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.kind == "BodiesImported")) == 1


def test_a_snapshot_nobody_counts_with_can_be_corrected() -> None:
    read(f"{HEAD}\n{GOOD}")
    done = read(f"{HEAD}\n{GOOD}".replace("2000", "2001"))
    assert done.figures_changed == 1
    assert queries.total_population(done.snapshot_id or 0) == (2, 3001)


def test_a_frozen_snapshot_is_never_overwritten() -> None:
    done = read(f"{HEAD}\n{GOOD}")
    freeze_snapshot(Actor.system(), done.snapshot_id or 0, now=NOW)
    freeze_snapshot(Actor.system(), done.snapshot_id or 0, now=NOW)
    for text in (f"{HEAD}\n{GOOD}".replace("2000", "2001"), f"{HEAD}\n{GOOD}\n900003,Corte,,,,30"):
        with pytest.raises(Conflict) as refused:
            read(text)
        assert refused.value.code == "frozen"
    assert db.session.scalar(sa.select(sa.func.sum(PopulationFigure.residents))) == 3000
    assert read(f"{HEAD}\n{GOOD}".replace("2000", "2001"), source="ISTAT, corrected").figures == 2
    assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.kind == "SnapshotFrozen")) == 1


def test_a_code_of_another_body_is_refused() -> None:
    read(f"{HEAD}\n{GOOD}")
    with pytest.raises(Invalid) as refused:
        read(f"{HEAD}\n900003,Corte,Z001,,,30")
    assert [words.params["owner"] for words in refused.value.problems] == ["Alba"]


def test_only_the_keepers_of_the_register_import() -> None:
    for office in (Office.DRAFTING_LEAD, Office.AUDITOR, Office.ADMINISTRATOR):
        with pytest.raises(Forbidden):
            import_bodies(factories.holder(office), batch(f"{HEAD}\n{GOOD}"), now=NOW)
        with pytest.raises(Forbidden):
            preview_import(factories.holder(office), batch(f"{HEAD}\n{GOOD}"), now=NOW)


UNIONI = "unione,ipa_code,comune,istat_code,population,membership_as_of"


def test_a_file_of_unioni_makes_them_with_their_members() -> None:
    done = read(f"{UNIONI}\nUnione Alta,UNALTA,Alba,900001,10,2019-07\nUnione Alta,UNALTA,Borgo,900002,20,2019-07\n"
                ",,Corte,900003,30,2019-07")  # fmt: skip
    assert [name for _, name, _ in done.unions] == ["Unione Alta"]
    row = queries.body("unalta")
    assert (row.ipa_code, queries.body("900001").ipa_code) == ("UNALTA", None)
    assert queries.population_of(done.snapshot_id or 0, [row.id]) == {row.id: 30}
    assert {tie.name: tie.starts_on for tie in queries.ties_of(row.id)} == {
        "Alba": date(2019, 7, 1),
        "Borgo": date(2019, 7, 1),
    }
    found = queries.representativeness(done.snapshot_id or 0, [row.id, queries.body("900001").id])
    assert (found.bodies, found.municipalities, found.of_municipalities) == (2, 2, 3)
    assert (found.residents, found.of_residents) == (30, 60)


def test_a_comune_that_changes_unione_leaves_the_old_one_the_day_before() -> None:
    read(f"{UNIONI}\nUnione Alta,UA,Alba,900001,10,2019-07\nUnione Bassa,UB,Borgo,900002,20,2019-07")
    done = read(f"{UNIONI}\nUnione Bassa,UB,Alba,900001,10,2024-01\n,,Borgo,900002,20,2024-01", day=date(2024, 12, 31))
    assert not done.unions
    ties = {(m.member.name, m.group.name): m.ends_on for m in db.session.scalars(sa.select(Membership))}
    assert ties == {
        ("Alba", "Unione Alta"): date(2023, 12, 31),
        ("Alba", "Unione Bassa"): None,
        ("Borgo", "Unione Bassa"): date(2023, 12, 31),
    }


def test_an_older_file_does_not_undo_a_newer_one() -> None:
    read(f"{UNIONI}\nUnione Alta,UA,Alba,900001,10,2024-01")
    with pytest.raises(Invalid) as refused:
        read(f"{UNIONI}\nUnione Bassa,UB,Alba,900001,10,2019-07", day=date(2020, 1, 1))
    assert refused.value.problems[0].params["line"] == 2


@pytest.mark.parametrize(
    "rows",
    [
        "Unione Alta,UA,Alba,900001,10,july",
        "Unione Alta,UA,Alba,900001,10,2019-07\nUnione Alta,UX,Borgo,900002,20,2019-07",
        "Unione Alta,U A!,Alba,900001,10,2019-07",
    ],
)
def test_a_wrong_unione_is_told_with_its_line(rows: str) -> None:
    assert refusal(f"{UNIONI}\n{rows}").problems
