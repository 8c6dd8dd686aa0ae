"""The secretariat's queue and the public register, as pages."""

from __future__ import annotations

import pytest

from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round

WHY = "Non riguarda nessuna azione del piano."


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def secretary(client: Visitor, round_: Round) -> Visitor:
    return client.sign_in(round_.secretary.person_id or 0)


def state_of(comment: Comment) -> CommentState:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True).state


def test_an_empty_queue_says_what_will_appear(secretary: Visitor) -> None:
    page = secretary.get("/segreteria/osservazioni")
    assert page.status_code == 200
    assert "Nulla attende una decisione" in page.text
    assert faults(page.text) == []


def test_the_oldest_comes_first_and_stands_beside_its_paragraph(secretary: Visitor, round_: Round) -> None:
    first, second = round_.remark(observation="La prima."), round_.remark(observation="La seconda.")
    page = secretary.get("/segreteria/osservazioni")
    assert f"Osservazione n. {first.number}" in page.text
    assert "La prima." in page.text
    assert "La seconda." not in page.text
    assert "<del>" in page.text
    assert f'data-following="/segreteria/osservazioni/{second.number}"' in page.text
    assert faults(page.text) == []


def test_admitting_goes_on_to_the_next(secretary: Visitor, round_: Round) -> None:
    first, second = round_.remark(), round_.remark()
    page = secretary.post(
        f"/segreteria/osservazioni/{first.number}/decisione",
        data={"decision": "admit", "seen": "submitted", "next": f"/segreteria/osservazioni/{second.number}"},
    )
    assert (page.status_code, page.location) == (303, f"/segreteria/osservazioni/{second.number}?fatto=1")
    assert state_of(first) is CommentState.ADMITTED


