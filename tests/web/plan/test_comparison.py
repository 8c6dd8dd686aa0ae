"""Two versions side by side, for everybody; drafts only for those who read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from portal.db import atomic, db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState, Outcome
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.plan.import_plan import import_plan
from portal.plan.models import PlanVersion
from portal.plan.publish import publish
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round
from tests.web.plan.test_reading import statements

SYSTEM = Actor.system()
FIRST = "I sentieri della costa si collegano a quelli della collina entro il 2027."
SECOND = "Ogni Comune cura i tratti che attraversano il suo territorio."


def load(*texts: str, title: str = "Sentieri", period: str = "2027", **more: Any) -> PlanVersion:
    action = {"code": "X1", "title": title, "paragraphs": list(texts), "period": period}
    other = {"code": "X2", "title": "Boschi", "paragraphs": ["I boschi restano come sono."]}
    axes = [{"code": "A", "title": "Natura", "objectives": ["Camminare"], "actions": [action, other]}]
    value = {"plan_id": "prova", "title": "Piano di prova", "body": "Città", "axes": axes, **more}
    return import_plan(SYSTEM, json.dumps(value).encode(), now=NOW)


@pytest.fixture
def two(database: None, clock: Clock) -> list[PlanVersion]:
    """A version and the one that changed it, both public."""
    first = load(FIRST, SECOND)
    publish(SYSTEM, first.id, now=NOW)
    second = load(FIRST.replace("2027", "2028"), "Un comma nuovo.", title="Sentieri e cammini", period="2028")
    publish(SYSTEM, second.id, now=NOW)
    return [first, second]


def test_changes_are_shown_word_by_word(client: Visitor, two: list[PlanVersion]) -> None:
    page = client.get("/piano/confronto/v1/v2")
    assert (page.status_code, faults(page.text)) == (200, [])
    for words in (
        "Dalla versione 1 alla versione 2",
        "</span>2027</del>",
        "</span>2028</ins>",
        "cammini</ins>",
        SECOND,
        "Un comma nuovo.",
        "Eliminato",
        "Nuovo",
        "Dati cambiati: Periodo.",
        "2 sezioni e azioni sono rimaste",
    ):
        assert words in page.text, words
    assert "I boschi restano" not in page.text
    assert "I boschi restano" in client.get("/piano/confronto/v1/v2?tutto=1").text


def test_it_can_be_read_backwards_and_by_the_name_of_the_plan(client: Visitor, two: list[PlanVersion]) -> None:
    page = client.get("/piani/prova/confronto/v2/v1").text
    assert "Dalla versione 2 alla versione 1" in page
    assert "</span>2027</ins>" in page


def test_pages_lead_to_the_comparison(client: Visitor, two: list[PlanVersion]) -> None:
    for address in ("/piano", "/piani"):
        assert 'href="/piano/confronto/v1/v2"' in client.get(address).text
    assert "Che cosa è cambiato da allora" in client.get("/piano/v1").text
    assert "Che cosa è cambiato da allora" not in client.get("/piano/v2").text


@pytest.mark.parametrize("address", ["v1/v1", "v1/v3", "v0/v1", "v1/v99999999999999999999"])
def test_what_cannot_be_compared_is_not_found(client: Visitor, two: list[PlanVersion], address: str) -> None:
    assert client.get(f"/piano/confronto/{address}").status_code == 404


def test_a_draft_is_compared_only_by_its_readers(client: Visitor, two: list[PlanVersion]) -> None:
    load("Testo della bozza segreta.")
    assert client.get("/piano/confronto/v2/v3").status_code == 404
    assert "segreta" not in client.get("/piano/confronto/v1/v2").text
    factories.sign_in(client, factories.holder(Office.DRAFTING_OFFICER))
    page = client.get("/piano/confronto/v2/v3")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "segreta" in page.text
    assert "/piani/prova/confronto/v2/v3" in client.get("/redazione/piano").text


def test_accepted_remarks_stand_beside_what_they_changed(client: Visitor, clock: Clock) -> None:
    round_ = Round()
    accepted, refused = round_.published(), round_.published()
    outcomes = {accepted.id: Outcome.ACCEPTED, refused.id: Outcome.NOT_ACCEPTED}
    for answer in (accepted, refused):
        assert answer.state is AnswerState.PUBLISHED
        decide(answer.id, outcomes[answer.id])
    version = round_.version
    value = {
        "plan_id": version.plan.slug,
        "title": "Piano strategico",
        "body": "Città",
        "axes": [{"code": "A", "title": "Altro"}],
    }
    newer = import_plan(SYSTEM, json.dumps(value).encode(), now=NOW)
    publish(SYSTEM, newer.id, now=NOW)
    page = client.get(f"/piani/{version.plan.slug}/confronto/v1/v2").text
    assert "Osservazioni accolte su questo comma" in page
    assert f"/osservazioni/{accepted.comment.number}" in page
    assert f"/osservazioni/{refused.comment.number}" not in page


@atomic()
def decide(answer_id: int, outcome: Outcome) -> None:
    db.session.get_one(Answer, answer_id).outcome = outcome


def test_the_page_asks_the_database_little(
    client: Visitor, two: list[PlanVersion], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "KEEP_PAGES", True)
    with statements(6):
        client.get("/piano/confronto/v1/v2")
    with statements(1):
        client.get("/piano/confronto/v1/v2")
