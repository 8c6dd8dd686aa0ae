"""Pages of people: what they show, to whom, and what they do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from portal.accounts import queries, search
from portal.db import db
from portal.kernel.offices import BodyKind, ForumCategory, Office
from tests import factories
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults

TEXTS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "Zoë 🍇 \u202eabc", "O'Brien & figli"]


def sign_in(client: Visitor, office: Office, where: Any = None) -> Any:
    actor = factories.holder(office, where)
    client.sign_in(actor.person_id or 0)
    return actor


def grant(**more: Any) -> dict[str, Any]:
    return {"email": "nuova@comune.example", "name": "Nuova Persona", "starts_on": "2027-03-01", **more}


def test_every_page_is_a_good_page(client: Visitor, clock: Any) -> None:
    comune = factories.body("Comune di Prova")
    mayor = factories.person("Sindaca di Prova")
    mandate = factories.mandate(mayor, comune, Office.MAYOR)
    pages = ["/accesso", "/accesso/nothing", "/privacy", "/accessibilita"]
    assert {page: faults(client.get(page).text) for page in pages} == {page: [] for page in pages}

    sign_in(client, Office.SECRETARIAT)
    pages = [
        "/accesso/informativa", "/profilo", "/profilo/cancella", "/segreteria/persone", "/segreteria/persone?q=zzz",
        "/segreteria/persone/nuova", f"/segreteria/persone/{mayor.id}", f"/segreteria/incarichi/{mandate.id}/termina",
    ]  # fmt: skip
    assert {page: faults(client.get(page).text) for page in pages} == {page: [] for page in pages}
    client.sign_in(mayor.id)
    assert faults(client.get("/scrivania/incarichi").text) == []


@pytest.mark.parametrize(
    ("office", "address", "status"),
    [
        (Office.SECRETARIAT, "/segreteria/persone", 200),
        (Office.AUDITOR, "/segreteria/persone", 200),
        (Office.AUDITOR, "/segreteria/persone/nuova", 403),
        (Office.DRAFTING_LEAD, "/segreteria/persone", 403),
        (Office.MODERATOR, "/segreteria/persone/1", 403),
        (Office.AUDITOR, "/scrivania/incarichi", 403),
        (Office.SECRETARIAT, "/segreteria/persone/999999", 404),
        (Office.SECRETARIAT, "/segreteria/persone/99999999999999999999", 404),
        (Office.SECRETARIAT, "/segreteria/persone/nuova?persona=99999999999999999999", 200),
        (Office.SECRETARIAT, "/segreteria/incarichi/999999/termina", 404),
    ],
)
def test_pages_open_to_their_office_only(
    client: Visitor, clock: Any, office: Office, address: str, status: int
) -> None:
    sign_in(client, office)
    assert client.get(address).status_code == status


def test_a_mayor_sees_no_register_and_no_other_body(client: Visitor, clock: Any) -> None:
    mine, other = factories.body("Comune mio"), factories.body("Comune altrui")
    stranger = factories.mandate(factories.person("Persona altrui"), other, Office.OFFICER)
    sign_in(client, Office.MAYOR, mine)
    assert client.get("/segreteria/persone").status_code == 403
    assert client.get(f"/segreteria/persone/{stranger.person_id}").status_code == 403
    assert client.get(f"/segreteria/incarichi/{stranger.id}/termina").status_code == 404
    assert client.post(f"/segreteria/incarichi/{stranger.id}/termina", data={"when": "now"}).status_code == 404
    assert "Persona altrui" not in client.get("/scrivania/incarichi").text


def test_a_mayor_appoints_an_officer_and_dismisses_them(client: Visitor, clock: Any) -> None:
    mine, other = factories.body("Comune mio"), factories.body("Comune altrui")
    sign_in(client, Office.MAYOR, mine)
    done = client.post("/scrivania/incarichi", data=grant(office="officer", body=other.id))
    assert (done.status_code, done.location) == (303, "/scrivania/incarichi")
    [row] = [row for row in queries.mandates_of_body(mine.id, NOW) if row.office is Office.OFFICER]
    assert queries.mandates_of_body(other.id, NOW) == []
    ended = client.post(f"/segreteria/incarichi/{row.id}/termina", data={"when": "now"})
    assert (ended.status_code, ended.location) == (303, "/scrivania/incarichi")
    assert queries.grants_of(row.person_id, NOW) == ()


@pytest.mark.parametrize("office", ["deputy_mayor", "secretariat", "forum_delegate", "emperor", ""])
def test_a_mayor_cannot_grant_other_offices(client: Visitor, clock: Any, office: str) -> None:
    mine = factories.body("Comune mio")
    sign_in(client, Office.MAYOR, mine)
    assert client.post("/scrivania/incarichi", data=grant(office=office)).status_code == 422
    assert len(queries.mandates_of_body(mine.id, NOW)) == 1


def test_a_delegate_of_the_forum_appoints_a_substitute(client: Visitor, clock: Any) -> None:
    organisation = factories.body(kind=BodyKind.FORUM_ORGANISATION, forum_category=ForumCategory.ASSOCIATION)
    sign_in(client, Office.FORUM_DELEGATE, organisation)
    assert client.post("/scrivania/incarichi", data=grant(office="forum_substitute")).status_code == 303


def test_the_secretariat_grants_corrects_and_ends(client: Visitor, clock: Any) -> None:
    comune = factories.body("Comune di Prova")
    sign_in(client, Office.SECRETARIAT)
    done = client.post("/segreteria/persone/nuova", data=grant(body=comune.id, office="mayor", ends_on="2029-06-30"))
    assert done.status_code == 303
    page = client.get(done.location)
    assert "Nuova Persona" in page.text
    assert "30 giugno 2029" in page.text

    data = {"name": "Nuova Sindaca", "email": "sindaca@comune.example", "language": "en"}
    assert client.post(done.location, data=data).status_code == 303
    assert "Nuova Sindaca" in client.get("/segreteria/persone?q=sindaca@comune").text

    [row] = queries.mandates_of_body(comune.id, NOW)
    day = client.post(f"/segreteria/incarichi/{row.id}/termina", data={"when": "day"})
    assert day.status_code == 422
    assert 'id="ends_on-error"' in day.text
    assert (
        client.post(
            f"/segreteria/incarichi/{row.id}/termina", data={"when": "day", "ends_on": "2027-03-10"}
        ).status_code
        == 303
    )
    [row] = queries.mandates_of_body(comune.id, NOW)
    assert row.ends_on == date(2027, 3, 10)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "x" * 200_000}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 200_000}, "name"),
        ({"name": "Anna\x00"}, "name"),
        ({"starts_on": "yesterday"}, "starts_on"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"office": "forum_delegate"}, "office"),
        ({"body": "999999"}, "body"),
        ({"body": "x"}, "body"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Visitor, clock: Any, more: dict[str, str], field: str) -> None:
    comune = factories.body("Comune di Prova")
    sign_in(client, Office.SECRETARIAT)
    answer = client.post("/segreteria/persone/nuova", data=grant(body=comune.id, office="mayor") | more)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert faults(answer.text.replace("\x00", "")) == []


@pytest.mark.parametrize("text", TEXTS)
def test_what_people_are_called_is_shown_as_typed(client: Visitor, clock: Any, text: str) -> None:
    comune = factories.body(text)
    sign_in(client, Office.SECRETARIAT)
    done = client.post(
        "/segreteria/persone/nuova", data=grant(name=text, body=comune.id, office="officer", act_reference=text)
    )
    for address in (done.location, "/segreteria/persone"):
        page = client.get(address).text
        assert faults(page) == []
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_one_sees_ones_own_sessions_and_ends_them(client: Visitor, app: Any, clock: Any) -> None:
    who = factories.person()
    client.sign_in(who.id)
    app.test_client().sign_in(who.id)
    assert client.get("/profilo").text.count("/profilo/sessioni/") == 3
    other = queries.sessions_of(who.id, NOW)[0]
    assert client.post(f"/profilo/sessioni/{other.id}/chiudi").status_code == 303
    assert len(queries.sessions_of(who.id, NOW)) == 1
    stranger = factories.person()
    app.test_client().sign_in(stranger.id)
    theirs = queries.sessions_of(stranger.id, NOW)[0]
    assert client.post(f"/profilo/sessioni/{theirs.id}/chiudi").status_code == 404
    assert len(queries.sessions_of(stranger.id, NOW)) == 1


def test_ending_the_session_in_use_signs_out(client: Visitor, clock: Any) -> None:
    who = factories.person()
    client.sign_in(who.id)
    here = queries.sessions_of(who.id, NOW)[0]
    assert client.post(f"/profilo/sessioni/{here.id}/chiudi").location == "/"
    assert client.get("/profilo").status_code == 302


def test_one_corrects_ones_name_and_language(client: Visitor, clock: Any) -> None:
    client.sign_in(factories.person("Anna").id)
    done = client.post("/profilo", data={"name": "Anna Verdi", "language": "en"})
    assert done.status_code == 303
    assert "lang=en" in done.headers["Set-Cookie"]
    page = client.get("/profilo").text
    assert "Anna Verdi" in page
    assert '<html lang="en">' in page
    assert client.post("/profilo", data={"name": "", "language": "xx"}).status_code == 422


def test_one_chooses_changes_and_removes_a_password(client: Visitor, clock: Any) -> None:
    client.sign_in(factories.person("Anna", "anna@comune.example").id)
    first, second = "lampada cesto vigna nuvola", "altra frase di parole mie"
    assert client.post("/profilo/password", data={"password": "corta"}).status_code == 422
    assert client.post("/profilo/password", data={"password": first}).status_code == 303
    assert client.post("/profilo/password", data={"password": second, "current": "x"}).status_code == 422
    assert client.post("/profilo/password", data={"password": second, "current": first}).status_code == 303
    wrong = client.post("/profilo/password/togli", data={"current": first})
    assert wrong.status_code == 422
    assert faults(wrong.text) == []
    assert client.post("/profilo/password/togli", data={"current": second}).status_code == 303
    assert queries.password_hash_of("anna@comune.example") is None


def test_one_takes_away_a_copy_of_ones_data(client: Visitor, clock: Any) -> None:
    client.sign_in(factories.person("Anna", "anna@comune.example").id)
    answer = client.get("/profilo/dati.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert json.loads(answer.data)["person"]["email"] == "anna@comune.example"


def test_one_has_ones_data_erased(client: Visitor, clock: Any) -> None:
    who = factories.person("Anna", "anna@comune.example")
    client.sign_in(who.id)
    assert client.post("/profilo/cancella").status_code == 422
    done = client.post("/profilo/cancella", data={"sure": "y"})
    assert (done.status_code, done.location) == (303, "/")
    assert client.get("/profilo").status_code == 302
    db.session.expire_all()
    assert queries.person(who.id).email is None


def test_erasure_waits_for_the_end_of_the_mandate(client: Visitor, clock: Any) -> None:
    actor = sign_in(client, Office.MAYOR, factories.body("Comune di Prova"))
    assert "Comune di Prova" in client.get("/profilo/cancella").text
    refused = client.post("/profilo/cancella", data={"sure": "y"})
    assert refused.status_code == 422
    assert "incarico in vigore" in refused.text
    assert queries.person(actor.person_id).email


def test_the_register_has_pages(client: Visitor, clock: Any) -> None:
    comune = factories.body()
    for n in range(search.PAGE + 5):
        factories.mandate(factories.person(f"Persona numero {n:03}"), comune, Office.OFFICER)
    sign_in(client, Office.SECRETARIAT)
    first = client.get("/segreteria/persone?incarico=officer").text
    assert "Persona numero 000" in first
    assert "Persona numero 054" not in first
    second = client.get("/segreteria/persone?incarico=officer&dopo=Persona+numero+049~99999").text
    assert "Persona numero 054" in second
    assert "Persona numero 000" not in second
    for odd in ("x", "~", "a~b", "~1", "x" * 3000, "9" * 30, "a~" + "9" * 30, "\x00", "\x00~1", "%_\\"):
        assert (
            client.get(
                "/segreteria/persone", query_string={"dopo": odd, "ente": odd, "stato": odd, "q": odd}
            ).status_code
            == 200
        )
