"""The pages of the Forum's register: what everybody reads, how one joins, what the desk does."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from portal.db import db
from portal.forum import application_queries, queries
from portal.forum.apply import MOST_OPEN
from portal.forum.ruleset import ForumRules
from portal.jobs.models import Mail
from portal.voting import cast, close, open_poll, prepare
from portal.voting.rules import Choice, Matter
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum import Forum

pytestmark = pytest.mark.once
REASON = "Non ha comunicato il nome del delegato."
REQUEST = {
    "name": "Associazione dei Faristi",
    "category": "association",
    "tax_code": "90000000009",
    "seat": "Molo 1, Velmara",
    "purpose": "Teniamo accesi i fari.",
    "contact_name": "Ada Faro",
    "contact_email": "ada@fari.example",
    "notice": "y",
}


@pytest.fixture
def forum(clock: Clock, database: None) -> Forum:
    return Forum(7)


def test_everybody_reads_who_is_in_the_forum_by_family(client: Visitor, forum: Forum) -> None:
    forum.suspend(2)
    page = client.get("/forum")
    assert "2 di 7" in page.text
    listed = client.get("/forum/organizzazioni?famiglia=productive_category").text
    assert listed.count('href="/forum/organizzazioni/ente-') == 2
    assert client.get("/forum/organizzazioni?q=zzz").status_code == 200
    assert client.get("/forum/organizzazioni?forum=giovani").status_code == 200
    assert client.get("/forum/organizzazioni?forum=altro").status_code == 404


def test_an_organisation_shows_its_office_and_its_votes_and_no_name(client: Visitor, forum: Forum) -> None:
    number = prepare.prepare(forum.clerk, prepare.Question("Si approva?", Matter.FORUM_OPINION), now=NOW)
    open_poll.open_poll(forum.clerk, number, now=NOW)
    cast.cast(forum.delegates[0], number, Choice.NO, key="browser-key-0", now=NOW)
    address = f"/forum/organizzazioni/{forum.bodies[0].key}"
    assert "Si approva?" not in client.get(address).text
    close.close(forum.clerk, number, now=NOW)
    page = client.get(address).text
    assert "Si approva?" in page
    assert "Contrario" in page
    assert forum.delegates[0].name not in page
    assert forum.delegates[0].email not in page


def test_without_an_account_one_asks_confirms_answers_and_reads_the_decision(
    client: Visitor, forum: Forum, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    sent = client.post("/forum/adesione", data=REQUEST)
    assert "ada@fari.example" in sent.text
    address = _address(client, mail)
    assert client.get(address).status_code == 200
    assert waiting(forum) == []
    client.post(f"{address}/conferma")
    (number,) = waiting(forum)

    client.sign_in(forum.secretary.person_id or 0)
    desk = f"/segreteria/forum/adesioni/{number}"
    assert "Ada Faro" in client.get(desk).text
    assert client.post(f"{desk}/rifiuto", data={"reason": "No."}).status_code == 422
    client.post(f"{desk}/richiesta", data={"text": "Manca lo statuto."})
    anybody = client.application.test_client()
    assert isinstance(anybody, Visitor)
    assert anybody.get(address).status_code == 410
    address = _address(client, mail)
    assert "Manca lo statuto." in anybody.get(address).text
    anybody.post(f"{address}/risposta", data={"text": "Lo portiamo domani."})
    client.post(f"{desk}/ammissione", data={"admitted_on": f"{NOW:%Y-%m-%d}", "act": "Determinazione n. 3"})
    assert REQUEST["name"] in [seat.name for seat in queries.seats(forum.id, NOW.date())]
    assert anybody.get(desk).status_code == 302


def test_the_answer_does_not_tell_which_addresses_have_asked_already(
    client: Visitor, forum: Forum, mail: Callable[[], list[Mail]]
) -> None:
    pages = {client.post("/forum/adesione", data=REQUEST).text for _ in range(MOST_OPEN + 1)}
    assert len(pages) == 1
    assert len([one for one in mail() if one.recipient == REQUEST["contact_email"]]) == MOST_OPEN
    assert client.get(_address(client, mail)).headers["Cache-Control"] == "no-store"


def waiting(forum: Forum) -> list[int]:
    """The requests that the secretariat sees."""
    db.session.rollback()
    return [one.id for one in application_queries.waiting(forum.secretary)]


def _address(client: Visitor, mail: Callable[[], list[Mail]]) -> str:
    """The path of the personal address in the latest letter to the applicant."""
    text = [one.text for one in mail() if one.recipient == REQUEST["contact_email"]][-1]
    found = re.search(r"/forum/adesione/\S+", text)
    assert found
    return found.group(0)


def test_the_desk_leads_an_organisation_from_admission_to_its_last_day(client: Visitor, forum: Forum) -> None:
    client.sign_in(forum.secretary.person_id or 0)
    today = f"{NOW:%Y-%m-%d}"
    facts = {"name": "Lega dei Fari", "category": "third_sector", "admitted_on": today, "act": "Atto 4"}
    made = client.post("/segreteria/forum/organizzazioni/nuova", data=facts)
    assert made.location == "/segreteria/forum/organizzazioni/lega-dei-fari"
    address = made.location
    person = {"office": "forum_delegate", "name": "Ada Faro", "email": "ada@fari.example", "starts_on": today}
    client.post(f"{address}/persone", data=person)
    assert "Ada Faro" in client.get(address).text
    assert "Ada Faro" not in client.get("/forum/organizzazioni/lega-dei-fari").text
    (member,) = re.findall(r"iscrizioni/(\d+)/sospensione", client.get(address).text)
    wrong = client.post(f"{address}/iscrizioni/{member}/sospensione", data={"starts_on": today, "reason": REASON})
    assert wrong.status_code == 422
    assert REASON in wrong.text
    client.post(f"{address}/iscrizioni/{member}/sospensione", data={"starts_on": today, "reason": REASON, "act": "5"})
    assert REASON in client.get("/forum/organizzazioni/lega-dei-fari").text
    client.post(f"{address}/iscrizioni/{member}/uscita", data={"left_on": today, "reason": REASON, "act": "6"})
    assert "Non più iscritta" not in client.get(address).text
    other = f"/segreteria/forum/organizzazioni/{forum.bodies[0].key}"
    assert client.get(f"{other}/iscrizioni/{member}/uscita").status_code == 404


def test_a_file_comes_in_whole_and_faults_are_told_by_line(client: Visitor, forum: Forum) -> None:
    client.sign_in(forum.secretary.person_id or 0)

    def send(text: str) -> tuple[int, str]:
        answer = client.post(
            "/segreteria/forum/importa",
            data={"file": (BytesIO(text.encode()), "membri.csv"), "act": "Atto 4"},
            content_type="multipart/form-data",
        )
        return answer.status_code, answer.text

    code, page = send("name,category\nUna,club\n")
    assert (code, "Riga 2" in page) == (422, True)
    assert send("name,category\nUna,association\n")[0] == 303


def test_the_secretary_general_revises_the_rules_and_everybody_reads_why(client: Visitor, forum: Forum) -> None:
    client.sign_in(forum.general.person_id or 0)
    address = "/segreteria/forum/regole/metropolitano"
    given = {name: str(value) for name, value in ForumRules().as_data().items() if not isinstance(value, bool)}
    fields = {**given, "opinion_days": "25", "legal_basis": "Regolamento, art. 3", "reason": "Serve più tempo."}
    fields |= {"valid_from": f"{NOW:%Y-%m-%d}", "base_number": "1", "accepts_requests": "y"}
    client.post(address, data=fields)
    page = client.get("/forum/regole").text
    assert "Serve più tempo." in page
    assert ">25<" in page
    client.sign_in(forum.secretary.person_id or 0)
    assert client.get(address).status_code == 403
