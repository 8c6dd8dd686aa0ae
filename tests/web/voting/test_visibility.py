"""Before the closing no door shows a choice or a sum: pages stay the same, to the letter, when answers change."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.voting import annul, cast, record_answer
from portal.voting.models import Ballot
from portal.voting.rules import Choice
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.votes import Hall, key

VARYING = re.compile(r'name="(?:csrf_token|key)" value="[^"]*"')
WATCHERS = (
    None,
    Office.SECRETARIAT,
    Office.COUNCIL_CLERK,
    Office.SECRETARY_GENERAL,
    Office.AUDITOR,
    Office.ADMINISTRATOR,
    Office.MODERATOR,
)
PAGES = (
    "/",
    "/votazioni",
    "/votazioni/{n}",
    "/votazioni/{n}/scheda",
    "/segreteria/votazioni",
    "/segreteria/votazioni/{n}",
    "/segreteria/votazioni/{n}/appello?seggio=1",
    "/segreteria/votazioni/{n}/conteggio",
    "/segreteria/votazioni/{n}/chiusura",
    "/segreteria/votazioni/{n}/annullamento",
)
FILES = ("risultato.csv", "risultato.json", "risultato.pdf", "esportazione.json")


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall((50, 30, 10, 6, 4, 3))


def seen(client: Visitor, number: int) -> dict[str, tuple[int, str]]:
    """Every page as the client is shown it, without what differs at each request."""
    found = {}
    for address in PAGES:
        answer = client.get(address.format(n=number), headers={"X-Request-ID": "always-the-same"})
        found[address] = (answer.status_code, VARYING.sub("", answer.text))
    return found


def change_all(hall: Hall, number: int, choice: Choice) -> None:
    for seat in (1, 2, 3, 4):
        cast.cast(hall.mayors[seat], number, choice, key=key(), now=NOW)
    record_answer.record_answer(hall.colleague, number, 5, choice, key=key(), now=NOW)


@pytest.mark.parametrize("office", WATCHERS, ids=lambda office: office.value if office else "visitor")
def test_pages_do_not_change_with_the_answers(client: Visitor, hall: Hall, office: Office | None) -> None:
    number = hall.open()
    change_all(hall, number, Choice.YES)
    if office:
        client.sign_in(factories.holder(office).person_id or 0)
    before = seen(client, number)
    assert before["/votazioni/{n}"][0] == 200 and "5</strong> su 6" in before["/votazioni/{n}"][1]
    change_all(hall, number, Choice.NO)
    assert seen(client, number) == before


def test_a_colleague_in_the_hall_learns_nothing_either(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    change_all(hall, number, Choice.YES)
    client.sign_in(hall.mayors[6].person_id or 0)
    before = seen(client, number)
    change_all(hall, number, Choice.ABSTAIN)
    assert seen(client, number) == before


@pytest.mark.parametrize("office", WATCHERS, ids=lambda office: office.value if office else "visitor")
def test_there_is_nothing_to_download_before_the_closing(client: Visitor, hall: Hall, office: Office | None) -> None:
    number = hall.open()
    change_all(hall, number, Choice.YES)
    if office:
        client.sign_in(factories.holder(office).person_id or 0)
    answers = [client.get(f"/votazioni/{number}/{file}") for file in FILES]
    assert [answer.status_code for answer in answers] == [404] * len(FILES)
    assert all("fino alla chiusura" in answer.text.lower() for answer in answers)


def test_a_receipt_says_what_it_holds_only_after_the_closing(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.NO})
    ballot = db.session.execute(sa.select(Ballot.code, Ballot.hash)).one()
    for given in (ballot.code, ballot.code.lower().replace("-", " "), ballot.hash):
        page = client.get("/verifica", query_string={"q": given}).text
        assert "Questa risposta è registrata" in page and "Contrario" not in page
    annul.annul(Actor.system(), number, "Si annulla per provare che le risposte restano sconosciute.", now=NOW)
    page = client.get("/verifica", query_string={"q": ballot.code}).text
    assert "restano sconosciute" in page and "Contrario" not in page
    counted = hall.closed({1: Choice.NO})
    code = db.session.scalar(sa.select(Ballot.code).where(Ballot.poll_id == counted))
    page = client.post("/verifica", data={"given": code}).text
    assert "registrata e contata" in page and "Contrario" in page


def test_a_vote_annulled_while_open_never_shows_what_was_answered(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.YES, 2: Choice.NO})
    annul.annul(hall.general, number, "È mancata la connessione durante l'appello.", now=NOW)
    page = client.get(f"/votazioni/{number}").text
    assert "non vale" in page and "mancata la connessione" in page
    assert "Favorevole" not in page and "Contrario" not in page
    assert [client.get(f"/votazioni/{number}/{file}").status_code for file in FILES] == [404] * len(FILES)


def test_a_prepared_vote_is_there_for_the_desk_alone(client: Visitor, hall: Hall) -> None:
    number = hall.prepared()
    assert client.get(f"/votazioni/{number}").status_code == 404
    assert f"/votazioni/{number}" not in client.get("/votazioni").text
    assert client.sign_in(hall.mayors[1].person_id or 0).get(f"/votazioni/{number}").status_code == 404
    assert client.sign_in(hall.clerk.person_id or 0).get(f"/votazioni/{number}").status_code == 200
