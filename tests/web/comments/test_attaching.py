"""Files over HTTP: by plain form, in pieces, refused in words, handed out so that they can do nothing."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.comments import attach, exchange, submit
from portal.comments.attachment_models import Attachment
from portal.comments.models import Submission
from portal.db import atomic, db
from portal.files.models import Upload
from portal.files.rules import MEBIBYTE, PIECE_LIMIT
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories, papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.writing import Desk

KEY = "0123456789abcdef"


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


@pytest.fixture
def officer(client: Visitor, desk: Desk) -> Visitor:
    return client.sign_in(desk.officer.person_id or 0)


@pytest.fixture
def sheet(desk: Desk) -> str:
    """The address of a draft's point."""
    saved = desk.draft()
    return f"/osservazioni/bozze/{saved.submission_id}/punti/{saved.comment_id}"


def attached() -> list[Attachment]:
    db.session.rollback()
    return db.session.query(Attachment).order_by(Attachment.id).all()


def by_form(visitor: Visitor, sheet: str, content: bytes, name: str = "tavola.png") -> TestResponse:
    data = {"file": (io.BytesIO(content), name)}
    return visitor.post(f"{sheet}/allegati", data=data, content_type="multipart/form-data", follow_redirects=True)


def announced(visitor: Visitor, sheet: str, size: int, name: str = "tavola.png") -> TestResponse:
    return visitor.post(f"{sheet}/allegati/annuncio", data={"key": KEY, "name": name, "size": size})


def piece(visitor: Visitor, place: dict[str, Any], at: int, words: bytes) -> TestResponse:
    return visitor.post(f"{place['pieces']}?da={at}", data=words, content_type="application/octet-stream")


def test_a_file_is_attached_by_a_plain_form_and_shown(officer: Visitor, sheet: str) -> None:
    page = by_form(officer, sheet, papers.png(), "Tavola 3.png")
    assert "Il file è allegato." in page.text
    assert faults(page.text) == []
    assert [row.name for row in attached()] == ["Tavola 3.png"]
    assert "Tavola 3.png" in officer.get(sheet).text


def test_what_was_typed_is_saved_before_one_goes_to_attach(officer: Visitor, desk: Desk) -> None:
    address = f"/osservazioni/scrivi?action=A.1&paragraph={desk.paragraph.key}"
    typed = {"kind": "support", "observation": "Bene.", "client_key": KEY, "revision": "0", "next": "attach"}
    answer = officer.post(address, data=typed)
    assert answer.status_code == 303
    assert answer.location.endswith("#allegati")
    assert "Bene." in officer.get(answer.location).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (papers.archive(), "non è un PDF"),
        (papers.with_script(), "script o comandi"),
        (b"", "Il file è vuoto"),
        (papers.png() + bytes(6 * MEBIBYTE), "MB"),
        (papers.giant_png(), "60000"),
    ],
    ids=["archive", "script", "empty", "large", "giant"],
)
def test_a_file_that_is_not_taken_is_refused_in_words(content: bytes, words: str, officer: Visitor, sheet: str) -> None:
    page = by_form(officer, sheet, content)
    assert words in page.text
    assert attached() == []


def test_a_form_without_a_file_says_so(officer: Visitor, sheet: str) -> None:
    page = officer.post(f"{sheet}/allegati", data={}, follow_redirects=True)
    assert "Scegli un file" in page.text


def test_a_file_in_pieces_goes_on_after_the_network_was_cut(officer: Visitor, sheet: str) -> None:
    content = papers.jpeg(300, 200)
    place = announced(officer, sheet, len(content)).json
    assert place
    assert piece(officer, place, 0, content[:700]).json == {"received": 700, "size": len(content)}
    again = announced(officer, sheet, len(content)).json
    assert again
    assert (again["received"], again["pieces"]) == (700, place["pieces"])
    early = officer.post(again["finish"], data={})
    assert (early.status_code, early.json and early.json["received"]) == (409, 700)
    assert piece(officer, again, 0, content[:900]).status_code == 409
    assert piece(officer, again, 700, content[700:]).json == {"received": len(content), "size": len(content)}
    done = officer.post(again["finish"], data={})
    assert done.json
    assert "tavola.jpg" in done.json["list"]
    assert len(attached()) == 1
    assert db.session.query(Upload).count() == 0
    told = announced(officer, sheet, len(content)).json
    assert told
    assert told["attached"] == attached()[0].id


def test_a_bad_file_in_pieces_is_refused_and_forgotten(officer: Visitor, sheet: str) -> None:
    content = papers.with_script()
    place = announced(officer, sheet, len(content)).json
    assert place
    piece(officer, place, 0, content)
    refused = officer.post(place["finish"], data={})
    assert refused.status_code == 422
    assert "script o comandi" in (refused.json or {})["words"]
    assert (attached(), db.session.query(Upload).count()) == ([], 0)


