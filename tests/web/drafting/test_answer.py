"""The page on which an answer is written."""

from __future__ import annotations

import pytest

from portal.db import db
from portal.drafting import give_back
from portal.drafting.models import Answer, InternalNote
from portal.drafting.rules import AnswerState
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import REASONS, Round


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def page_of(number: int | None) -> str:
    return f"/redazione/osservazioni/{number}"


def state() -> AnswerState | None:
    db.session.rollback()
    found: AnswerState | None = db.session.query(Answer.state).scalar()
    return found


def test_the_whole_way_from_proposal_to_publication(client: Visitor, round_: Round) -> None:
    page = page_of(round_.admitted().number)
    client.sign_in(round_.officer.person_id or 0)
    done = client.post(f"{page}/proposta", data={"outcome": "accepted", "text": REASONS, "revision": "0"})
    assert (done.status_code, done.location) == (303, page)
    assert "la deve approvare un" in client.get(page).text
    assert client.post(f"{page}/approvazione", data={"revision": "1"}).status_code == 403

    client.sign_in(round_.lead.person_id or 0)
    shown = client.get(page)
    assert "Approva la risposta" in shown.text
    assert faults(shown.text) == []
    client.post(f"{page}/approvazione", data={"revision": "1"})
    assert "Pubblica ora" in client.get(page).text
    client.post(f"{page}/pubblicazione", data={})
    assert state() is AnswerState.PUBLISHED
    shown = client.get(page)
    assert 'name="outcome"' not in shown.text
    assert faults(shown.text) == []


def test_of_two_tabs_the_second_loses_nothing(client: Visitor, round_: Round) -> None:
    answer = round_.proposed(text=REASONS + " Prima scheda.")
    page = page_of(answer.comment.number)
    client.sign_in(round_.officer.person_id or 0)
    mine = REASONS + " Seconda scheda."
    lost = client.post(f"{page}/proposta", data={"outcome": "noted", "text": mine, "revision": "0"})
    assert lost.status_code == 409
    assert "Prima scheda." in lost.text
    assert "Seconda scheda." in lost.text
    assert 'name="revision" value="1"' in lost.text
    assert faults(lost.text) == []
    again = client.post(f"{page}/proposta", data={"outcome": "noted", "text": mine, "revision": "1"})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": REASONS}, "Scegli un esito."),
        ({"outcome": "accepted", "text": "Accolta."}, "Motiva la risposta"),
        ({"outcome": "accepted", "text": ""}, "Scrivi un testo qui."),
        ({"outcome": "invented", "text": REASONS}, ""),
        ({"outcome": "accepted", "text": "a" * 10_001}, "10001"),
        ({"outcome": "accepted", "text": REASONS + "\x00"}, "carattere di controllo"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    client: Visitor, round_: Round, data: dict[str, str], words: str
) -> None:
    client.sign_in(round_.officer.person_id or 0)
    page = client.post(f"{page_of(round_.admitted().number)}/proposta", data={"revision": "0", **data})
    assert page.status_code == 422
    assert words in page.text
    assert state() is None


def test_hostile_and_exotic_text_is_kept_and_shown_as_text(client: Visitor, round_: Round) -> None:
    client.sign_in(round_.officer.person_id or 0)
    page = page_of(round_.admitted().number)
    text = "<script>alert(1)</script> 🚲 \u05e9\u05dc\u05d5\u05dd " + REASONS
    client.post(f"{page}/proposta", data={"outcome": "accepted", "text": text, "revision": "0"})
    shown = client.get(page).text
    assert "<script>alert" not in shown
    assert "🚲 שלום" in shown
    assert db.session.query(Answer.text).scalar() == text


