"""The desk: preparing with rule set and roll in view, acts that are confirmed, delegates, repeated votes."""

from __future__ import annotations

import re

import pytest

from portal.accounts.models import Mandate
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.voting import close, queries
from portal.voting.models import Poll, PollSeat
from portal.voting.rules import Choice, Matter, PollState
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.votes import Hall

DESK = "/segreteria/votazioni"
WHY = "L'appello si è svolto con un elenco sbagliato."


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall(vacant=(4,))


@pytest.fixture
def desk(client: Visitor, hall: Hall) -> Visitor:
    return client.sign_in(hall.clerk.person_id or 0)


def poll(number: int) -> Poll:
    db.session.rollback()
    return db.session.get_one(Poll, number, populate_existing=True)


def asked(hall: Hall, **more: str) -> dict[str, str]:
    """What the page of preparation sends."""
    return {
        "matter": "conference_opinion",
        "snapshot": str(hall.snapshot.id),
        "zone": "",
        "follows": "",
        "question": "Si esprime parere favorevole sul Piano?",
        "mode": "roll_call",
        "version": "0",
        **more,
    }


def test_the_matter_proposes_thresholds_and_roll_with_vacant_seats(desk: Visitor) -> None:
    page = desk.get(f"{DESK}/nuova?materia=conference_opinion")
    for words in ("almeno 2/5 di tutti gli aventi diritto", "almeno 40 %", "5 seggi", "100 abitanti", "Comune 005"):
        assert words in page.text
    assert "1 seggio oggi è vacante" in page.text and "Comune 004" in page.text
    assert "Parere della Conferenza</option>" in page.text
    assert faults(page.text) == []


def test_a_vote_is_prepared_as_it_was_shown(desk: Visitor, hall: Hall) -> None:
    done = desk.post(f"{DESK}/nuova", data=asked(hall))
    assert (done.status_code, done.location) == (303, f"{DESK}/1")
    assert poll(1).state is PollState.PREPARED and poll(1).matter is Matter.CONFERENCE_OPINION
    page = desk.get(f"{DESK}/1")
    assert "Si esprime parere favorevole sul Piano?" in page.text and faults(page.text) == []


def test_a_secret_weighted_vote_is_refused_with_the_reason(desk: Visitor, hall: Hall) -> None:
    refused = desk.post(f"{DESK}/nuova", data=asked(hall, mode="secret"))
    assert refused.status_code == 422
    assert "non può essere segreto" in refused.text and "Si esprime parere favorevole" in refused.text
    assert db.session.query(Poll).count() == 0


@pytest.mark.parametrize(("matter", "words"), [("zone_coordinator", "Scegli la zona"), ("forum_opinion", "0 seggi")])
def test_what_is_missing_for_a_matter_is_said(desk: Visitor, matter: str, words: str) -> None:
    page = desk.get(f"{DESK}/nuova?materia={matter}")
    assert page.status_code == 200 and words in page.text


def test_opening_asks_for_a_confirmation(desk: Visitor, hall: Hall) -> None:
    number = hall.prepared()
    page = desk.get(f"{DESK}/{number}/apertura")
    assert "5 seggi" in page.text and faults(page.text) == []
    assert desk.post(f"{DESK}/{number}/apertura").status_code == 422
    assert poll(number).state is PollState.PREPARED
    assert desk.post(f"{DESK}/{number}/apertura", data={"sure": "y"}).status_code == 303
    assert poll(number).state is PollState.OPEN
    assert desk.get(f"{DESK}/{number}/apertura").status_code == 303


def test_while_it_is_open_the_desk_sees_who_is_missing_and_what_is_within_reach(desk: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.NO})
    page = desk.get(f"{DESK}/{number}").text
    missing = page[page.index('id="missing"') :]
    assert [f"Comune 00{n}" in missing for n in range(1, 6)] == [False, True, True, False, True]
    assert "si possono ancora raggiungere" in page
    assert "Hanno risposto abbastanza" not in page
    hall.say(number, {2: Choice.NO})
    assert "Hanno risposto abbastanza seggi" in desk.get(f"{DESK}/{number}").text


def test_thresholds_out_of_reach_are_told(client: Visitor, clock: Clock) -> None:
    hall = Hall((90, 5, 3, 2), vacant=(1,))
    number = hall.open()
    assert "non si possono raggiungere" in client.get(f"/votazioni/{number}").text


def test_closing_names_who_is_missing_counts_and_shows_the_result(desk: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.YES, 2: Choice.YES})
    page = desk.get(f"{DESK}/{number}/chiusura").text
    assert "2 seggi non hanno ancora risposto" in page and "Comune 003" in page
    done = desk.post(f"{DESK}/{number}/chiusura", data={"sure": "y"}, follow_redirects=True)
    assert "approvat" in done.text.lower() and "2 di 5 &gt;= 2" in done.text
    proclaimed = desk.post(f"{DESK}/{number}/proclamazione", data={"sure": "y"})
    assert proclaimed.status_code == 303 and poll(number).state is PollState.PROCLAIMED


