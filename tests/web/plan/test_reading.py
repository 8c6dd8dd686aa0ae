"""The plan as people read it: the whole, an axis, an action, each paragraph at its own address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.comments.models import ActionTally, BodyTally, ParagraphTally
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.plan.import_plan import import_plan
from portal.plan.models import PlanVersion
from portal.plan.publish import publish
from portal.plan.rules import VersionState
from portal.territory.models import Body
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults

SYSTEM = Actor.system()
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def sample() -> dict[str, Any]:
    """A plan with two axes, an action that belongs to both, and every fact an action can have."""
    known = factories.body("Comune di Prova")
    text = {"heading": "Contesto", "text": "Primo comma. Vedi https://piano.example/atti."}
    full = {
        "code": "X1", "title": "Sentieri", "paragraphs": [text, {"heading": "Contesto", "text": "- uno\n- due"}],
        "responsible": ["Città"], "partners": ["Unione"], "private_partners": ["Impresa"], "period": "2027-2029",
        "goals": ["health"], "economic_lines": ["tourism_and_heritage"], "priority": "high", "also_in_axes": ["B"],
        "costs": [{"year": 2027, "amount_eur": 1000, "source": "Bilancio"}, {"year": 2027, "amount_eur": 500}],
        "indicators": [{"name": "Chilometri", "unit": "km", "baseline": 0, "target": 80, "year": 2029}],
        "expected_results": ["Ottanta chilometri"], "territory": {"whole": False, "istat": [known.istat_code]},
    }  # fmt: skip
    bare = {"code": "Y1", "title": "Scuole", "paragraphs": [{"text": HOSTILE}], "responsible": ["Comune"]}
    return {
        "plan_id": "prova",
        "title": "Piano di prova",
        "body": "Città di prova",
        "axes": [
            {"code": "A", "title": "Natura", "text": ["Premessa"], "objectives": ["Camminare"], "actions": [full]},
            {"code": "B", "title": "Sapere", "actions": [bare]},
        ],
    }


@pytest.fixture
def version(clock: Clock, database: None) -> PlanVersion:
    draft = import_plan(SYSTEM, json.dumps(sample()).encode(), now=NOW)
    return publish(SYSTEM, draft.id, now=NOW)


def spoken(version: PlanVersion) -> tuple[int, int]:
    """A body has made three public remarks on the first paragraph of the first action."""
    action = factories.actions_of(version)[0]
    paragraph, who = factories.paragraphs_of(action)[0], factories.body("Unione di Prova", BodyKind.UNION)
    factories.add(
        ActionTally(action_id=action.id, visible=3),
        ParagraphTally(paragraph_id=paragraph.id, visible=3),
        BodyTally(action_id=action.id, body_id=who.id, visible=3),
    )
    return action.id, paragraph.id


@contextmanager
def statements(most: int) -> Iterator[None]:
    """No more SQL statements than this, beginnings and ends of transactions left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert len(seen) <= most, "\n".join(seen)


def test_before_there_is_a_plan_the_page_says_who_will_publish_it(client: Visitor, database: None) -> None:
    page = client.get("/piano")
    assert page.status_code == 200
    assert "Nessun piano è stato ancora pubblicato" in page.text


def test_the_plan_page_shows_sections_texts_actions_and_how_many_remarks(client: Visitor, version: PlanVersion) -> None:
    spoken(version)
    factories.consultation(version)
    page = client.get("/piano").text
    assert faults(page) == []
    for words in (
        "Piano di prova",
        "Premessa",
        "Camminare",
        "Sentieri",
        "<strong>3</strong> osservazioni",
        "anche qui",
    ):
        assert words in page


@pytest.mark.parametrize(
    "path",
    [
        "/piano", "/piano/v1", "/piani/prova", "/piani/prova/v1", "/piano/assi/A", "/piano/azioni/A.1", "/piani",
        "/piano/v1/azioni/A.1", "/piani/prova/azioni/A.1", "/piani/prova/v1/azioni/A.1", "/piani/prova/assi/B",
    ],
)  # fmt: skip
def test_every_address_of_the_plan_answers_with_sound_html(client: Visitor, version: PlanVersion, path: str) -> None:
    page = client.get(path)
    assert (page.status_code, faults(page.text)) == (200, [])


