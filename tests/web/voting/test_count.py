"""Hands and papers: looked at before they are handed over, and ballots only when a second person has confirmed."""

from __future__ import annotations

import io
import re

import pytest

from portal.db import db
from portal.kernel.offices import Office
from portal.voting.models import Ballot
from portal.voting.rules import Channel, Choice
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.votes import Hall


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall()


@pytest.fixture
def clerk(client: Visitor, hall: Hall) -> Visitor:
    return client.sign_in(hall.clerk.person_id or 0)


@pytest.fixture
def colleague(client: Visitor, hall: Hall) -> Visitor:
    other = client.application.test_client()
    assert isinstance(other, Visitor)
    return other.sign_in(hall.colleague.person_id or 0)


def recorded() -> dict[str, tuple[Choice, Channel]]:
    db.session.rollback()
    return {b.client_key.rpartition("-")[2]: (b.choice, b.channel) for b in db.session.query(Ballot).all()}


def hand_over(clerk: Visitor, number: int, **answers: str) -> str:
    """Look at it, hand it over; returns the address of what a second person decides on."""
    address = f"/segreteria/votazioni/{number}/conteggio"
    data = {"channel": "show_of_hands", "rest": "", **{k.replace("_", "-"): v for k, v in answers.items()}}
    assert "Nulla" not in clerk.post(address, data=data).text
    page = clerk.post(address, data=data | {"act": "propose"}, follow_redirects=True).text
    return str(re.findall(rf"{address}/\d+", page)[0])


def test_hands_are_entered_looked_at_and_confirmed_by_another(clerk: Visitor, colleague: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/segreteria/votazioni/{number}/conteggio"
    page = clerk.get(address)
    assert "Comune 005" in page.text and "Presente non votante</option>" in page.text and faults(page.text) == []
    data = {"channel": "show_of_hands", "rest": "yes", "seat-2": "no"}
    review = clerk.post(address, data=data)
    assert review.status_code == 200 and faults(review.text) == [] and recorded() == {}
    kept = dict(re.findall(r'name="(seat-\d)" value="(\w+)"', review.text))
    assert kept == {"seat-1": "yes", "seat-2": "no", "seat-3": "yes", "seat-4": "yes", "seat-5": "yes"}
    page_of = clerk.post(address, data=kept | {"channel": "show_of_hands", "act": "propose"}, follow_redirects=True)
    check = re.findall(rf"{address}/\d+", page_of.text)[0]
    assert recorded() == {}

    mine = clerk.get(check)
    assert "le conferma un’altra persona" in mine.text and faults(mine.text) == []
    assert clerk.post(f"{check}/conferma", data={"sure": "y"}).status_code == 422
    seen = colleague.get(check)
    assert "Comune 002" in seen.text and faults(seen.text) == []
    assert colleague.post(f"{check}/conferma").status_code == 422
    assert colleague.post(f"{check}/conferma", data={"sure": "y"}).status_code == 303
    by_hand = Channel.SHOW_OF_HANDS
    assert recorded() == {n: (Choice.NO if n == "2" else Choice.YES, by_hand) for n in "12345"}
    assert colleague.get(check).status_code == 404


def test_what_was_entered_is_not_read_by_a_stranger_to_the_vote(client: Visitor, clerk: Visitor, hall: Hall) -> None:
    check = hand_over(clerk, hall.open(), seat_1="yes")
    stranger = client.application.test_client()
    assert isinstance(stranger, Visitor)
    stranger.sign_in(factories.holder(Office.FORUM_SECRETARY).person_id or 0)
    assert stranger.get(check).status_code == 403


def test_what_is_set_aside_does_not_count(clerk: Visitor, colleague: Visitor, hall: Hall) -> None:
    number = hall.open()
    check = hand_over(clerk, number, seat_1="yes")
    assert "Scartato" in colleague.post(f"{check}/rifiuto", follow_redirects=True).text
    assert recorded() == {}
    assert colleague.post(f"{check}/conferma", data={"sure": "y"}).status_code in {404, 409, 422}


def test_closing_warns_of_what_still_waits(clerk: Visitor, hall: Hall) -> None:
    number = hall.open()
    hand_over(clerk, number, seat_1="yes")
    assert "aspettano ancora una seconda persona" in clerk.get(f"/segreteria/votazioni/{number}/chiusura").text


def upload(clerk: Visitor, number: int, text: str) -> tuple[int, str]:
    data = {"channel": "paper", "rest": "", "file": (io.BytesIO(text.encode()), "spoglio.csv")}
    address = f"/segreteria/votazioni/{number}/conteggio"
    answer = clerk.post(address, data=data, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_a_table_of_papers_is_previewed(clerk: Visitor, hall: Hall) -> None:
    status, page = upload(clerk, hall.open(), "ente;voto\nComune 001;favorevole\nComune 003;astenuto\nComune 004;\n")
    assert status == 200 and recorded() == {} and faults(page) == []
    assert 'name="seat-1" value="yes"' in page and 'name="seat-3" value="abstain"' in page
    assert 'name="seat-4"' not in page


def test_a_table_with_mistakes_gives_nothing_and_names_every_line(clerk: Visitor, hall: Hall) -> None:
    text = "ente;voto\nComune 001;favorevole\nComune 999;no\nComune 001;no\nComune 002;forse\n"
    status, page = upload(clerk, hall.open(), text)
    assert status == 422 and recorded() == {}
    assert [f"Riga {line}" in page for line in (2, 3, 4, 5)] == [False, True, True, True]


def test_seats_that_have_answered_are_replaced_only_if_said(clerk: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.NO})
    address = f"/segreteria/votazioni/{number}/conteggio"
    data = {"channel": "paper", "rest": "", "seat-1": "yes"}
    assert "1 di questi seggi ha già risposto" in clerk.post(address, data=data).text
    refused = clerk.post(address, data=data | {"act": "propose"})
    assert refused.status_code == 422 and "Comune 001" in refused.text
    assert clerk.post(address, data=data | {"act": "propose", "replace": "y"}).status_code == 303


def test_nothing_entered_is_told(clerk: Visitor, hall: Hall) -> None:
    address = f"/segreteria/votazioni/{hall.open()}/conteggio"
    assert clerk.post(address, data={"rest": ""}).status_code == 422
    empty = clerk.post(address, data={"channel": "paper", "rest": ""})
    assert empty.status_code == 422 and "Inserisci almeno una risposta" in empty.text
