"""The dispatch log says what left, what did not and what came back, and never shows a text."""

from __future__ import annotations

import pytest

from portal.db import atomic
from portal.jobs import queries, queue
from portal.jobs.bounce import take_in
from portal.jobs.models import Mail
from portal.jobs.rules import MailState
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.rules.jobs.reports import report


@atomic()
def _write(recipient: str) -> Mail:
    return queue.enqueue(f"test:{recipient}", "test", None, recipient, "Oggetto in chiaro", "testo riservato", now=NOW)


def _bounced(recipient: str) -> Mail:
    mail = _write(recipient)
    queue.claim(now=NOW)
    queue.mark_sent(mail.id, now=NOW)
    take_in(Actor.system(), report(mail.message_id, recipient), now=NOW)
    return mail


def test_what_waits_is_listed_by_address_and_subject_without_its_text(client: Visitor, clock: Clock) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT), now=clock.now())
    _write("una@prova.example")
    _write("altra@prova.example")
    page = client.get("/segreteria/posta").text
    assert "una@prova.example" in page
    assert "Oggetto in chiaro" in page
    assert "testo riservato" not in page
    assert "2 messaggi non sono ancora partiti" in page


def test_the_log_can_be_narrowed_to_one_address_and_one_state(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    _write("una@prova.example")
    _bounced("altra@prova.example")
    one = client.get("/segreteria/posta", query_string={"a": "una@prova.example"}).text
    assert '<th scope="row"><a href="/segreteria/posta?a=altra@prova.example' not in one
    back = client.get("/segreteria/posta", query_string={"stato": "bounced"}).text
    assert "User unknown" in back
    assert '<th scope="row"><a href="/segreteria/posta?a=una@prova.example' not in back


def test_the_addresses_that_take_no_mail_stand_above_the_list(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    _bounced("altra@prova.example")
    for address in ("/segreteria/posta", "/segreteria/posta/destinatari"):
        assert "1 indirizzo non riceve posta" in client.get(address).text


def test_the_secretariat_sends_again_with_one_button(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    mail = _bounced("altra@prova.example")
    assert f"/segreteria/posta/{mail.id}/rispedisci" in client.get("/segreteria/posta").text
    done = client.post(f"/segreteria/posta/{mail.id}/rispedisci", follow_redirects=True)
    assert "Il messaggio a altra@prova.example sarà rispedito" in done.text
    found = queries.message(mail.id)
    assert found is not None and found.state is MailState.WAITING
    again = client.post(f"/segreteria/posta/{mail.id}/rispedisci", follow_redirects=True)
    assert "già in attesa di partire" in again.text


def test_who_watches_sees_no_button_and_cannot_send(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.AUDITOR))
    mail = _bounced("altra@prova.example")
    assert "rispedisci" not in client.get("/segreteria/posta").text
    assert client.post(f"/segreteria/posta/{mail.id}/rispedisci").status_code == 403


def test_the_page_of_a_person_says_that_mail_comes_back(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    someone = factories.person(email="altra@prova.example")
    assert "tornano indietro" not in client.get(f"/segreteria/persone/{someone.id}").text
    _bounced("altra@prova.example")
    assert "tornano indietro" in client.get(f"/segreteria/persone/{someone.id}").text


@pytest.mark.parametrize("address", ["/segreteria/posta", "/segreteria/posta/destinatari"])
def test_long_lists_go_on_page_by_page(client: Visitor, address: str) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    for n in range(60):
        _write(f"persona{n:02}@prova.example")
    page = client.get(address).text
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert page.count("Oggetto in chiaro") in {50, 0}
    assert client.get(following).text.count('<th scope="row"') == 10
