"""Pages of bodies: for everybody to read, for the secretariat to keep."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, ForumCategory, Office
from portal.territory import queries
from portal.territory.join_group import add_membership
from tests import factories
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults

CSV = "istat,name,population,lat,lon\n900001,Alba,1000,41.1,14.1\n900002,Borgo,2000,41.2,14.2\n"


def secretariat(client: Visitor) -> None:
    client.sign_in(factories.holder(Office.SECRETARIAT).person_id or 0)


def upload(client: Visitor, data: bytes, **more: str) -> Any:
    fields = {"source": "ISTAT", "date": "2025-12-31", "kind": "municipality", **more}
    return client.post("/segreteria/enti/importa", data={**fields, "file": (io.BytesIO(data), "comuni.csv")})


def confirm(client: Visitor, preview: str) -> Any:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', preview))
    return client.post("/segreteria/enti/importa", data={**fields, "act": "import"})


def test_the_list_and_each_body_are_good_pages_for_everybody(client: Visitor) -> None:
    union = factories.body("Unione Alta", BodyKind.UNION)
    comuni = [factories.body(f"Comune {n}", lat=41 + n / 10, lon=14 + n / 10) for n in range(4)]
    factories.body("Ordine", BodyKind.FORUM_ORGANISATION, forum_category=ForumCategory.PROFESSIONAL_ORDER)
    district = factories.body("Municipalità 1", BodyKind.DISTRICT, parent_id=comuni[0].id)
    for comune in comuni[:2]:
        add_membership(Actor.system(), union.id, comune.id, date(2020, 1, 1), now=NOW)
    factories.snapshot({comune: 1000 * n for n, comune in enumerate(comuni, 1)})

    pages = ["/enti", "/enti?tipo=municipality", "/enti?q=zzz", f"/enti/{union.key}", f"/enti/{comuni[0].key}",
             f"/enti/{district.key}"]  # fmt: skip
    assert {page: faults(client.get(page).text) for page in pages} == {page: [] for page in pages}
    listed = client.get("/enti").text
    assert "10.000" in listed
    assert "31 dicembre 2025" in listed
    assert "3.000" in client.get(f"/enti/{union.key}").text
    assert "Unione Alta" in client.get(f"/enti/{comuni[0].key}").text


def test_the_list_is_a_good_page_when_it_is_empty(client: Visitor) -> None:
    page = client.get("/enti")
    assert faults(page.text) == []
    assert "Nessun ente" in page.text


def test_one_chooses_the_date_of_the_population(client: Visitor) -> None:
    comune = factories.body("Alba")
    old = factories.snapshot({comune: 1111}, "census", date(2011, 10, 9))
    factories.snapshot({comune: 2222}, "register", date(2025, 12, 31))
    assert "2.222" in client.get("/enti").text
    chosen = client.get(f"/enti?popolazione={old.id}").text
    assert "1.111" in chosen
    assert "2.222" not in chosen
    assert client.get("/enti?popolazione=x&tipo=x&q=%00").status_code == 200


@pytest.mark.parametrize("key", ["999999", "nobody", "%3Cscript%3E", "a" * 500, "%00", "%F0%9F"])
def test_there_is_nothing_under_an_invented_address(client: Visitor, key: str) -> None:
    assert client.get(f"/enti/{key}").status_code == 404


@pytest.mark.parametrize("address", ["/segreteria/enti/importa", "/segreteria/enti/nuovo", "/segreteria/enti/x"])
def test_only_the_keepers_open_the_register(client: Visitor, clock: Any, address: str) -> None:
    assert client.get(address).status_code == 302
    assert client.post(address).status_code == 403
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


def test_what_was_seen_is_what_is_imported(client: Visitor, clock: Any) -> None:
    secretariat(client)
    assert faults(client.get("/segreteria/enti/importa").text) == []
    preview = upload(client, CSV.encode())
    assert preview.status_code == 200
    assert faults(preview.text) == []
    assert "Borgo" in preview.text
    assert queries.bodies(BodyKind.MUNICIPALITY) == []
    done = confirm(client, preview.text)
    assert (done.status_code, done.location) == (303, "/enti")
    assert [row.name for row in queries.bodies(BodyKind.MUNICIPALITY)] == ["Alba", "Borgo"]
    again = upload(client, CSV.encode())
    assert "non c’è nulla da importare" in again.text
    changed = upload(client, CSV.replace("Alba", "Alba <b>Nuova</b>").replace("900002,Borgo", "900003,Corte").encode())
    assert faults(changed.text) == []
    assert "Borgo" in changed.text


def test_a_file_with_several_populations_asks_which(client: Visitor, clock: Any) -> None:
    secretariat(client)
    data = b"istat,name,pop_a,pop_b\n900001,Alba,1,2\n"
    asked = upload(client, data)
    assert asked.status_code == 422
    assert "pop_a, pop_b" in asked.text
    assert 'id="population-error"' in asked.text
    assert upload(client, data, population="pop_b").status_code == 200


def test_all_wrong_rows_are_listed_with_their_lines(client: Visitor, clock: Any) -> None:
    secretariat(client)
    answer = upload(client, (CSV + "90,Corte,-3,41,14\n900004,<script>alert(1)</script>,x,41,14\n").encode())
    assert answer.status_code == 422
    assert faults(answer.text) == []
    for words in ("Riga 4", "Riga 5", "negativa"):
        assert words in answer.text
    assert queries.bodies(BodyKind.MUNICIPALITY) == []


@pytest.mark.parametrize(
    "data", [b"", CSV.encode("utf-16"), CSV.replace(",", "|").encode(), "istat,name\n900001,Forlì".encode("latin-1")]
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(client: Visitor, clock: Any, data: bytes) -> None:
    secretariat(client)
    answer = upload(client, data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


@pytest.mark.parametrize("content", ["", "%%%", "aGVsbG8=", "x" * 1000])
def test_a_forged_confirmation_imports_nothing(client: Visitor, clock: Any, content: str) -> None:
    secretariat(client)
    fields = {"source": "ISTAT", "date": "2025-12-31", "kind": "municipality", "act": "import", "content": content}
    assert client.post("/segreteria/enti/importa", data=fields).status_code == 422
    assert queries.bodies(BodyKind.MUNICIPALITY) == []


def test_the_secretariat_adds_corrects_and_groups_bodies(client: Visitor, clock: Any) -> None:
    secretariat(client)
    comune = factories.body("Alba")
    assert faults(client.get("/segreteria/enti/nuovo").text) == []
    facts = {"kind": "union_of_municipalities", "name": "Unione Alta", "parent": "0", "forum_category": ""}
    done = client.post("/segreteria/enti/nuovo", data=facts)
    assert (done.status_code, done.location) == (303, "/segreteria/enti/unione-alta")
    assert client.post("/segreteria/enti/nuovo", data=facts).status_code == 422

    joined = client.post(f"{done.location}/comuni", data={"member": comune.id, "starts_on": "2020-01-01"})
    assert joined.status_code == 303
    twice = client.post(f"{done.location}/comuni", data={"member": comune.id, "starts_on": "2021-01-01"})
    assert twice.status_code == 422
    assert faults(twice.text) == []
    page = client.get(done.location).text
    assert faults(page) == []
    [tie] = queries.ties_of(queries.body("unione-alta").id)
    left = client.post(f"{done.location}/comuni/{tie.membership_id}/termina", data={"ends_on": "2026-12-31"})
    assert left.status_code == 303
    assert "31 dicembre 2026" in client.get("/enti/unione-alta").text

    corrected = client.post(done.location, data={**facts, "name": "Unione Altissima", "lat": "41.5", "lon": "14.5"})
    assert corrected.status_code == 303
    assert "Unione Altissima" in client.get("/enti/unione-alta").text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 200_000}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"istat_code": "12345x"}, "istat_code"),
        ({"kind": "municipality"}, "istat_code"),
        ({"kind": "forum_organisation"}, "forum_category"),
        ({"kind": "city_district"}, "parent"),
        ({"kind": "empire"}, "kind"),
        ({"lat": "north"}, "lat"),
        ({"lon": "999"}, "lon"),
    ],
)
def test_a_wrong_body_is_told_beside_its_field(client: Visitor, clock: Any, more: dict[str, str], field: str) -> None:
    secretariat(client)
    facts = {"kind": "union_of_municipalities", "name": "Unione Alta", "parent": "0", "forum_category": "", **more}
    answer = client.post("/segreteria/enti/nuovo", data=facts)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert faults(answer.text) == []


def test_a_real_territory_is_imported_over_the_web(client: Visitor, clock: Any, real_data: Path) -> None:
    secretariat(client)
    preview = upload(
        client, (real_data / "comuni_napoli.csv").read_bytes(), population="pop_census_2011", date="2011-10-09"
    )
    assert faults(preview.text) == []
    assert "3.054.956" in preview.text
    assert confirm(client, preview.text).status_code == 303
    page = client.get("/enti").text
    assert "3.054.956" in page
    assert faults(page) == []
