"""A rapporteur writes while somebody else does: what both wrote is shown, and nobody's words are lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.forum_texts import ASKED, Drafting
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


@pytest.mark.usefixtures("clock")
def test_two_write_in_one_place_and_put_their_words_together(app: Flask, open_page: OpenPage, live_server: str) -> None:
    drafting = Drafting()
    here = f"/forum/pareri/{drafting.number}"
    desk = enter(open_page(), app, live_server, drafting.rapporteur)
    desk.goto(f"{here}/testo")
    look(desk)
    desk.get_by_role("link", name=re.compile("Scrivi.*Rilievo 1")).click()
    desk.get_by_label("Che cosa si chiede").fill(ASKED.replace("continuo", "sicuro"))
    expect(desk.get_by_role("status")).to_contain_text("Salvato alle")
    look(desk)
    drafting.write(drafting.first, drafting.first.text.replace("sicuro", "ininterrotto"), actor=drafting.secretary)
    desk.get_by_label("Che cosa si chiede").fill(ASKED.replace("continuo", "protetto"))
    desk.get_by_role("button", name="Salva").click()
    expect(desk.get_by_role("heading", name="Che cosa ha scritto un’altra persona")).to_be_visible()
    look(desk)
    desk.get_by_label("Che cosa si chiede").fill(ASKED)
    desk.get_by_role("button", name="Salva").click()
    expect(desk.get_by_text(ASKED)).to_be_visible()