def test_who_holds_a_seat_does_not_conduct(client: Visitor, hall: Hall) -> None:
    mandate = factories.mandate(factories.person("Sindaca e segretaria"), hall.bodies[3], Office.MAYOR)
    both = Actor(person_id=mandate.person_id)
    desk = factories.add(
        Mandate(
            person_id=mandate.person_id,
            body_id=factories.city().id,
            office=Office.SECRETARIAT,
            starts_on=NOW.date(),
            granted_at=NOW,
        )
    )
    number = hall.prepared()
    client.sign_in(both.person_id or 0, acting=desk.id)
    refused = client.post(f"{DESK}/{number}/apertura", data={"sure": "y", "mandate": str(desk.id)})
    assert refused.status_code == 422 and "deve condurla un collega" in refused.text


def test_a_counted_vote_is_annulled_when_the_secretary_general_agrees(client: Visitor, hall: Hall) -> None:
    number = hall.closed({1: Choice.YES})
    address, data = f"{DESK}/{number}/annullamento", {"sure": "y", "reason": WHY}
    clerk = client.sign_in(hall.clerk.person_id or 0)
    assert clerk.post(address, data={"sure": "y", "reason": "breve"}).status_code == 422
    assert clerk.post(address, data=data).status_code == 303
    waits = clerk.get(f"{DESK}/{number}").text
    assert "attende una seconda persona" in waits and "Conferma e annulla" not in waits
    assert "elenco sbagliato" not in client.application.test_client().get(f"/votazioni/{number}").text
    general = client.sign_in(hall.general.person_id or 0)
    agree = re.search(
        rf"/segreteria/votazioni/{number}/annullamento/\d+/conferma", general.get(f"{DESK}/{number}").text
    )
    assert agree is not None and general.post(agree[0]).status_code == 303
    page = client.get(f"/votazioni/{number}").text
    assert "elenco sbagliato" in page and "non vale" in page


def test_a_failed_vote_is_repeated_in_the_next_call_with_the_same_seats(desk: Visitor, hall: Hall) -> None:
    number = hall.closed({1: Choice.NO})
    assert f"{DESK}/nuova?ripete={number}" in desk.get(f"{DESK}/{number}").text
    page = desk.get(f"{DESK}/nuova?ripete={number}")
    assert "convocazione 2" in page.text and faults(page.text) == []
    desk.post(f"{DESK}/nuova", data=asked(hall, follows=str(number), snapshot=""))
    assert (poll(number + 1).follows_id, poll(number + 1).call) == (number, 2)
    assert "ripete=" not in desk.get(f"{DESK}/{number}").text
    assert f'href="/votazioni/{number + 1}"' in desk.get(f"/votazioni/{number}").text


def test_a_delegate_takes_the_seat_before_the_opening(desk: Visitor, hall: Hall) -> None:
    deputy = factories.holder(Office.DEPUTY_MAYOR, hall.bodies[0])
    number = hall.prepared()
    page = desk.get(f"{DESK}/{number}/delega")
    assert "Comune 001" in page.text and faults(page.text) == []
    assert deputy.acting is not None
    chosen = {"candidate": f"1-{deputy.acting.mandate_id}", "title": "Delega scritta, prot. 4512"}
    assert desk.post(f"{DESK}/{number}/delega", data=chosen).status_code == 303
    desk.post(f"{DESK}/{number}/apertura", data={"sure": "y"})
    seat = next(seat for seat in queries.roll(number) if seat.number == 1)
    assert (seat.mandate_id, seat.delegated) == (deputy.acting.mandate_id, True)
    assert "per delega" in desk.get(f"/votazioni/{number}").text
    assert desk.get(f"{DESK}/{number}/delega").status_code == 404


def test_a_councillor_without_a_comune_stands_for_the_one_attested(desk: Visitor, hall: Hall) -> None:
    city = factories.city()
    councillor = factories.holder(Office.COUNCILLOR, city)
    assert councillor.acting is not None
    name = f"attested-{councillor.acting.mandate_id}"
    page = desk.get(f"{DESK}/nuova?materia=plan_approval").text
    assert f'name="{name}"' in page
    data = asked(hall, matter="plan_approval") | {name: str(hall.bodies[0].id)}
    assert desk.post(f"{DESK}/nuova", data=data).status_code == 303
    assert db.session.query(PollSeat.population).filter_by(body_id=city.id).scalar() == 50


@pytest.mark.parametrize("office", [Office.MODERATOR, Office.DRAFTING_LEAD, Office.ADMINISTRATOR, Office.AUDITOR])
def test_other_offices_neither_prepare_nor_conduct(client: Visitor, hall: Hall, office: Office) -> None:
    number = hall.open()
    client.sign_in(factories.holder(office).person_id or 0)
    acts = [
        client.post(f"{DESK}/{number}/{act}", data={"sure": "y"}) for act in ("chiusura", "annullamento", "appello")
    ]
    assert [answer.status_code for answer in [*acts, client.get(f"{DESK}/nuova")]] == [403] * 4
    assert client.get(DESK).status_code == (200 if office is Office.AUDITOR else 403)


def test_an_empty_desk_teaches(desk: Visitor) -> None:
    page = desk.get(DESK)
    assert "Preparane una" in page.text and faults(page.text) == []
    assert "Ancora nessuna votazione" in desk.get("/votazioni").text


def test_a_close_that_comes_twice_is_one(desk: Visitor, hall: Hall) -> None:
    number = hall.open()
    close.close(hall.colleague, number, now=NOW)
    assert desk.post(f"{DESK}/{number}/chiusura", data={"sure": "y"}).status_code == 422
    assert desk.get(f"{DESK}/{number}/chiusura").status_code == 303
