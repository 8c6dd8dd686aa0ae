"""A section kept while one types and a text signed by two, in real browsers, by keyboard."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter
from tests.minutes import Record

pytestmark = [pytest.mark.browser, pytest.mark.once]


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_what_is_typed_is_kept_and_compared_then_two_sign_and_everybody_reads(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    record = Record()
    clock.set(record.hall.at(65))
    where = f"/sedute/{record.hall.sitting}/verbale"
    desk = enter(open_page(), app, live_server, record.clerk)
    desk.goto("/segreteria/verbali")
    desk.get_by_role("link", name="n. 1/2027").click()
    look(desk)
    desk.get_by_role("link", name=re.compile("Scrivi.*Chiusura")).click()
    field = desk.get_by_label("Testo della sezione")
    field.fill(field.input_value() + "\n\nSi allega il foglio delle firme.")
    expect(desk.locator("#kept")).to_have_text(re.compile("Salvato alle"))
    desk.reload()
    look(desk)
    expect(desk.locator("ins").first).to_have_text(re.compile("Si allega il foglio delle firme"))
    desk.get_by_role("button", name="Salva la sezione").click()
    expect(desk.get_by_text("modificata a mano")).to_be_visible()

    for who in (record.general, record.mayor):
        signer = enter(open_page(width=360), app, live_server, who)
        signer.goto(where)
        look(signer)
        signer.get_by_label("Ho letto il verbale e lo firmo").press("Space")
        signer.get_by_role("button", name="Firma il verbale").press("Enter")
        expect(signer.get_by_text(re.compile("Manca ancora l’altra firma|il testo è definitivo"))).to_be_visible()

    desk.goto(where)
    desk.get_by_role("link", name="Pubblica il verbale").click()
    desk.get_by_label(re.compile("Ho controllato")).check()
    desk.get_by_role("button", name="Pubblica il verbale").click()
    visitor = open_page(where, width=320)
    expect(visitor.get_by_text("Si allega il foglio delle firme.")).to_be_visible()
    look(visitor)
