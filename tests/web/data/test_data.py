"""Open data and the reserved export, as pages and files."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from portal.db import db
from portal.journal.models import Entry
from portal.kernel.offices import Office
from portal.records.columns import Profile, of
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round
from tests.unpacked import readable


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


def test_nobody_has_everything_written_anew_all_the_time(limited: Flask) -> None:
    visitor = limited.test_client()
    answers = [visitor.get("/dati/osservazioni.xlsx") for _ in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {200}
    assert (answers[20].status_code, "Retry-After" in answers[20].headers) == (429, True)
    assert visitor.get("/dati").status_code == 200


def test_other_formats_are_not_there(client: Visitor, round_: Round) -> None:
    assert client.get("/dati/osservazioni.xls").status_code == 404
    assert client.get("/dati/dizionario.xlsx").status_code == 404
    client.sign_in(round_.lead.person_id or 0)
    assert client.post("/redazione/esporta/osservazioni.exe").status_code == 404


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.DRAFTING_OFFICER, Office.AUDITOR, Office.COUNCIL_CLERK])
def test_the_offices_download_the_reserved_file(client: Visitor, round_: Round, office: Office) -> None:
    round_.remark()
    client.sign_in(factories.holder(office).person_id or 0)
    page = client.get("/redazione/esporta")
    assert page.status_code == 200
    assert faults(page.text) == []
    sheet = client.post("/redazione/esporta/osservazioni.csv")
    assert "signed_by" in sheet.text.splitlines()[0]
    assert "osservazioni-riservato-2027-03-01.csv" in sheet.headers["Content-Disposition"]


def test_who_takes_the_reserved_file_stands_in_the_record(client: Visitor, round_: Round) -> None:
    client.sign_in(round_.lead.person_id or 0)
    assert client.get("/redazione/esporta/osservazioni.csv").status_code == 405
    client.post("/redazione/esporta/osservazioni.exe")
    client.post("/redazione/esporta/osservazioni.json")
    (entry,) = db.session.query(Entry).filter_by(kind="ReservedExportTaken")
    assert (entry.person_id, entry.facts) == (round_.lead.person_id, {"form": "json", "what": "remarks"})


def test_nobody_else_does(client: Visitor, round_: Round) -> None:
    assert client.post("/redazione/esporta/osservazioni.csv").status_code == 403
    client.sign_in(round_.mayor.person_id or 0)
    assert client.post("/redazione/esporta/osservazioni.csv").status_code == 403


def test_sheets_are_downloads_of_their_own_type(client: Visitor, round_: Round) -> None:
    round_.remark(observation="=1+1")
    for form, kind in (("xlsx", "openxmlformats"), ("ods", "opendocument.spreadsheet")):
        sheet = client.get(f"/dati/osservazioni.{form}")
        assert kind in sheet.headers["Content-Type"]
        assert f"osservazioni-2027-03-01.{form}" in sheet.headers["Content-Disposition"]
        assert "=1+1" in readable(sheet.data)
        assert "Dizionario" in readable(sheet.data)


def test_the_dictionary_is_a_file_with_every_code_in_words(client: Visitor, round_: Round) -> None:
    told = {entry["column"]: entry for entry in json.loads(client.get("/dati/dizionario.json").data)}
    assert set(told) == {column.name for column in of(Profile.RESERVED)}
    assert {"code": "change_request", "meaning": "Richiesta di modifica"} in told["kind"]["codes"]
    sheet = client.get("/dati/dizionario.csv")
    assert sheet.data.decode("utf-8-sig").splitlines()[0] == "column,type,profile,meaning,code,code_meaning"
    assert "Richiesta di modifica" in sheet.text
    assert all(f"/dati/dizionario.{form}" in client.get("/dati").text for form in ("csv", "json"))
