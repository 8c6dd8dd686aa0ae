"""The page of a closed vote and its files: the sentence first, exact figures, and a stranger can count again."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.db import db
from portal.voting import close as closing
from portal.voting import open_poll, prepare, proclaim
from portal.voting.models import PollSeat
from portal.voting.rules import Choice, Matter
from portal.web import pdf
from tests.annulling import annulled
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum import Forum
from tests.house.html import faults
from tests.votes import Hall
from tests.web.plan.test_reading import statements

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall((390_000, 300_000, 200_000, 109_999, 1), vacant=(5,))


def test_a_vote_that_fails_by_little_is_explained(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: NO, 2: YES, 4: ABSTAIN, 3: NO})
    page = client.get(f"/votazioni/{number}").text
    assert faults(page) == []
    sentence = page[page.index('class="verdict') :][:900]
    assert "soglia non raggiunta" in sentence and "ne mancano 100.000" in sentence
    for words in ("1 di 5 &lt; 2", "300.000 di 1.000.000 = 30 % &lt; 40 %", "1 seggio vacante resta nella base"):
        assert words in page


def test_the_page_of_a_result_asks_the_database_little(
    client: Visitor, hall: Hall, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "KEEP_PAGES", True)
    number = hall.closed({1: YES, 2: YES, 3: NO})
    for reader, most in ((None, 5), (hall.clerk, 6), (hall.mayors[1], 6)):
        if reader:
            client.sign_in(reader.person_id or 0)
        client.get(f"/votazioni/{number}")
        with statements(most):
            page = client.get(f"/votazioni/{number}").text
        assert ("La tua risposta" in page) is (reader == hall.mayors[1])


def test_a_near_miss_is_enlarged_and_a_far_one_is_not(client: Visitor, clock: Clock) -> None:
    near = Hall((399_500, 600_400, 100)).closed({1: YES, 3: YES})
    page = client.get(f"/votazioni/{near}").text
    assert "solo 400 meno della soglia" in page and 'class="lens"' in page
    assert "399.600 di 1.000.000 = 39,96 % &lt; 40 %" in page


def test_what_passed_says_so_with_its_margin(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: YES, 2: YES, 3: NO})
    page = client.get(f"/votazioni/{number}").text
    assert "approvat" in page[page.index('class="verdict') :][:400].lower()
    assert "non ha ancora proclamato" in page
    proclaim.proclaim(hall.clerk, number, now=NOW)
    assert "non ha ancora proclamato" not in client.get(f"/votazioni/{number}").text
    client.set_cookie("lang", "en")
    assert "Passed" in client.get("/votazioni").text


def test_english_says_the_same(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: YES, 2: YES})
    client.set_cookie("lang", "en")
    page = client.get(f"/votazioni/{number}").text
    assert "690,000 of 1,000,000 = 69 % &gt;= 40 %" in page and faults(page) == []


def test_every_seat_stands_in_the_table_beside_the_pictures(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: YES, 2: NO, 3: ABSTAIN})
    page = client.get(f"/votazioni/{number}").text
    table = page[page.index("cards-on-phone seats") :]
    assert [f"Comune 00{n}" in table for n in range(1, 6)] == [True] * 5
    assert "Seggio vacante" in table and "Nessuna risposta" in table and "Scheda personale" in table


def test_csv_and_json_say_the_same_and_no_cell_is_a_formula(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    seat = db.session.query(PollSeat).filter_by(poll_id=number, number=3).one()
    seat.name = "=1+1"
    db.session.commit()
    hall.say(number, {1: YES, 2: NO})
    closing.close(hall.clerk, number, now=NOW)
    text = client.get(f"/votazioni/{number}/risultato.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["answer"] for row in rows] == ["yes", "no", "", "", ""]
    assert rows[2]["name"] == "'=1+1" and rows[0]["residents"] == "390000"
    found = json.loads(client.get(f"/votazioni/{number}/risultato.json").text)
    assert [s["answer"] for s in found["seats"]] == ["yes", "no", None, None, None]
    assert found["outcome"]["verdict"] == "not_reached"
    assert found["words"]["it"][1] == "390.000 di 1.000.000 = 39 % < 40 %"
    assert found["words"]["en"][1] == "390,000 of 1,000,000 = 39 % < 40 %"


def test_the_file_and_the_verifier_that_are_handed_out_agree(client: Visitor, hall: Hall, tmp_path: Path) -> None:
    number = hall.closed({1: YES, 2: YES, 3: NO})
    for name, address in (("voto.json", f"{number}/esportazione.json"), ("verify.py", "verify.py")):
        (tmp_path / name).write_bytes(client.get(f"/votazioni/{address}").get_data())
    head = client.get(f"/votazioni/{number}").text.split("--head ")[1][:64]
    command = [sys.executable, "-I", "verify.py", "voto.json", "--head"]
    assert subprocess.run([*command, head], cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert subprocess.run([*command, "0" * 64], cwd=tmp_path, capture_output=True, check=False).returncode == 1
    file = tmp_path / "voto.json"
    file.write_text(file.read_text().replace('"choice": "no"', '"choice": "yes"', 1))
    assert subprocess.run([*command, head], cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_pdf_is_a_tagged_document(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: YES})
    answer = client.get(f"/votazioni/{number}/risultato.pdf")
    document = answer.get_data()
    assert (answer.mimetype, document[:5]) == ("application/pdf", b"%PDF-")
    inside = b"".join(_opened(document))
    assert b"/MarkInfo" in inside and b"/StructTreeRoot" in inside and b"pdfuaid" in inside and b"/Lang" in inside
    assert client.get(f"/votazioni/{number}/risultato.pdf").get_data() == document


def _opened(document: bytes) -> Iterator[bytes]:
    """The parts of a document, unpacked."""
    yield document
    for part in re.findall(rb"stream\n(.*?)\nendstream", document, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(part)


def test_a_document_reads_no_file_and_no_address(tmp_path: Path) -> None:
    secret = tmp_path / "segreto.txt"
    secret.write_text("x" * 100_000)
    links = f'<a rel="attachment" href="file://{secret}">a</a><img alt="" src="http://127.0.0.1:9/x.png">'
    page = f"<!doctype html><html lang=it><title>Prova</title><h1>Prova</h1><p>{links}</p></html>"
    plain = page.replace(links, "a")
    assert abs(len(pdf.document(page)) - len(pdf.document(plain))) < 5_000


def test_an_annulled_result_stays_readable_and_is_marked(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: YES, 2: YES})
    annulled(hall.clerk, hall.general, number, "L'elenco degli aventi diritto era sbagliato.", now=NOW)
    page = client.get(f"/votazioni/{number}").text
    assert "Questa votazione è annullata: non vale" in page and "prima dell’annullamento" in page
    assert faults(page) == []
    assert json.loads(client.get(f"/votazioni/{number}/risultato.json").text)["state"] == "annulled"


def test_one_head_one_vote_shows_no_residents_and_no_map(client: Visitor, clock: Clock) -> None:
    clerk = Forum(3).clerk
    number = prepare.prepare(clerk, prepare.Question("Parere del Forum?", Matter.FORUM_OPINION), now=NOW)
    open_poll.open_poll(clerk, number, now=NOW)
    closing.close(clerk, number, now=NOW)
    page = client.get(f"/votazioni/{number}").text
    assert "numero legale" in page.lower() and "Abitanti" not in page and "map-point" not in page
    assert faults(page) == []


def test_what_is_not_there_is_not_found(client: Visitor, hall: Hall) -> None:
    assert client.get("/votazioni/99").status_code == 404
    assert client.get("/votazioni/99/risultato.csv").status_code == 404
    assert client.get("/votazioni/regole/R99").status_code == 404