def test_pieces_are_bounded_and_for_whoever_announced_them(client: Visitor, officer: Visitor, sheet: str) -> None:
    assert announced(officer, sheet, 6 * MEBIBYTE).status_code == 422
    place = announced(officer, sheet, MEBIBYTE).json
    assert place
    assert piece(officer, place, 0, bytes(PIECE_LIMIT + 1)).status_code == 413
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    assert piece(client, place, 0, b"x").status_code == 404
    assert client.get(place["pieces"]).status_code == 404
    assert client.post(place["finish"], data={}).status_code == 404


def test_a_file_comes_back_so_that_no_page_of_ours_runs_it(client: Visitor, desk: Desk, app: Flask) -> None:
    saved = desk.draft()
    number = papers.attached(desk.officer, saved.comment_id, papers.pdf(), "Però «così».pdf", folder(app))
    submit.submit(desk.mayor, saved.submission_id, now=NOW)
    page = client.get(f"/allegati/{number}/qualunque.pdf")
    assert page.data == papers.pdf() or page.data.startswith(b"%PDF-")
    assert page.content_type == "application/pdf"
    assert page.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Per%C3%B2" in page.headers["Content-Disposition"]
    assert page.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/allegati/{number}/x", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    part = client.get(f"/allegati/{number}/x", headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.data) == (206, b"%PDF-")


def test_the_receipt_and_the_page_of_the_remark_list_the_files(client: Visitor, desk: Desk, app: Flask) -> None:
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.pdf(), "Relazione.pdf", folder(app))
    code = submit.submit(desk.mayor, saved.submission_id, now=NOW)
    number = db.session.get_one(Submission, saved.submission_id).comments[0].number
    for address in (f"/ricevute/{code}", f"/osservazioni/{number}"):
        page = client.get(address)
        assert "Relazione.pdf" in page.text
        assert faults(page.text) == []


def folder(app: Flask) -> Path:
    found: Path = app.extensions["store"].data_dir
    return found


@pytest.fixture
def little_room(app: Flask) -> Iterator[Path]:
    """A disk for files on their way that holds a hundred kilobytes."""
    place = folder(app) / "uploads"
    place.mkdir(parents=True, exist_ok=True)
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("a disk of our own can be mounted by root alone; the same without one is in test_receive")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_the_file_goes_on_when_there_is_room(
    officer: Visitor, sheet: str, desk: Desk, little_room: Path
) -> None:
    content = papers.jpeg(400, 300, quality=98)
    (little_room / "other").write_bytes(bytes(60_000))
    place = announced(officer, sheet, len(content)).json
    assert place
    assert piece(officer, place, 0, content[:30_000]).status_code == 200
    full = piece(officer, place, 30_000, content[30_000:])
    assert full.status_code == 507
    assert "Quello che hai scritto è salvato" in (full.json or {})["words"]
    assert (officer.get(place["pieces"]).json or {})["received"] == 30_000
    assert "La seconda frase va chiarita." in officer.get(sheet).text
    (little_room / "other").unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", str(little_room)], check=True)
    assert piece(officer, place, 30_000, content[30_000:]).status_code == 200


def test_a_full_disk_under_a_plain_form_loses_nothing_that_was_written(
    officer: Visitor, sheet: str, little_room: Path
) -> None:
    page = by_form(officer, sheet, papers.large_pdf(), "grande.pdf")
    assert "Non c’è spazio per i file" in page.text
    assert "La seconda frase va chiarita." in page.text
    assert attached() == []
    assert list(little_room.iterdir()) == []


@pytest.mark.once
def test_a_hidden_file_opens_for_a_reason_and_leaves_a_trace(client: Visitor, desk: Desk, app: Flask) -> None:
    saved = desk.draft()
    number = papers.attached(desk.officer, saved.comment_id, papers.pdf(), "carta.pdf", folder(app))
    submit.submit(desk.mayor, saved.submission_id, now=NOW)
    secretary, moderator = factories.holder(Office.SECRETARIAT), factories.holder(Office.MODERATOR)
    hide(secretary, number)
    address = f"/allegati/{number}/carta.pdf"
    assert client.sign_in(desk.mayor.person_id or 0).get(address).content_type == "application/pdf"

    client.sign_in(secretary.person_id or 0)
    asked = client.get(address)
    assert (asked.mimetype, faults(asked.text)) == ("text/html", [])
    assert client.post(address, data={"reason": "no"}).status_code == 422
    opened = client.post(address, data={"reason": "Richiesta di accesso agli atti prot. 112"})
    assert (opened.content_type, opened.headers["Cache-Control"]) == ("application/pdf", "no-store")
    (entry,) = db.session.query(Entry).filter_by(kind="HiddenFileOpened")
    assert entry.facts["attachment_id"] == number
    remark = db.session.query(Attachment).one().comment_id
    assert [row.reason for row in exchange.dossier(remark, NOW).openings] == [
        "Richiesta di accesso agli atti prot. 112"
    ]

    client.sign_in(moderator.person_id or 0)
    assert "form method" not in client.get(address).text.split("<main")[1]
    assert client.post(address, data={"reason": "Vorrei leggere il documento"}).status_code == 403


@atomic()
def hide(secretary: Actor, number: int) -> None:
    attach.hide(secretary, [number], now=NOW)
