"""One's own mail is read again in the portal, by its addressee alone; news ends in one click."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.choose_mail import pace_of
from portal.accounts.rules import Pace
from portal.jobs import queue
from portal.kernel.clock import at_rome
from portal.kernel.offices import Office
from portal.kernel.seal import sealed
from portal.news.rules import NO_MORE
from portal.notify import listen, news
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.remarks import Round


@pytest.fixture
def reader() -> Any:
    return factories.holder(Office.MAYOR, factories.body("Comune di Prova"))


def put(who: Any, n: int = 1, template: str = "receipt", text: str = "Testo della ricevuta https://a.example/x") -> int:
    return queue.enqueue(f"entry:{n}", template, who.person_id, who.email, f"Messaggio {n}", text, now=NOW).id


def token(app: Flask, person_id: int, purpose: str = NO_MORE) -> str:
    return sealed(app.extensions["settings"].secret_key, purpose, str(person_id))


def test_every_letter_is_there_but_those_that_open_the_portal(client: Visitor, reader: Any) -> None:
    mail_id, link_id = put(reader), put(reader, 2, "sign_in_link", "https://a.example/accesso/segreto")
    client.sign_in(reader.person_id)
    page = client.get("/profilo/posta").text
    assert "Messaggio 1" in page
    assert "Messaggio 2" not in page
    letter = client.get(f"/profilo/posta/{mail_id}").text
    assert "Testo della ricevuta" in letter
    assert 'href="https://a.example/x"' in letter
    assert client.get(f"/profilo/posta/{link_id}").status_code == 404


def test_the_letters_of_others_are_not_there(client: Visitor, reader: Any) -> None:
    mail_id = put(reader)
    client.sign_in(factories.holder(Office.SECRETARIAT).person_id or 0)
    assert client.get(f"/profilo/posta/{mail_id}").status_code == 404
    assert "Messaggio 1" not in client.get("/profilo/posta").text


def test_who_has_not_signed_in_is_asked_to(client: Visitor, reader: Any) -> None:
    assert client.get(f"/profilo/posta/{put(reader)}").status_code == 302


def test_old_letters_follow_page_by_page(client: Visitor, reader: Any) -> None:
    for n in range(35):
        put(reader, n)
    client.sign_in(reader.person_id)
    page = client.get("/profilo/posta").text
    assert page.index("Messaggio 34") < page.index("Messaggio 33")
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Messaggio 4<" in client.get(older).text


def test_a_letter_of_news_shows_what_is_public_today(client: Visitor, clock: Clock) -> None:
    rounds, neighbour = Round(), factories.holder(Office.MAYOR, factories.body("Comune Vicino"))
    news.digests()
    rounds.remark(signer=neighbour, now=NOW - timedelta(hours=1))
    row, other = rounds.remark(observation="Da nascondere."), rounds.remark(observation="Da mostrare <b>sempre</b>.")
    listen.hear()
    clock.set(at_rome(date(2027, 3, 2), time(7)))
    news.digests()
    client.sign_in(neighbour.person_id or 0)
    address = client.get("/profilo/posta").text.split('href="/profilo/posta/')[1].split('"')[0]
    page = client.get(f"/profilo/posta/{address}").text
    assert "Da nascondere." in page and "Da mostrare &lt;b&gt;" in page and f"/osservazioni/{other.number}" in page
    rounds.refuse(row, now=clock.now())
    assert "Da nascondere." not in client.get(f"/profilo/posta/{address}").text


def test_the_choice_is_saved_by_a_plain_form(client: Visitor, reader: Any) -> None:
    client.sign_in(reader.person_id)
    page = client.post("/profilo/posta/novita", data={"news": "at_once"}, follow_redirects=True)
    assert "La tua scelta è stata salvata" in page.text
    assert pace_of(reader.person_id) is Pace.AT_ONCE
    assert client.post("/profilo/posta/novita", data={"news": "weekly"}).status_code == 422


def test_reading_the_address_changes_nothing_and_the_button_does(app: Flask, client: Visitor, reader: Any) -> None:
    address = f"/posta/disdici/{token(app, reader.person_id)}"
    assert "Non mandarmi più novità" in client.get(address).text
    assert pace_of(reader.person_id) is Pace.DAILY
    assert "non ricevi più novità" in client.post(address).text
    assert pace_of(reader.person_id) is Pace.NEVER


def test_a_mail_program_ends_it_by_itself(app: Flask, client: Visitor, reader: Any) -> None:
    client.forgery = True
    app.config["WTF_CSRF_ENABLED"] = True
    done = client.post(
        f"/posta/disdici/{token(app, reader.person_id)}",
        data={"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://posta.example"},
    )
    assert done.status_code == 200
    assert pace_of(reader.person_id) is Pace.NEVER


@pytest.mark.parametrize("wrong", ["1.x", "nothing", "99999999999.x"])
def test_an_address_that_nobody_sealed_is_not_there(client: Visitor, wrong: str) -> None:
    assert client.get(f"/posta/disdici/{wrong}").status_code == 404
    assert client.post(f"/posta/disdici/{wrong}").status_code == 404


def test_a_seal_for_another_purpose_opens_nothing(app: Flask, client: Visitor, reader: Any) -> None:
    assert client.post(f"/posta/disdici/{token(app, reader.person_id, 'sign in')}").status_code == 404
