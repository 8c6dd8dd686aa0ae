"""The roll call: one answer an entry, the next seat by itself, what was entered read back, undo as a new version."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.voting import queries
from portal.voting.models import Ballot
from portal.voting.rules import Channel, Choice
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.votes import Hall


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    return Hall(vacant=(2,))


@pytest.fixture
def clerk(client: Visitor, hall: Hall) -> Visitor:
    return client.sign_in(hall.clerk.person_id or 0)


def called(page: str) -> str:
    return str(re.findall(r'<h2 id="called">([^<]*)</h2>', page)[0])


def fields(page: str) -> dict[str, str]:
    form = page[page.index('class="call-form"') :]
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', form)[0] for name in ("seat", "key")}


def entered() -> list[tuple[int, Choice, Channel]]:
    db.session.rollback()
    query = sa.select(Ballot.version, Ballot.choice, Ballot.channel).order_by(Ballot.id)
    return [(version, choice, channel) for version, choice, channel in db.session.execute(query)]


def test_an_answer_is_read_back_and_the_next_seat_is_called(clerk: Visitor, hall: Hall) -> None:
    address = f"/segreteria/votazioni/{hall.open()}/appello"
    page = clerk.get(address).text
    assert called(page) == "Comune 001" and faults(page) == []
    page = clerk.post(address, data=fields(page) | {"choice": "yes"}, follow_redirects=True).text
    assert called(page) == "Comune 003"  # nobody sits on the second
    back = page[page.index('class="read-back') :][:600]
    assert "Comune 001" in back and "favorevole" in back and faults(page) == []
    assert entered() == [(1, Choice.YES, Channel.CLERK)]


def test_undo_takes_the_entry_back_as_a_new_version_and_calls_the_seat_again(clerk: Visitor, hall: Hall) -> None:
    number = hall.open()
    address = f"/segreteria/votazioni/{number}/appello"
    page = clerk.get(address).text
    clerk.post(address, data=fields(page) | {"choice": "no"})
    page = clerk.get(address).text
    undo = {"seat": "1", "key": fields(page)["key"] + "-u", "choice": "withdrawn"}
    page = clerk.post(address, data=undo, follow_redirects=True).text
    assert called(page) == "Comune 001"
    assert entered() == [(1, Choice.NO, Channel.CLERK), (2, Choice.WITHDRAWN, Channel.CLERK)]
    assert queries.answered(number) == frozenset()


def test_the_same_entry_sent_twice_is_one(clerk: Visitor, hall: Hall) -> None:
    address = f"/segreteria/votazioni/{hall.open()}/appello"
    data = fields(clerk.get(address).text) | {"choice": "abstain"}
    assert [clerk.post(address, data=data).status_code for _ in range(2)] == [303, 303]
    refused = clerk.post(address, data=data | {"choice": "no"})
    assert refused.status_code == 409 and "Voto non registrato" in refused.text
    assert entered() == [(1, Choice.ABSTAIN, Channel.CLERK)]


def test_absent_seats_are_passed_over_and_called_again_at_the_end(clerk: Visitor, hall: Hall) -> None:
    address = f"/segreteria/votazioni/{hall.open()}/appello"
    done = ""
    for seat in (3, 4, 5):
        page = clerk.get(f"{address}?seggio={seat}").text
        done = clerk.post(address, data=fields(page) | {"choice": "present_not_voting"}, follow_redirects=True).text
    assert called(done) == "Comune 001"
    done = clerk.post(address, data=fields(done) | {"choice": "yes"}, follow_redirects=True).text
    assert "Tutti i seggi occupati hanno risposto" in done and faults(done) == []


def test_a_vacant_seat_answers_nothing(clerk: Visitor, hall: Hall) -> None:
    address = f"/segreteria/votazioni/{hall.open()}/appello"
    data = fields(clerk.get(address).text) | {"seat": "2", "choice": "yes"}
    refused = clerk.post(address, data=data)
    assert refused.status_code == 409 and "il seggio è vacante" in refused.text
    assert clerk.post(address, data=data | {"seat": "99"}).status_code == 404
    assert clerk.post(address, data=data | {"seat": "1", "choice": "maybe"}).status_code == 422
    assert entered() == []


def test_what_was_read_back_is_the_clerks_alone(clerk: Visitor, hall: Hall, client: Visitor) -> None:
    number = hall.open()
    address = f"/segreteria/votazioni/{number}/appello"
    clerk.post(address, data=fields(clerk.get(address).text) | {"choice": "no"})
    colleague = client.application.test_client()
    assert isinstance(colleague, Visitor)
    colleague.sign_in(hall.colleague.person_id or 0)
    assert 'class="read-back' not in colleague.get(address).text


def test_form_and_roll_call_fill_one_vote(clerk: Visitor, hall: Hall) -> None:
    number = hall.open()
    hall.say(number, {1: Choice.YES})
    address = f"/segreteria/votazioni/{number}/appello"
    page = clerk.get(address).text
    assert called(page) == "Comune 003"
    page = clerk.get(f"{address}?seggio=1").text
    assert "Questo seggio ha già risposto" in page and "la sostituisce" in page
