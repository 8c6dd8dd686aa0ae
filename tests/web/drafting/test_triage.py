"""Themes, views, duplicates, called colleagues and kept drafts, as pages."""

from __future__ import annotations

from typing import Any

import pytest

from portal.comments.models import Comment
from portal.db import db
from portal.drafting import approve, compare, propose, publish, tag_remarks, write_tag
from portal.drafting.models import Answer, AnswerDraft, CommentTag, NoteMention, SavedView, Tag
from portal.drafting.propose import Wording
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import REASONS, Round

LETTER = (
    "Chiediamo che il servizio funzioni fino alle ventiquattro nelle sere di venerdì e sabato, per chi finisce tardi."
)


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def lead(client: Visitor, round_: Round) -> Visitor:
    return client.sign_in(round_.lead.person_id or 0)


def letter(round_: Round, more: str = "") -> Comment:
    signer = factories.holder(Office.MAYOR, factories.body())
    return round_.admitted(observation=LETTER + more, reasons="", signer=signer)


def count(what: Any) -> int:
    db.session.rollback()
    return int(db.session.query(what).count())


def test_a_theme_is_made_changed_and_retired(lead: Visitor, round_: Round) -> None:
    assert "Ancora nessun tema" in lead.get("/redazione/temi").text
    made = lead.post("/redazione/temi", data={"name": "Treni", "officer": str(round_.officer.person_id)})
    assert made.location == "/redazione/temi"
    tag = db.session.query(Tag).one()
    page = lead.get(f"/redazione/temi/{tag.id}")
    assert 'value="Treni"' in page.text
    assert faults(page.text) == []
    lead.post(f"/redazione/temi/{tag.id}", data={"name": "Treni e orari", "officer": "0"})
    listed = lead.get("/redazione/temi")
    assert "Treni e orari" in listed.text
    assert faults(listed.text) == []
    lead.post(f"/redazione/temi/{tag.id}/chiusura", data={})
    assert "non più proposto" in lead.get("/redazione/temi").text
    assert lead.post(f"/redazione/temi/{tag.id}/chiusura", data={}).status_code == 409


@pytest.mark.parametrize("data", [{"name": " ", "officer": "0"}, {"name": "x" * 61, "officer": "0"}, {"name": "Treni"}])
def test_a_theme_that_cannot_be_made_is_said_beside_its_field(
    lead: Visitor, round_: Round, data: dict[str, str]
) -> None:
    write_tag.make_tag(round_.lead, "treni", None, now=NOW)
    page = lead.post("/redazione/temi", data=data)
    assert page.status_code == 422
    assert faults(page.text) == []
    assert count(Tag) == 1


