"""A sitting conducted by keyboard alone, from the roll call to the closing; and without scripts, by its plain forms."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from portal.conferences.floor import ask
from portal.conferences.floor.rules import FloorKind
from portal.conferences.hall.rules import Shows
from portal.conferences.screen import show
from portal.conferences.screen.show import Wanted
from portal.kernel import clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import HOUR, Hall
from tests.keyboard import enter, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch, database: None) -> Hall:
    """Three bodies are in the hall, and it is the hour of the call; from here on the clock runs."""
    made, began = Hall(), time.monotonic()
    for number in (1, 2, 3):
        made.enter(number, now=made.at(-6))

    def running() -> datetime:
        return HOUR + timedelta(minutes=1, seconds=time.monotonic() - began)

    monkeypatch.setattr("portal.kernel.clock.now", running)
    return made


def cockpit(page: Page, app: Flask, server: str, hall: Hall) -> Page:
    enter(page, app, server, hall.moderator, now=clock.now())
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/sedute/{hall.sitting}/regia")
    return page


def panel(page: Page, name: str) -> Locator:
    return page.locator(f'[data-panel="{name}"]')


def asks(hall: Hall, number: int) -> None:
    ask.ask(hall.people[number], hall.sitting, FloorKind.ORDINARY, f"key-{number}", now=clock.now())


def scrolls(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight"))


def test_a_sitting_from_the_roll_call_to_the_closing_by_keyboard_alone(
    app: Flask, live_server: str, open_page: OpenPage, hall: Hall
) -> None:
    page = cockpit(open_page(), app, live_server, hall)
    state, floor, log = panel(page, "stato"), panel(page, "parola"), panel(page, "registro")
    press = page.keyboard.press
    expect(page.locator("[data-help]")).to_be_visible()

    press("r")
    expect(state).to_contain_text("Appello")
    press("r")
    tab_to(page, "#opening-secretary")
    page.keyboard.type("Il Segretario generale")
    press("Enter")
    expect(state).to_contain_text("In seduta")

    press("n")
    expect(state).to_contain_text("punto 1 di 3")
    asks(hall, 1)
    asks(hall, 2)
    expect(floor.locator(".floor-queue")).to_contain_text("Comune 02")
    press("Space")  # from the item called to the floor given: one key
    expect(page.locator(".floor-who")).to_contain_text("Comune 01")
    press("p")
    expect(floor.locator(".speech-clock.is-paused")).to_be_visible()
    press("p")
    expect(floor.locator(".speech-clock.is-running")).to_be_visible()
    press("Space")
    expect(page.locator(".floor-who")).to_contain_text("Comune 02")
    press("u")
    expect(page.locator(".floor-who")).to_contain_text("Comune 01")
    expect(log).to_contain_text("annullato")

    tab_to(page, "[name=message]")
    page.keyboard.type("nspu")  # in a field a key is a letter
    show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.MESSAGE, message="Pausa pranzo"), now=clock.now())
    expect(log).to_contain_text("Lo schermo 1 mostra")
    expect(page.locator("[name=message]")).to_have_value("nspu")
    expect(page.locator("[name=message]")).to_be_focused()
    assert (sideways(page), scrolls(page), axe_violations(page)) == (0, 0, [])
    press("Enter")
    expect(page.locator(".hall-preview")).to_contain_text("nspu")

    press("s")
    expect(state).to_contain_text("In seduta")  # the focus stands in the field still
    page.keyboard.press("Tab")
    press("s")
    expect(state).to_contain_text("sospesa", ignore_case=True)
    press("s")
    expect(state).to_contain_text("In seduta")

    tab_to(page, '.hall-sure:has([action$="chiusura"]) > summary')
    press("Enter")
    press("Tab")
    press("Space")
    press("Tab")
    press("Enter")
    expect(state).to_contain_text("chiusa", ignore_case=True)
    assert hall.told()[-1] == "SittingClosed"


def test_without_scripts_every_act_leads_back_to_the_cockpit(
    app: Flask, live_server: str, open_page: OpenPage, hall: Hall
) -> None:
    hall.open(1, 2, 3, now=hall.at())
    page = cockpit(open_page(script=False), app, live_server, hall)
    page.locator('[data-key="n"]').click()
    asks(hall, 1)
    page.get_by_role("link", name="Aggiorna", exact=True).first.click()
    page.locator('[data-key=" "]').click()
    expect(page.locator(".floor-who")).to_contain_text("Comune 01")
    page.locator('[data-key="u"]').click()
    expect(page.locator("[data-said]")).to_contain_text("Annullato.")
    page.get_by_role("link", name="Aggiorna ogni 10 secondi").click()
    assert page.locator('meta[http-equiv="refresh"]').get_attribute("content") == "10"
    page.set_viewport_size({"width": 320, "height": 700})
    assert sideways(page) == 0
