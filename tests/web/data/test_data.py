"""Open data and the reserved export, as pages and files."""

from __future__ import annotations

import json

import pytest

from portal.kernel.offices import Office
from portal.records.columns import Profile, of
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def test_the_page_tells_licence_and_columns(client: Visitor, round_: Round) -> None:
    page = client.get("/dati")
    assert page.status_code == 200
    assert "CC BY 4.0" in page.text
    assert all(f"<code>{column.name}</code>" in page.text for column in of(Profile.PUBLIC))
    assert faults(page.text) == []


def test_the_files_are_downloads_in_utf_8(client: Visitor, round_: Round) -> None:
    round_.remark(observation="Perché così?")
    sheet = client.get("/dati/osservazioni.csv")
    assert sheet.data.startswith(b"\xef\xbb\xbfnumber,")
    assert "Perché così?" in sheet.data.decode("utf-8-sig")
    assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="osservazioni-2027-03-01.csv"'
    told = json.loads(client.get("/dati/osservazioni.json").data)
    assert told["remarks"][0]["observation"] == "Perché così?"


def test_other_formats_are_not_there(client: Visitor, round_: Round) -> None:
    assert client.get("/dati/osservazioni.xlsx").status_code == 404
    client.sign_in(round_.lead.person_id or 0)
    assert client.get("/redazione/esporta/osservazioni.exe").status_code == 404


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.DRAFTING_OFFICER, Office.AUDITOR, Office.COUNCIL_CLERK])
def test_the_offices_download_the_reserved_file(client: Visitor, round_: Round, office: Office) -> None:
    round_.remark()
    client.sign_in(factories.holder(office).person_id or 0)
    page = client.get("/redazione/esporta")
    assert page.status_code == 200
    assert faults(page.text) == []
    sheet = client.get("/redazione/esporta/osservazioni.csv")
    assert "signed_by" in sheet.text.splitlines()[0]
    assert "osservazioni-riservato-2027-03-01.csv" in sheet.headers["Content-Disposition"]


def test_nobody_else_does(client: Visitor, round_: Round) -> None:
    assert client.get("/redazione/esporta/osservazioni.csv").status_code == 302
    client.sign_in(round_.mayor.person_id or 0)
    assert client.get("/redazione/esporta/osservazioni.csv").status_code == 403