def test_giving_back_needs_a_note_and_shows_it_to_the_officer(client: Visitor, round_: Round) -> None:
    answer = round_.proposed()
    page = page_of(answer.comment.number)
    client.sign_in(round_.lead.person_id or 0)
    assert client.post(f"{page}/restituzione", data={"why": " ", "revision": "1"}).status_code == 422
    client.post(f"{page}/restituzione", data={"why": "Citare il comma 2.", "revision": "1"})
    client.sign_in(round_.officer.person_id or 0)
    shown = client.get(page)
    assert "Citare il comma 2." in shown.text
    assert 'name="outcome"' in shown.text
    assert faults(shown.text) == []


def test_the_page_shows_what_stands_around_the_remark(client: Visitor, round_: Round) -> None:
    other = round_.admitted(observation="Un altro Comune chiede lo stesso.")
    elsewhere = round_.published(round_.admitted(paragraph_id=None, observation="Su tutta l'azione."))
    client.sign_in(round_.officer.person_id or 0)
    shown = client.get(page_of(round_.admitted().number)).text
    assert "Un altro Comune chiede lo stesso." in shown
    assert page_of(other.number) in shown
    assert f"Apri l’osservazione n. {elsewhere.comment.number}" in shown
    assert "<del>" in shown
    assert faults(shown) == []


def test_notes_are_for_the_team_and_the_secretariat_alone(client: Visitor, round_: Round) -> None:
    comment = round_.admitted()
    page = page_of(comment.number)
    client.sign_in(round_.secretary.person_id or 0)
    assert client.post(f"{page}/note", data={"note": "Sentire i tecnici."}).status_code == 303
    assert "Sentire i tecnici." in client.get(page).text
    for office in (Office.AUDITOR, Office.COUNCIL_CLERK):
        client.sign_in(factories.holder(office).person_id or 0)
        assert "Sentire i tecnici." not in client.get(page).text
        assert client.post(f"{page}/note", data={"note": "Ciao"}).status_code == 403
    assert db.session.query(InternalNote).count() == 1


def test_who_signed_the_remark_finds_no_form(client: Visitor, round_: Round) -> None:
    who = factories.person()
    as_mayor = factories.actor(who, acting=factories.mandate(who, round_.body, Office.MAYOR))
    as_lead = factories.mandate(who, factories.city(), Office.DRAFTING_LEAD)
    comment = round_.admitted(signer=as_mayor)
    client.sign_in(who.id, as_lead.id)
    page = client.get(page_of(comment.number))
    assert "se ne deve occupare un" in page.text
    assert 'name="outcome"' not in page.text
    data = {"outcome": "accepted", "text": REASONS, "revision": "0"}
    assert client.post(f"{page_of(comment.number)}/proposta", data=data).status_code == 422
    assert state() is None


def test_an_ended_mandate_is_refused_in_the_middle_of_writing(client: Visitor, round_: Round, clock: Clock) -> None:
    who = factories.person()
    mandate = factories.mandate(who, factories.city(), Office.DRAFTING_OFFICER, ends_on=NOW.date())
    page = page_of(round_.admitted().number)
    client.sign_in(who.id)
    assert client.get(page).status_code == 200
    clock.forward(days=1)
    data = {"outcome": "accepted", "text": REASONS, "revision": "0", "mandate": str(mandate.id)}
    assert client.post(f"{page}/proposta", data=data).status_code == 403
    assert state() is None


def test_a_remark_that_the_team_may_not_see_is_not_there(client: Visitor, round_: Round) -> None:
    answer = round_.proposed()
    round_.refuse(answer.comment)
    client.sign_in(round_.officer.person_id or 0)
    for address in (page_of(answer.comment.number), page_of(4711)):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}/note", data={"note": "Ciao"}).status_code == 404


def test_an_answer_given_back_after_approval_is_open_again(client: Visitor, round_: Round) -> None:
    answer = round_.approved()
    give_back.give_back(round_.lead, answer.comment_id, "Rivedere.", 1, now=NOW)
    client.sign_in(round_.officer.person_id or 0)
    page = client.get(page_of(answer.comment.number)).text
    assert "Proponi la risposta" in page
    assert "Testi proposti finora" in page
