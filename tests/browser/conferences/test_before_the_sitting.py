"""The agenda by keyboard, the notice sent, the mayor on a phone without scripts, the badge: in real browsers."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.conferences import desk_queries, grant
from portal.conferences.accreditation_rules import Identification
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter
from tests.sittings import Chamber, pdf

pytestmark = [pytest.mark.browser, pytest.mark.once]


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def of(act: str) -> re.Pattern[str]:
    """The name of a button or link of the item under test."""
    return re.compile(rf"{act}\s*: Rete ciclabile")


def test_the_secretariat_orders_the_agenda_by_keyboard_and_sends_the_notice(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    chamber.item(sitting, title="Rete ciclabile", minutes=20)
    desk = enter(open_page(), app, live_server, chamber.secretary)
    desk.goto(f"/segreteria/sedute/{sitting}")
    look(desk)
    items = desk.locator(".agenda-item h3")
    expect(items.nth(1)).to_have_text(re.compile("Rete ciclabile"))
    desk.get_by_role("link", name=of("Modifica")).focus()
    desk.keyboard.press("Alt+ArrowUp")
    expect(items.nth(0)).to_have_text(re.compile("Rete ciclabile"))
    expect(desk.get_by_role("button", name=of("Su"))).to_be_focused()

    desk.get_by_role("link", name=of("Aggiungi un atto")).click()
    desk.get_by_label("File").set_input_files(
        {"name": "tracciati.pdf", "mimeType": "application/pdf", "buffer": pdf("Tracciati")}
    )
    desk.get_by_role("button", name="Aggiungi l’atto al punto").click()
    expect(desk.get_by_role("link", name="tracciati")).to_be_visible()
    desk.get_by_role("link", name="Controlla e invia l’avviso").click()
    look(desk)
    desk.get_by_label("Ho letto l’avviso e lo invio").check()
    desk.get_by_role("button", name="Invia l’avviso").click()
    expect(desk.get_by_role("heading", name="Registro delle spedizioni dell’avviso n. 1")).to_be_visible()
    look(desk)
    assert all(item.announced for item in desk_queries.agenda(chamber.secretary, sitting))


def test_a_mayor_on_a_phone_without_scripts_confirms_and_gets_the_badge(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    phone = enter(open_page(width=320, script=False), app, live_server, chamber.mayors[0])
    phone.goto(f"/sedute/{sitting}")
    phone.get_by_role("link", name="Accreditamento").click()
    phone.get_by_role("button", name="Invia alla segreteria").click()
    expect(phone.get_by_text("Da verificare")).to_be_visible()
    line = re.search(r"/accrediti/(\d+)/convalida", _desk_of(app, open_page, live_server, chamber, sitting))
    assert line is not None
    grant.grant(chamber.colleague, sitting, int(line[1]), Identification.DIGITAL_IDENTITY, now=NOW)
    narrow = enter(open_page(width=320), app, live_server, chamber.mayors[0])
    narrow.goto(f"/sedute/{sitting}/accredito")
    look(narrow)
    narrow.get_by_role("link", name="La mia tessera").click()
    expect(narrow.get_by_role("img", name=re.compile("Codice della tessera"))).to_be_visible()
    look(narrow)


def _desk_of(app: Flask, open_page: OpenPage, live_server: str, chamber: Chamber, sitting: int) -> str:
    desk = enter(open_page(), app, live_server, chamber.colleague)
    desk.goto(f"/segreteria/sedute/{sitting}/accrediti")
    look(desk)
    return desk.content()


def test_the_public_page_of_a_sitting_is_for_every_reader(open_page: OpenPage, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    for width in (1280, 320):
        page = open_page(f"/sedute/{sitting}", width=width)
        look(page)
        page.goto(f"/sedute/{sitting}/avvisi/1")
        look(page)
