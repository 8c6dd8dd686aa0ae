"""Signing in and out over the web."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from portal.accounts.request_link import issue_link
from portal.accounts.set_password import set_password
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.fixtures.client import Visitor

SECRET = "lampada cesto vigna nuvola"


def mails() -> list[Mail]:
    return list(db.session.scalars(sa.select(Mail).order_by(Mail.id)))


def address_in(mail: Mail) -> str:
    found = re.search(r"http://localhost(/accesso/\S+)", mail.text)
    assert found
    return found.group(1)


def ask(client: Visitor, email: str, **more: str) -> Any:
    return client.post("/accesso/collegamento", data={"email": email, **more})


def signed_in(client: Visitor) -> bool:
    return bool(client.get("/profilo").status_code == 200)


def test_the_whole_way_from_the_address_to_the_page_one_wanted(client: Visitor, clock: Any) -> None:
    factories.mandate(factories.person("Anna", "anna@comune.example"), factories.body(), Office.MAYOR)
    first = client.get("/profilo")
    assert first.status_code == 302
    assert first.location == "/accesso?next=/profilo"

    assert ask(client, "anna@comune.example", next="/profilo").status_code == 200
    [mail] = mails()
    address = address_in(mail)
    assert client.get(address).status_code == 200
    assert not signed_in(client), "opening the address must not sign in"

    entered = client.post(address)
    assert entered.status_code == 303
    assert entered.location == "/accesso/informativa?next=/profilo"
    assert client.get("/enti").location == "/accesso/informativa?next=/enti", "the notice comes first"
    assert client.post("/accesso/informativa", data={"next": "/profilo"}).status_code == 422
    done = client.post("/accesso/informativa", data={"read": "y", "next": "/profilo"})
    assert (done.status_code, done.location) == (303, "/profilo")
    assert "anna@comune.example" in client.get("/profilo").text

    again = client.post(address)
    assert again.status_code == 410
    assert "già stato usato" in again.text


def test_the_notice_is_shown_once(client: Visitor, clock: Any) -> None:
    factories.person(email="anna@comune.example")
    for expected in ("/accesso/informativa?next=/", "/"):
        token = issue_link(Actor.system(), "anna@comune.example", now=clock.now())
        assert client.post(f"/accesso/{token}").location == expected
        client.post("/accesso/informativa", data={"read": "y"})
        client.post("/accesso/uscita")


def test_a_known_and_an_unknown_address_are_answered_alike(client: Visitor) -> None:
    factories.person(email="anna@comune.example")
    known, unknown = ask(client, "anna@comune.example"), ask(client, "bruno@comune.example")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("anna", "bruno") == unknown.text
    assert len(mails()) == 1


def test_the_mail_speaks_the_language_of_the_person(client: Visitor) -> None:
    factories.person(email="anna@comune.example")
    ask(client, "anna@comune.example")
    assert mails()[0].subject == "Il tuo collegamento per accedere"


@pytest.mark.parametrize("email", ["", "   ", "anna", "anna@comune.it\r\nBcc: x@y.it", "<script>", "a" * 5000])
def test_what_is_no_address_is_said_beside_the_field(client: Visitor, email: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert mails() == []


def test_an_expired_link_says_so_and_offers_a_new_one(client: Visitor, clock: Any) -> None:
    factories.person(email="anna@comune.example")
    token = issue_link(Actor.system(), "anna@comune.example", now=clock.now())
    clock.forward(minutes=30)
    for answer in (client.get(f"/accesso/{token}"), client.post(f"/accesso/{token}")):
        assert answer.status_code == 410
        assert "scaduto" in answer.text
        assert 'action="/accesso/collegamento"' in answer.text


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "http:evil.example"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(client: Visitor, clock: Any, target: str) -> None:
    factories.person(email="anna@comune.example")
    ask(client, "anna@comune.example", next=target)
    address = address_in(mails()[0])
    assert parse_qs(urlsplit(address).query)["next"] == ["/"]
    token = urlsplit(address).path
    assert client.post(token, data={"next": target}).location == "/accesso/informativa?next=/"


def test_a_password_opens_and_a_wrong_one_does_not(client: Visitor, clock: Any) -> None:
    who = factories.person(email="anna@comune.example")
    set_password(factories.actor(who), SECRET, "", now=clock.now())
    wrong = client.post("/accesso/password", data={"email": "anna@comune.example", "password": "sbagliata"})
    assert wrong.status_code == 422
    assert "sbagliata" not in wrong.text
    assert not signed_in(client)
    right = client.post("/accesso/password", data={"email": "Anna@comune.example", "password": SECRET})
    assert right.status_code == 303
    client.post("/accesso/informativa", data={"read": "y"})
    assert signed_in(client)


def test_the_session_of_the_visitor_is_not_kept_at_sign_in(client: Visitor, clock: Any) -> None:
    who = factories.person(email="anna@comune.example")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["acting"] = 12345
    token = issue_link(Actor.system(), who.email or "", now=clock.now())
    client.post(f"/accesso/{token}")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "acting" not in cookie
        assert cookie["_user_id"] != token


def test_a_session_that_was_ended_is_worth_nothing(client: Visitor, app: Any, clock: Any) -> None:
    who = factories.person()
    client.sign_in(who.id)
    other = app.test_client()
    other.sign_in(who.id)
    assert signed_in(other)
    client.post("/profilo/sessioni/chiudi-altre")
    assert signed_in(client)
    assert not signed_in(other)
    client.post("/accesso/uscita")
    assert not signed_in(client)


def test_forms_without_the_token_are_refused(client: Visitor) -> None:
    client.forgery = True
    for address in ("/accesso/collegamento", "/accesso/password", "/accesso/x", "/agisci-per", "/accesso/uscita"):
        assert client.post(address, data={"email": "anna@comune.example"}).status_code == 400


def test_a_mandate_that_is_not_ones_own_cannot_be_acted_under(client: Visitor, clock: Any) -> None:
    mine, stranger = factories.person(), factories.person()
    factories.mandate(mine, factories.body("Comune mio"), Office.MAYOR)
    other = factories.mandate(mine, factories.body("Comune secondo"), Office.DEPUTY_MAYOR)
    theirs = factories.mandate(stranger, factories.body("Comune altrui"), Office.MAYOR)
    client.sign_in(mine.id)
    assert "Comune mio" in client.get("/profilo").text
    assert client.post("/agisci-per", data={"mandate": str(theirs.id)}).status_code == 403
    assert client.post("/agisci-per", data={"mandate": str(other.id), "next": "/enti"}).location == "/enti"
    acting = re.search(r'class="site-acting".*?</p>', client.get("/enti").text, re.DOTALL)
    assert acting
    assert "Comune secondo" in acting.group()


def test_an_ended_mandate_opens_nothing_the_day_after(client: Visitor, clock: Any) -> None:
    who = factories.person()
    mandate = factories.mandate(who, factories.body(), Office.MAYOR, ends_on=clock.now().date())
    client.sign_in(who.id, acting=mandate.id)
    assert client.get("/scrivania/incarichi").status_code == 200
    clock.forward(days=1)
    assert client.get("/scrivania/incarichi").status_code == 403
    assert client.post("/scrivania/incarichi", data={"mandate": str(mandate.id)}).status_code == 403


def test_who_holds_nothing_any_more_is_told_on_every_page(client: Visitor, clock: Any) -> None:
    who = factories.person()
    factories.mandate(who, factories.body(), Office.MAYOR, ends_on=clock.now().date())
    client.sign_in(who.id)
    assert "Non hai incarichi in vigore" not in client.get("/").text
    clock.forward(days=1)
    for page in (client.get("/").text, client.get("/scrivania").text):
        assert "Non hai incarichi in vigore" in page
        assert 'href="/profilo"' in page


@pytest.mark.parametrize("address", ["/accesso/collegamento", "/accesso/password"])
def test_one_address_cannot_be_tried_without_end(limited: Any, address: str) -> None:
    with limited.app_context():
        statuses = []
        for n in range(7):
            client = limited.test_client()
            data = {"email": "Anna@comune.example", "password": "x"}
            statuses.append(client.post(address, data=data, environ_base={"REMOTE_ADDR": f"10.0.0.{n}"}).status_code)
        assert statuses[:5] != [429] * 5
        assert statuses[5:] == [429, 429]


def test_one_machine_cannot_try_address_after_address(limited: Any) -> None:
    with limited.app_context():
        client = limited.test_client()
        statuses = [
            client.post("/accesso/collegamento", data={"email": f"p{n}@comune.example"}).status_code for n in range(11)
        ]
        assert statuses == [200] * 10 + [429]
        assert "attend" in client.post("/accesso/collegamento", data={"email": "x@comune.example"}).text.lower()