@pytest.mark.parametrize(
    "path", ["/piano/v9", "/piani/altro", "/piano/azioni/Z.9", "/piano/assi/Z", "/piano/consultazione", "/piano/vx"]
)
def test_what_is_not_there_is_not_found(client: Visitor, version: PlanVersion, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_code_of_the_source_leads_to_the_action(client: Visitor, version: PlanVersion) -> None:
    page = client.get("/piano/azioni/X1")
    assert (page.status_code, page.location) == (301, "/piano/azioni/A.1")


def test_the_action_page_shows_text_facts_and_who_has_spoken(client: Visitor, version: PlanVersion) -> None:
    spoken(version)
    factories.consultation(version)
    page = client.get("/piano/azioni/A.1").text
    for words in (
        "Primo comma.", '<a href="https://piano.example/atti"', "<li>uno</li>", "Salute", "Priorità alta", "1.500 €",
        "Chilometri", "Ottanta chilometri", "Comune di Prova", "Impresa", "Unione di Prova", "Osserva l’azione",
    ):  # fmt: skip
        assert words in page, words


def test_every_paragraph_has_its_own_address(client: Visitor, version: PlanVersion) -> None:
    page = client.get("/piano/azioni/A.1").text
    for paragraph in factories.paragraphs_of(factories.actions_of(version)[0]):
        assert page.count(f'id="{paragraph.key}"') == 1
        assert f'href="#{paragraph.key}"' in page


def test_one_can_comment_only_while_the_consultation_is_open(
    client: Visitor, version: PlanVersion, clock: Clock
) -> None:
    consultation = factories.consultation(version)
    key = factories.paragraphs_of(factories.actions_of(version)[0])[0].key
    assert f"paragraph={key}" in client.get("/piano/azioni/A.1").text
    clock.set(consultation.deadline_at)
    assert f"paragraph={key}" not in client.get("/piano/azioni/A.1").text


def test_markup_in_a_plan_is_shown_and_never_obeyed(client: Visitor, version: PlanVersion) -> None:
    page = client.get("/piano/azioni/B.1").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("obiettivo=health", {"Sentieri"}),
        ("obiettivo=living_conditions", set()),
        ("ente=Comune", {"Scuole"}),
        ("priorita=high", {"Sentieri"}),
        ("comune=000000", {"Scuole"}),
        ("obiettivo=&ente=&comune=&priorita=", {"Sentieri", "Scuole"}),
        ("obiettivo=%3Cscript%3E", set()),
    ],
)
def test_filters_leave_the_actions_that_answer_to_them(
    client: Visitor, version: PlanVersion, query: str, kept: set[str]
) -> None:
    page = client.get(f"/piano?{query}").text
    titles = {title for title in ("Sentieri", "Scuole") if f">{title}</a>" in page}
    assert titles == kept
    assert "<script>" not in page


def test_a_comune_sees_the_actions_of_its_territory_and_those_of_all(client: Visitor, version: PlanVersion) -> None:
    key = db.session.scalar(sa.select(Body.key).where(Body.name == "Comune di Prova"))
    page = client.get(f"/piano?comune={key}").text
    assert ">Sentieri</a>" in page
    assert ">Scuole</a>" in page


def test_a_draft_is_seen_by_its_number_and_only_by_those_who_may(client: Visitor, version: PlanVersion) -> None:
    value = sample() | {"title": "Bozza segreta"}
    import_plan(SYSTEM, json.dumps(value).encode(), now=NOW)
    assert client.get("/piani/prova/v2").status_code == 404
    assert "Bozza segreta" not in client.get("/piani").text
    factories.sign_in(client, factories.holder(Office.DRAFTING_OFFICER))
    assert "Bozza segreta" in client.get("/piani/prova/v2").text
    assert "Bozza segreta" not in client.get("/piano").text


def test_a_superseded_version_stays_at_its_address_and_says_so(client: Visitor, version: PlanVersion) -> None:
    value = sample() | {"title": "Piano nuovo"}
    publish(SYSTEM, import_plan(SYSTEM, json.dumps(value).encode(), now=NOW).id, now=NOW)
    assert "Piano nuovo" in client.get("/piano").text
    old = client.get("/piano/v1").text
    assert "sostituita da una più recente" in old
    assert 'href="/piano/v1/azioni/A.1"' in old


def test_pages_ask_the_database_little(client: Visitor, version: PlanVersion, app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "KEEP_PAGES", True)
    spoken(version)
    factories.consultation(version)
    factories.sign_in(client, factories.holder(Office.DRAFTING_LEAD))
    for path in ("/piano", "/piano/azioni/A.1"):
        client.get(path)
        with statements(6):
            client.get(path)


def test_a_real_plan_is_readable_throughout(client: Visitor, clock: Clock, real_data: Path) -> None:
    draft = import_plan(SYSTEM, (real_data / "plans" / "trento-agenda-digitale.json").read_bytes(), now=NOW)
    publish(SYSTEM, draft.id, now=NOW)
    factories.consultation(draft)
    codes = [action.code for action in factories.actions_of(draft)]
    assert faults(client.get("/piano").text) == []
    for code in codes:
        page = client.get(f"/piano/azioni/{code}")
        assert (page.status_code, faults(page.text)) == (200, [])
    assert draft.state is VersionState.PUBLISHED
