"""The clerk registers what the Council asks; at 320 pixels everybody follows how far it has come."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import HOUR
from tests.keyboard import enter
from tests.opinions import DAY, Mayors

pytestmark = [pytest.mark.browser, pytest.mark.once]


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_the_clerk_registers_and_everybody_follows_on_a_small_screen(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    mayors = Mayors(HOUR, HOUR + DAY)
    mayors.write()
    desk = enter(open_page(), app, live_server, mayors.clerk)
    desk.goto("/segreteria/pareri")
    look(desk)
    desk.get_by_role("link", name="Registra una richiesta").click()
    desk.get_by_label("Oggetto del parere").fill("Parere sulla seconda versione")
    desk.get_by_label("Numero dell’atto").fill("77")
    desk.get_by_label("Data dell’atto").fill(f"{NOW:%Y-%m-%d}")
    desk.get_by_role("button", name="Registra", exact=True).click()
    expect(desk.get_by_role("heading", name="Parere sulla seconda versione", level=1)).to_be_visible()
    look(desk)

    mayors.desert(1, HOUR, 1)
    clock.set(HOUR + 21 * DAY)
    visitor = open_page("/pareri", width=320)
    look(visitor)
    visitor.get_by_role("link", name="Parere sul Piano").click()
    expect(visitor.get_by_text("Il Consiglio non può ancora approvare.")).to_be_visible()
    expect(visitor.get_by_role("img", name="oggi è il giorno 21")).to_be_visible()
    expect(visitor.locator("[aria-current=step]")).to_contain_text("Ulteriore seduta (2 di 3)")
    look(visitor)
