"""The personal ballot as a page: recorded or not, said plainly; sent twice, counted once."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.voting import close
from portal.voting.models import Ballot
from portal.voting.rules import Choice
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.votes import Hall

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall()


def enter(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0, acting=who.acting.mandate_id if who.acting else None)


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the ballot."""
    form = page[page.index('id="ballot"') :]
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', form)[0] for name in ("mandate", "key")}


def said(number: int) -> list[tuple[int, Choice]]:
    db.session.rollback()
    query = sa.select(Ballot.version, Ballot.choice).where(Ballot.poll_id == number).order_by(Ballot.id)
    return [(version, choice) for version, choice in db.session.execute(query)]


def test_one_tap_records_and_the_page_reads_it_back(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    page = enter(client, hall.mayors[1]).get(address)
    assert [word in page.text for word in ("Favorevole", "Contrario", "Mi astengo")] == [True] * 3
    assert faults(page.text) == []
    done = client.post(address, data=form_of(page.text) | {"choice": "yes"}, follow_redirects=True)
    assert "Registrato: Favorevole" in done.text and "Comune 001" in done.text
    code = db.session.scalar(sa.select(Ballot.code))
    assert str(code) in done.text
    assert faults(done.text) == []


def test_the_same_page_sent_three_times_is_one_answer(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    data = form_of(enter(client, hall.mayors[2]).get(address).text) | {"choice": "no"}
    assert [client.post(address, data=data).status_code for _ in range(3)] == [303, 303, 303]
    assert said(number) == [(1, Choice.NO)]


def test_another_answer_from_an_old_page_is_not_recorded_and_the_page_says_so(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    data = form_of(enter(client, hall.mayors[2]).get(address).text)
    client.post(address, data=data | {"choice": "no"})
    refused = client.post(address, data=data | {"choice": "yes"})
    assert refused.status_code == 409 and "Voto non registrato" in refused.text
    assert said(number) == [(1, Choice.NO)]
    again = form_of(refused.text)
    assert again["key"] != data["key"]
    assert client.post(address, data=again | {"choice": "yes"}).status_code == 303
    assert said(number) == [(1, Choice.NO), (2, Choice.YES)]


def test_after_the_closing_nothing_is_recorded(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    data = form_of(enter(client, hall.mayors[1]).get(address).text) | {"choice": "yes"}
    close.close(hall.clerk, number, now=NOW)
    late = client.post(address, data=data)
    assert late.status_code == 409 and "la votazione è chiusa" in late.text
    assert "Non risulta nessuna tua risposta" in late.text
    assert said(number) == []


def test_where_answers_cannot_change_they_are_read_back_first(client: Visitor, hall: Hall) -> None:
    hall.forbid_changes()
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    data = form_of(enter(client, hall.mayors[1]).get(address).text) | {"choice": "abstain"}
    asked = client.post(address, data=data)
    assert asked.status_code == 200 and "Conferma: Astenuto" in asked.text and said(number) == []
    client.post(address, data=form_of(asked.text) | {"choice": "abstain", "confirmed": "1"})
    assert said(number) == [(1, Choice.ABSTAIN)]
    assert "Non si può cambiare" in client.get(address).text
    assert 'id="ballot"' not in client.get(address).text


def test_who_holds_no_seat_is_told_why(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    assert client.get(address).status_code == 302
    stranger = enter(client, factories.holder(Office.MAYOR, factories.body("Nuovo Comune")))
    assert "non occupi un seggio" in stranger.get(address).text
    refused = stranger.post(address, data={"choice": "yes", "key": "a-key-of-my-own"})
    assert refused.status_code == 404 and said(number) == []


def test_a_seat_is_found_under_another_mandate_of_the_same_person(client: Visitor, hall: Hall) -> None:
    person_id = hall.mayors[3].person_id or 0
    other = factories.body("Unione di prova", kind=BodyKind.UNION)
    union = factories.add(
        Mandate(
            person_id=person_id,
            body_id=other.id,
            office=Office.UNION_PRESIDENT,
            starts_on=NOW.date(),
            granted_at=NOW,
        )
    )
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    client.sign_in(person_id, acting=union.id)
    page = client.get(address).text
    assert "Comune 003" in page
    assert client.post(address, data=form_of(page) | {"choice": "yes"}).status_code == 303
    assert "Registrato: Favorevole" in client.get(address).text


def test_open_votes_that_wait_for_me_stand_first(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    visitor = client.get(f"/votazioni/{number}").text
    assert "Vai alla scheda" not in visitor
    mine = enter(client, hall.mayors[1])
    assert f'href="/votazioni/{number}/scheda"' in mine.get("/votazioni").text
    assert "Si attende la tua risposta per Comune 001" in mine.get(f"/votazioni/{number}").text
    hall.say(number, {1: Choice.NO})
    assert "Hai risposto per Comune 001" in mine.get("/votazioni").text


def test_an_answer_that_does_not_exist_is_refused_beside_the_buttons(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/votazioni/{number}/scheda"
    data = form_of(enter(client, hall.mayors[1]).get(address).text)
    for choice in ("", "withdrawn", "maybe"):
        assert client.post(address, data=data | {"choice": choice}).status_code == 422
    assert said(number) == []


def test_the_desk_of_a_body_begins_with_the_vote_that_waits(client: Visitor, hall: Hall) -> None:
    number = hall.open()
    mine = enter(client, hall.mayors[1])
    page = mine.get("/scrivania").text
    assert "Si attende la tua risposta per Comune 001" in page and f'href="/votazioni/{number}/scheda"' in page
    assert faults(page) == []
    close.close(hall.clerk, number, now=NOW)
    assert "Si attende la tua risposta" not in mine.get("/scrivania").text
