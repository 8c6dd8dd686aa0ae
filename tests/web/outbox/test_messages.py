"""The outbox shows the demonstration's mail, and does not exist anywhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from portal.jobs import queue
from tests.factories import NOW
from tests.fixtures.client import Visitor


@pytest.fixture
def demonstration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], demo=True))


def put(n: int, to: str = "anna@prova.example", text: str = "Testo") -> int:
    return queue.enqueue(f"entry:{n}", "receipt", None, to, f"Messaggio {n}", text, now=NOW).id


@pytest.mark.parametrize(
    "setting", [{"demo": False}, {"production": True}, {"mail_url": "smtp://posta.example"}], ids=str
)
def test_outside_a_demonstration_there_is_no_outbox(
    setting: dict[str, object], demonstration: None, app: Flask, client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_id = put(1)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **setting))
    assert client.get("/posta").status_code == 404
    assert client.get(f"/posta/{mail_id}").status_code == 404


def test_an_empty_outbox_says_what_will_come(demonstration: None, client: Visitor) -> None:
    assert "Nessun messaggio" in client.get("/posta").text


def test_the_newest_come_first_and_older_ones_follow(demonstration: None, client: Visitor) -> None:
    for n in range(30):
        put(n)
    page = client.get("/posta").text
    assert page.index("Messaggio 29") < page.index("Messaggio 28")
    assert "Messaggio 4<" not in page
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Messaggio 4<" in client.get(older).text


def test_the_messages_of_one_reader(demonstration: None, client: Visitor) -> None:
    put(1), put(2, "bruno@prova.example")
    page = client.get("/posta?a=Bruno@prova.example ").text
    assert "Messaggio 2" in page
    assert "Messaggio 1" not in page


def test_links_work_and_nothing_else_is_markup(demonstration: None, client: Visitor) -> None:
    mail_id = put(1, text="Apri http://localhost/accesso/abc e <script>alert(1)</script>")
    page = client.get(f"/posta/{mail_id}").text
    assert 'href="http://localhost/accesso/abc"' in page
    assert "<script>alert" not in page


def test_a_message_that_is_not_there(demonstration: None, client: Visitor) -> None:
    assert client.get("/posta/999").status_code == 404
