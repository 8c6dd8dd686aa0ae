"""Minutes on their pages: written without scripts, signed by two, then read and checked by everybody."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from flask import Flask

from portal.conferences.minutes import approve, write_section
from portal.plan.word.read import read
from tests.conftest import Clock
from tests.factories import sign_in
from tests.fixtures.client import Visitor
from tests.minutes import Record

pytestmark = pytest.mark.once


@pytest.fixture
def record(client: Visitor, clock: Clock) -> Record:
    found = Record()
    clock.set(found.hall.at(65))
    return found


def address(record: Record, rest: str = "") -> str:
    return f"/sedute/{record.hall.sitting}/verbale/1{rest}"


def test_nobody_reads_a_draft_but_those_who_work_on_it(record: Record, client: Visitor) -> None:
    for rest in ("", ".pdf", ".docx", ".json", ".txt"):
        assert client.get(address(record, rest)).status_code == 404, rest
    sign_in(client, record.hall.people[1])
    assert client.get(address(record)).status_code == 404
    sign_in(client, record.clerk)
    page = client.get(address(record))
    assert page.status_code == 200 and "Anna Rossi" in page.text and "Rigenera" in page.text


def test_a_section_is_written_by_a_plain_form_and_by_the_script(record: Record, client: Visitor) -> None:
    sign_in(client, record.clerk)
    where = address(record, "/sezioni/chiusura")
    assert client.get(where).status_code == 200
    sent = client.post(where, data={"text": "Si chiude alle undici.", "base": "1"})
    assert sent.status_code == 303 and "Si chiude alle undici." in client.get(address(record)).text
    kept = client.post(
        f"{where}/bozza", data={"text": "Si chiude.", "base": "2"}, headers={"Accept": "application/json"}
    )
    assert kept.status_code == 200 and json.loads(kept.text)["base"] == 3
    shown = client.get(where).text
    assert "<del>" in shown and "<ins>" in shown
    write_section.release(record.clerk, record.id, "chiusura", now=record.hall.at(60))
    overtaken = client.post(where, data={"text": "Altro ancora.", "base": "2"})
    assert overtaken.status_code == 409 and "Altro ancora." in overtaken.text


def test_two_sign_and_everybody_reads_and_checks_what_they_signed(app: Flask, record: Record, client: Visitor) -> None:
    sign_in(client, record.general)
    seen = record.page().fingerprint
    assert client.post(address(record, "/firma"), data={"seen": seen}).status_code == 303  # the box was not ticked
    assert not record.page().signatures
    client.post(address(record, "/firma"), data={"seen": seen, "sure": "y"})
    sign_in(client, record.mayor)
    assert record.page().number in client.get("/scrivania/verbali").text
    client.post(address(record, "/firma"), data={"seen": seen, "sure": "y"})
    sign_in(client, record.clerk)
    assert client.post(address(record, "/pubblicazione"), data={"sure": "y"}).status_code == 303

    visitor = app.test_client()
    page = visitor.get(f"/sedute/{record.hall.sitting}/verbale")
    assert page.status_code == 200 and "Letto, confermato e sottoscritto" in page.text
    assert f"/sedute/{record.hall.sitting}/verbale/1" in visitor.get(f"/sedute/{record.hall.sitting}").text
    data = visitor.get(address(record, ".json")).data
    assert sha256(data).hexdigest() == seen
    for given in (seen, data.decode()):
        assert "così come è stato firmato" in visitor.post("/verifica", data={"given": given}).text


def test_the_document_comes_as_tagged_pdf_and_as_a_word_file_with_real_headings(
    record: Record, client: Visitor
) -> None:
    record.signed()
    approve.publish(record.clerk, record.id, now=record.hall.at(90))
    made = client.get(address(record, ".pdf")).data
    with pikepdf.open(BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "it"
    found, _ = read(client.get(address(record, ".docx")).data)
    headings = [block.text for block in found.blocks if block.level == 1]
    assert "Presenze" in headings and any(block.rows for block in found.blocks)


def test_the_page_of_a_sitting_that_is_over_says_who_was_there_without_names(record: Record, client: Visitor) -> None:
    shown = client.get(f"/sedute/{record.hall.sitting}").text
    assert "3 enti su 5" in shown and "6.000 abitanti su 10.000" in shown
    assert "Anna Rossi" not in shown and "Il verbale è in preparazione" in shown