def test_a_refusal_without_reason_or_words_keeps_what_was_typed(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark()
    address = f"/segreteria/osservazioni/{comment.number}/decisione"
    page = secretary.post(address, data={"decision": "refuse", "seen": "submitted", "text": "Motivo lungo abbastanza."})
    assert page.status_code == 422
    assert "Scegli perché" in page.text
    assert "Motivo lungo abbastanza." in page.text
    assert faults(page.text) == []
    page = secretary.post(
        address, data={"decision": "refuse", "seen": "submitted", "text": "No", "reason_code": "off_topic"}
    )
    assert page.status_code == 422
    assert state_of(comment) is CommentState.SUBMITTED


def test_a_decision_is_reversed_from_the_page(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark(CommentState.NOT_ADMITTED)
    page = secretary.get(f"/segreteria/osservazioni/{comment.number}?show=decided")
    assert "Rovescia: ammettila" in page.text
    secretary.post(
        f"/segreteria/osservazioni/{comment.number}/decisione", data={"decision": "admit", "seen": "not_admitted"}
    )
    assert state_of(comment) is CommentState.ADMITTED
    assert db.session.query(AdmissionDecision).count() == 2


def test_a_colleague_was_quicker(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark()
    round_.admit(comment)
    data = {"decision": "refuse", "seen": "submitted", "reason_code": "off_topic", "text": WHY}
    page = secretary.post(f"/segreteria/osservazioni/{comment.number}/decisione", data=data)
    assert page.status_code == 422
    assert state_of(comment) is CommentState.ADMITTED


@pytest.mark.parametrize(
    "data",
    [
        {"decision": "other", "seen": "submitted"},
        {"decision": "admit", "seen": "strange"},
        {"decision": "refuse", "seen": "submitted", "reason_code": "invented", "text": WHY},
        {},
    ],
)
def test_a_form_that_was_made_up_is_refused(secretary: Visitor, round_: Round, data: dict[str, str]) -> None:
    comment = round_.remark()
    assert secretary.post(f"/segreteria/osservazioni/{comment.number}/decisione", data=data).status_code == 422
    assert state_of(comment) is CommentState.SUBMITTED


def test_strange_numbers_find_nothing(secretary: Visitor) -> None:
    assert secretary.get(f"/segreteria/osservazioni/{10**30}").status_code == 404
    assert secretary.get(f"/segreteria/osservazioni?after={10**30}").status_code == 200
    assert secretary.get("/segreteria/osservazioni/4711").status_code == 404
    page = secretary.post("/segreteria/osservazioni/4711/decisione", data={"decision": "admit", "seen": "submitted"})
    assert page.status_code == 404


def test_who_signed_the_remark_finds_no_button(client: Visitor, round_: Round) -> None:
    who = factories.person()
    as_mayor = factories.actor(who, acting=factories.mandate(who, round_.body, Office.MAYOR))
    as_secretary = factories.mandate(who, factories.city(), Office.SECRETARIAT)
    comment = round_.remark(signer=as_mayor)
    client.sign_in(who.id, as_secretary.id)
    page = client.get(f"/segreteria/osservazioni/{comment.number}")
    assert "se ne deve occupare un" in page.text
    assert 'name="decision"' not in page.text


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.DRAFTING_OFFICER, Office.COUNCIL_CLERK])
def test_other_offices_do_not_enter(client: Visitor, round_: Round, office: Office) -> None:
    comment = round_.remark()
    client.sign_in(factories.holder(office).person_id or 0)
    assert client.get("/segreteria/osservazioni").status_code == 403
    data = {"decision": "admit", "seen": "submitted"}
    assert client.post(f"/segreteria/osservazioni/{comment.number}/decisione", data=data).status_code == 403


def test_an_auditor_looks_and_does_not_decide(client: Visitor, round_: Round) -> None:
    round_.remark()
    client.sign_in(factories.holder(Office.AUDITOR).person_id or 0)
    page = client.get("/segreteria/osservazioni")
    assert page.status_code == 200
    assert 'name="decision"' not in page.text


def test_late_ones_have_a_list_of_their_own(secretary: Visitor, round_: Round) -> None:
    round_.remark(observation="In tempo.")
    late = round_.remark(observation="Fuori tempo.", late=True)
    page = secretary.get("/segreteria/osservazioni?show=late")
    assert "Fuori tempo." in page.text
    assert f"Osservazione n. {late.number}" in page.text
    assert page.text.count('queue-line"><strong>') == 1


def test_the_list_goes_on_by_key(secretary: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.moderation.PAGE", 2)
    numbers = [round_.remark().number for _ in range(3)]
    page = secretary.get("/segreteria/osservazioni")
    assert f"/segreteria/osservazioni?after={numbers[1]}" in page.text
    page = secretary.get(f"/segreteria/osservazioni?after={numbers[1]}")
    assert f"Osservazione n. {numbers[2]}" in page.text


def test_hostile_text_is_shown_as_text(secretary: Visitor, round_: Round) -> None:
    bold = "<b onclick=x>grasso</b>"
    round_.remark(observation="<script>alert(1)</script>", proposed_text=bold, reasons="<img src=x>")
    page = secretary.get("/segreteria/osservazioni")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "<img src=x>" not in page.text
    assert faults(page.text) == []


def test_the_register_tells_reasons_and_no_words(client: Visitor, round_: Round) -> None:
    refused, admitted = round_.remark(observation="Segreto del Comune."), round_.admitted()
    round_.refuse(refused, text="Parole riservate a chi ha scritto.")
    page = client.get("/osservazioni/registro")
    assert page.status_code == 200
    assert f"n. {refused.number}" in page.text
    assert f"n. {admitted.number}" in page.text
    assert "Non riguarda il piano" in page.text
    for hidden in ("Segreto", "Parole riservate", round_.secretary.name, round_.body.name):
        assert hidden not in page.text
    assert faults(page.text) == []


def test_the_register_begins_empty(client: Visitor) -> None:
    assert "Ancora nessuna decisione" in client.get("/osservazioni/registro").text
