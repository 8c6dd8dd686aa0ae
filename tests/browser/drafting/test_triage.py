"""The drafting desk in a real browser: a campaign answered at once by keyboard, and the same pages on a phone."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.comments.models import Comment
from portal.db import db
from portal.drafting import compare, write_tag
from portal.drafting.models import Answer, AnswerDraft, NoteMention
from portal.drafting.rules import AnswerState
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter, tab_to
from tests.remarks import REASONS, Round

pytestmark = [pytest.mark.browser, pytest.mark.once]
LETTER = (
    "Chiediamo che il servizio funzioni fino alle ventiquattro nelle sere di venerdì e sabato, per chi finisce tardi."
)


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def letter(round_: Round, more: str = "") -> Comment:
    signer = factories.holder(Office.MAYOR, factories.body())
    return round_.admitted(observation=LETTER + more, reasons="", signer=signer)


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_a_campaign_is_grouped_and_answered_by_keyboard(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round
) -> None:
    first = letter(round_)
    letter(round_)
    letter(round_, " Da noi l'ultima corsa parte alle sette.")
    compare.compare(now=NOW)
    page = enter(open_page(), app, live_server, round_.officer)
    page.goto("/redazione/doppioni")
    look(page)
    page.get_by_role("button", name="Chiedono lo stesso").first.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("ora stanno insieme")
    page.goto(f"/redazione/osservazioni/{first.number}")
    expect(page.locator("#twins")).to_contain_text("Chiede lo stesso di altre 2 osservazioni")
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    tab_to(page, "#text")
    page.keyboard.type(REASONS)
    tab_to(page, "[name=serves]")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Proponi la risposta").press("Enter")
    expect(page.locator("main")).to_contain_text("Serve anche ad altre 2 osservazioni")
    look(page)

    page = enter(open_page(), app, live_server, round_.lead)
    page.goto(f"/redazione/osservazioni/{first.number}")
    page.get_by_role("button", name="Approva la risposta").press("Enter")
    expect(page.locator("main")).to_contain_text("Approvata per altre 2")
    db.session.rollback()
    assert [state for (state,) in db.session.query(Answer.state)] == [AnswerState.APPROVED] * 3


def test_what_is_typed_is_kept_by_itself_and_colleagues_are_offered(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round
) -> None:
    comment = round_.admitted()
    page = enter(open_page(), app, live_server, round_.officer)
    page.goto(f"/redazione/osservazioni/{comment.number}")
    page.locator("#text").fill("Si prende atto di quanto")
    expect(page.locator("#draft-kept")).to_contain_text("Bozza conservata")
    page.reload()
    expect(page.locator("#text")).to_have_value("Si prende atto di quanto")
    page.locator("#note").click()
    page.keyboard.type("Senti @pers")
    options = page.get_by_role("listbox", name="Colleghi").get_by_role("option")
    expect(options.first).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#calling-list [aria-selected=true]").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_have_value(f"Senti @{chosen} ")
    expect(options).to_have_count(0)
    page.get_by_role("button", name="Aggiungi la nota").click()
    expect(page.locator("#notes")).to_contain_text(f"Chiamati: {chosen}")
    db.session.rollback()
    assert (db.session.query(NoteMention).count(), db.session.query(AnswerDraft).count()) == (1, 1)


@pytest.mark.parametrize("width", [320, 360])
def test_the_same_pages_on_a_phone_without_scripts(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round, width: int
) -> None:
    first = letter(round_)
    letter(round_)
    letter(round_, " Da noi l'ultima corsa parte alle sette.")
    write_tag.make_tag(round_.lead, "Trasporti e orari serali delle colline", round_.officer.person_id, now=NOW)
    compare.compare(now=NOW)
    page = enter(open_page(width=width, script=False), app, live_server, round_.lead)
    page.goto("/redazione?kind=change_request")
    page.locator("[name=chosen]").first.check()
    page.locator("#tag").select_option(index=1)
    page.get_by_role("button", name="Metti nel tema").click()
    expect(page.get_by_role("status").first).to_contain_text("1 osservazione nel tema")
    page.locator(".views-more summary").click()
    page.locator("#view-name").fill("Richieste di modifica ancora aperte")
    page.get_by_role("button", name="Conserva la vista").click()
    for address in (
        "/redazione",
        "/redazione/temi",
        "/redazione/temi/1",
        "/redazione/doppioni",
        f"/redazione/osservazioni/{first.number}",
        "/piano/consultazione/cifre",
        "/piano/consultazione/cifre?azione=A.1",
        "/piano/consultazione/relazione",
    ):
        page.goto(address)
        assert sideways(page) == 0, address
        assert page.locator("h1").count() == 1
    page.goto("/dati")
    assert sideways(page) == 0
    page.goto(f"/redazione/osservazioni/{first.number}")
    page.locator("#text").fill("Si prende atto")
    page.get_by_role("button", name="Conserva la bozza").click()
    expect(page.get_by_role("status").first).to_contain_text("Bozza conservata")


def test_figures_read_well_with_and_without_sight(open_page: OpenPage, round_: Round) -> None:
    for _ in range(3):
        letter(round_)
    page = open_page("/piano/consultazione/cifre")
    look(page)
    page.get_by_label("Di tutta la consultazione o di una sola azione").select_option("A.1")
    page.get_by_role("button", name="Mostra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le cifre su A.1")
    look(page)