def test_chosen_remarks_go_under_a_theme_and_to_its_officer(lead: Visitor, round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", round_.officer.person_id, now=NOW)
    one, two = round_.admitted(), round_.admitted()
    here = "/redazione?stage=unassigned"
    data = {"chosen": [str(one.id), str(two.id)], "tag": str(tag.id), "next": here}
    done = lead.post("/redazione/temi/osservazioni", data=data)
    assert (done.status_code, done.location) == (303, here)
    page = lead.get(f"/redazione?tag={tag.id}")
    assert "2 osservazioni nel tema." in page.text
    assert page.text.count(f'href="/redazione?tag={tag.id}"') == 2
    assert faults(page.text) == []
    assert {officer for (officer,) in db.session.query(Answer.officer_id)} == {round_.officer.person_id}
    for wrong in ({"tag": str(tag.id)}, {"chosen": str(one.id)}, {"chosen": "x", "tag": "y"}):
        refused = lead.post("/redazione/temi/osservazioni", data=wrong)
        assert refused.status_code == 422
        assert faults(refused.text) == []


def test_a_theme_is_added_and_taken_away_on_the_page_of_the_remark(lead: Visitor, round_: Round) -> None:
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    comment = round_.admitted()
    page = f"/redazione/osservazioni/{comment.number}"
    assert "Aggiungi il tema" in lead.get(page).text
    lead.post("/redazione/temi/osservazioni", data={"chosen": str(comment.id), "tag": str(tag.id), "next": page})
    shown = lead.get(page).text
    assert "Togli dal tema Treni" in shown
    assert faults(shown) == []
    lead.post(f"{page}/temi/{tag.id}/togli", data={})
    assert count(CommentTag) == 0


def test_a_view_keeps_the_filters_and_leads_back_to_them(lead: Visitor, round_: Round) -> None:
    round_.admitted()
    page = lead.get("/redazione?kind=change_request&after=0")
    assert "Conserva la vista" in page.text
    data = {"name": "Modifiche", "shared": "y", "filters": "kind=change_request&after=0"}
    done = lead.post("/redazione/viste", data=data)
    assert done.location == "/redazione?kind=change_request"
    page = lead.get("/redazione")
    assert 'href="/redazione?kind=change_request"' in page.text
    assert faults(page.text) == []
    view = db.session.query(SavedView).one()
    officer = lead.application.test_client()
    assert isinstance(officer, Visitor)
    officer.sign_in(round_.officer.person_id or 0)
    assert "Modifiche" in officer.get("/redazione").text
    assert officer.post(f"/redazione/viste/{view.id}/togli", data={}).status_code == 409
    lead.post(f"/redazione/viste/{view.id}/togli", data={})
    assert count(SavedView) == 0


def test_a_view_without_name_or_filters_is_refused_in_words(lead: Visitor, round_: Round) -> None:
    for data in ({"name": "", "filters": "late=1"}, {"name": "Vuota", "filters": "after=3"}):
        page = lead.post("/redazione/viste", data=data)
        assert page.status_code == 422
        assert faults(page.text) == []


def test_the_counts_above_the_table_are_of_what_it_shows(lead: Visitor, round_: Round) -> None:
    for _ in range(2):
        letter(round_)
    round_.admitted()
    compare.compare(now=NOW)
    page = lead.get("/redazione")
    assert "2 richieste, contando una volta i doppioni" in page.text
    assert page.text.count("1 di 2 uguali") == 2
    assert "contando una volta" in lead.get("/redazione?twins=1").text
    assert "contando una volta" not in lead.get(f"/redazione?body={round_.body.key}").text


def test_pairs_are_judged_and_groups_shown(lead: Visitor, round_: Round) -> None:
    one, other = letter(round_), letter(round_, " Da noi l'ultima corsa parte alle sette.")
    third = letter(round_, " Da noi l'ultima corsa parte alle otto e mezza.")
    compare.compare(now=NOW)
    page = lead.get("/redazione/doppioni")
    assert page.text.count("Chiedono lo stesso") == 2
    assert faults(page.text) == []
    for judged in ("uguali", "diverse"):
        against = other if judged == "uguali" else third
        done = lead.post(f"/redazione/doppioni/{judged}", data={"one": str(one.id), "other": str(against.id)})
        assert done.location == "/redazione/doppioni"
    page = lead.get("/redazione/doppioni")
    assert "confermata da un istruttore" in page.text
    assert "Nessuna coppia in attesa" in page.text
    assert lead.post("/redazione/doppioni/uguali", data={"one": "x", "other": "9"}).status_code in {404, 422}
    out = lead.post(f"/redazione/osservazioni/{other.number}/gruppo/togli", data={})
    assert out.location == "/redazione/doppioni"
    assert "Ancora nessun gruppo" in lead.get("/redazione/doppioni").text


def test_pairs_and_groups_go_on_by_key(lead: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.drafting.twins.PAGE", 1)
    for end in (" Prima.", " Seconda.", " Terza volta."):
        letter(round_, end)
    compare.compare(now=NOW)
    first = lead.get("/redazione/doppioni").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = lead.get(following).text
    assert first.count("Chiedono lo stesso") == second.count("Chiedono lo stesso") == 1
    assert 'rel="prev"' in second


def test_one_answer_for_the_group_from_the_page(client: Visitor, round_: Round) -> None:
    one, other = letter(round_), letter(round_)
    compare.compare(now=NOW)
    page = f"/redazione/osservazioni/{one.number}"
    client.sign_in(round_.officer.person_id or 0)
    shown = client.get(page).text
    assert "Chiede lo stesso di un’altra osservazione" in shown
    assert faults(shown) == []
    data = {"outcome": "accepted", "text": REASONS, "revision": "0", "serves": "y"}
    told = client.post(f"{page}/proposta", data=data, follow_redirects=True).text
    assert "Serve anche a un’altra osservazione." in told
    assert "ha questa risposta" in told
    assert "quella scritta per" in client.get(f"/redazione/osservazioni/{other.number}").text
    client.sign_in(round_.lead.person_id or 0)
    shown = client.get(page).text
    assert 'name="serves" value="y" checked' in shown
    assert faults(shown) == []
    client.post(f"{page}/approvazione", data={"revision": "1", "serves": "y"})
    db.session.rollback()
    assert {state for (state,) in db.session.query(Answer.state)} == {AnswerState.APPROVED}


def test_everybody_reads_which_remarks_have_the_same_answer(client: Visitor, round_: Round) -> None:
    one, other, third = letter(round_), letter(round_), letter(round_)
    compare.compare(now=NOW)
    propose.propose_for_group(round_.officer, one.id, Wording(Outcome.ACCEPTED, REASONS, 0), now=NOW)
    approve.approve_for_group(round_.lead, one.id, 1, now=NOW)
    publish.publish(round_.lead, [one.id, other.id], now=NOW)
    words = "La stessa risposta è data a un’altra osservazione che chiede lo stesso"
    for here, there in ((one, other), (other, one)):
        page = client.get(f"/osservazioni/{here.number}").text
        assert words in page
        assert f'href="/osservazioni/{there.number}"' in page
        assert faults(page) == []
    assert words not in client.get(f"/osservazioni/{third.number}").text


def test_what_is_typed_is_kept_and_comes_back(client: Visitor, round_: Round) -> None:
    page = f"/redazione/osservazioni/{round_.admitted().number}"
    client.sign_in(round_.officer.person_id or 0)
    data = {"outcome": "noted", "text": "Si prende atto", "revision": "0", "note": "altro"}
    told = client.post(f"{page}/bozza", data=data, headers={"Accept": "application/json"})
    assert told.json == {"words": "Bozza conservata alle 10:00: la vedi solo tu"}
    shown = client.get(page).text
    assert "Avevi cominciato a scrivere questa risposta" in shown
    assert "Si prende atto</textarea>" in shown
    assert faults(shown) == []
    client.sign_in(round_.lead.person_id or 0)
    assert "Si prende atto" not in client.get(page).text


def test_the_button_keeps_it_without_a_script(client: Visitor, round_: Round) -> None:
    page = f"/redazione/osservazioni/{round_.admitted().number}"
    client.sign_in(round_.officer.person_id or 0)
    done = client.post(f"{page}/bozza", data={"text": "Si prende atto", "revision": "0", "outcome": "invented"})
    assert (done.status_code, done.location) == (303, f"{page}#part-answer")
    assert count(AnswerDraft) == 1
    client.post(f"{page}/bozza", data={"text": "", "revision": "0"})
    assert count(AnswerDraft) == 0


def test_what_cannot_be_kept_is_said_to_the_page(client: Visitor, round_: Round) -> None:
    page = f"/redazione/osservazioni/{round_.approved().comment.number}"
    client.sign_in(round_.officer.person_id or 0)
    told = client.post(f"{page}/bozza", data={"text": "Altro", "revision": "1"}, headers={"Accept": "application/json"})
    assert told.status_code == 409
    assert "stata approvata" in told.text
    client.sign_in(round_.secretary.person_id or 0)
    assert client.post(f"{page}/bozza", data={"text": "Altro"}).status_code == 403


def test_a_draft_over_an_older_wording_meets_the_newer_one(client: Visitor, round_: Round) -> None:
    answer = round_.proposed(text=REASONS + " Prima versione.")
    page = f"/redazione/osservazioni/{answer.comment.number}"
    client.sign_in(round_.officer.person_id or 0)
    client.post(f"{page}/bozza", data={"outcome": "noted", "text": REASONS + " Mia.", "revision": "0"})
    shown = client.get(page).text
    assert "Nel frattempo un collega ha cambiato la risposta" in shown
    lost = client.post(f"{page}/proposta", data={"outcome": "noted", "text": REASONS + " Mia.", "revision": "0"})
    assert lost.status_code == 409
    assert "Prima versione." in lost.text
    assert "Mia." in lost.text


def test_colleagues_are_called_by_their_names_without_a_script(client: Visitor, round_: Round) -> None:
    comment = round_.admitted()
    page = f"/redazione/osservazioni/{comment.number}"
    client.sign_in(round_.officer.person_id or 0)
    shown = client.get(page).text
    assert round_.secretary.name in shown
    assert round_.mayor.name not in shown
    client.post(f"{page}/note", data={"note": "Vedi il comma 2.", "called": str(round_.lead.person_id)})
    assert f"Chiamati: {round_.lead.name}" in client.get(page).text
    refused = client.post(f"{page}/note", data={"note": "Vedi.", "called": str(round_.mayor.person_id)})
    assert refused.status_code == 422
    assert faults(refused.text) == []
    assert count(NoteMention) == 1


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.AUDITOR, Office.COUNCIL_CLERK])
def test_those_who_only_read_see_it_all_and_change_nothing(client: Visitor, round_: Round, office: Office) -> None:
    one, other = letter(round_), letter(round_, " In fondo alla valle.")
    tag = write_tag.make_tag(round_.lead, "Treni", None, now=NOW)
    tag_remarks.tag_remarks(round_.lead, [one.id], tag.id, now=NOW)
    compare.compare(now=NOW)
    propose.propose_for_group(round_.officer, one.id, Wording(Outcome.ACCEPTED, REASONS, 0), now=NOW)
    client.sign_in(factories.holder(office).person_id or 0)
    for address in ("/redazione", "/redazione/doppioni", "/redazione/temi", f"/redazione/osservazioni/{one.number}"):
        page = client.get(address)
        assert page.status_code == 200
        assert faults(page.text) == []
    acts = {
        "/redazione/temi": {"name": "x", "officer": "0"},
        "/redazione/temi/osservazioni": {"chosen": str(one.id), "tag": str(tag.id)},
        "/redazione/doppioni/uguali": {"one": str(one.id), "other": str(other.id)},
        f"/redazione/osservazioni/{one.number}/gruppo/togli": {},
        f"/redazione/osservazioni/{one.number}/temi/{tag.id}/togli": {},
    }
    assert {address: client.post(address, data=data).status_code for address, data in acts.items()} == dict.fromkeys(
        acts, 403
    )


def test_bodies_and_visitors_stay_outside(client: Visitor, round_: Round) -> None:
    for address in ("/redazione/doppioni", "/redazione/temi"):
        assert client.get(address).status_code == 302
    client.sign_in(round_.mayor.person_id or 0)
    for address in ("/redazione/doppioni", "/redazione/temi"):
        assert client.get(address).status_code == 403
