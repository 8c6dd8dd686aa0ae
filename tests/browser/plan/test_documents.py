"""A Word document through the browser: chosen, sent, looked at as a tree, read otherwise, imported, compared."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.plan.import_plan import import_plan
from portal.plan.models import Paragraph, PlanVersion
from portal.plan.publish import publish
from portal.plan.rules import VersionState
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter
from tests.plans import SMALL, p, word

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def lead(clock: Clock, database: None) -> Actor:
    return factories.holder(Office.DRAFTING_LEAD)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "piano.docx"
    path.write_bytes(word(p("Piano dei sentieri", 1) + SMALL + p("voce", item="1") + p("altra", item="1")))
    return path


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def states() -> list[VersionState]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(PlanVersion.state).order_by(PlanVersion.id)))


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_a_document_is_looked_at_read_otherwise_and_imported(
    open_page: OpenPage, app: Flask, live_server: str, lead: Actor, file: Path, width: int, script: bool
) -> None:
    page = enter(open_page(width=width, script=script), app, live_server, lead)
    page.goto("/redazione/piano")
    page.get_by_label("File del piano").set_input_files(file)
    page.get_by_role("button", name="Leggi il file").click()
    expect(page.get_by_role("alert")).to_contain_text("title: il testo manca")
    page.get_by_label("Titolo del piano").fill("Piano dei sentieri")
    page.get_by_role("button", name="Leggi il file").click()
    expect(page.get_by_role("heading", name="Sezioni e azioni")).to_be_visible()
    if script:
        look(page)
    assert sideways_of(page, script) == 0
    page.locator(".outline-action summary").first.click()
    expect(page.locator(".outline-action li").first).to_contain_text("Un comma.")
    page.locator(".plan-reading summary").click()
    page.get_by_label("Elenchi").select_option("each")
    page.get_by_role("button", name="Importa come bozza").click()
    expect(page.locator("body")).to_contain_text("guarda l’anteprima aggiornata")
    assert states() == []
    page.get_by_role("button", name="Importa come bozza").click()
    expect(page.get_by_role("status").first).to_contain_text("Importato come bozza")
    assert states() == [VersionState.DRAFT]
    assert "altra" in db.session.scalars(sa.select(Paragraph.text)).all()


def sideways_of(page: Page, script: bool) -> int:
    """Without scripts a page cannot be asked how wide it is: its box can."""
    if script:
        return sideways(page)
    box = page.locator("main").bounding_box()
    assert box is not None
    return max(0, int(box["width"]) - 320)


def test_a_connection_that_breaks_leaves_the_form_as_it_was(
    open_page: OpenPage, app: Flask, live_server: str, lead: Actor, file: Path
) -> None:
    page = enter(open_page(), app, live_server, lead)
    page.goto("/redazione/piano")
    page.get_by_label("File del piano").set_input_files(file)
    page.route("**/anteprima", lambda route: route.abort())
    page.get_by_role("button", name="Leggi il file").click()
    expect(page.locator("#upload-said")).to_contain_text("non è stato inviato")
    page.unroute("**/anteprima")
    page.get_by_role("button", name="Leggi il file").click()
    expect(page.get_by_role("alert")).to_contain_text("title: il testo manca")


@pytest.mark.parametrize("width", [1280, 360])
def test_two_versions_are_compared(open_page: OpenPage, clock: Clock, database: None, width: int) -> None:
    for n, text in enumerate(("Il sentiero si chiude nel 2027.", "Il sentiero si apre nel 2028."), 1):
        data = f"---\nplan_id: prova\ntitle: Piano\nbody: Ente\n---\n# A. Natura\n\n## A.1 Sentieri\n\n{text}\n"
        version = import_plan(Actor.system(), data.encode(), f"v{n}.md", now=NOW)
        publish(Actor.system(), version.id, now=NOW)
    page = open_page("/piano", width=width)
    page.get_by_role("link", name="Che cosa cambia dalla versione 1").click()
    expect(page.locator("del").first).to_contain_text("chiude")
    expect(page.locator("ins").first).to_contain_text("apre")
    look(page)
    page.get_by_role("link", name="Mostra anche ciò che resta uguale").click()
    expect(page.get_by_role("link", name="Mostra solo le modifiche")).to_be_visible()
    look(page)
