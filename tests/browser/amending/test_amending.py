"""A rapporteur writes, an organisation amends at a telephone, another signs, the rapporteur takes it in."""

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
def test_a_text_is_written_amended_signed_and_changed(app: Flask, open_page: OpenPage, live_server: str) -> None:
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

    drafting.open()
    phone = enter(open_page(width=320), app, live_server, drafting.delegates[1])
    phone.goto(f"{here}/testo")
    look(phone)
    phone.get_by_role("link", name=re.compile("Proponi un emendamento.*Rilievo 1")).click()
    words = phone.get_by_label("Il testo come dovrebbe essere")
    words.fill(ASKED.replace("date certe", "date entro il 2028"))
    expect(phone.locator("#cambio ins")).to_have_text("entro il 2028")
    expect(phone.locator("#cambio del")).to_have_text("certe")
    phone.get_by_label("Perché").fill("Una data si può verificare.")
    look(phone)
    phone.get_by_role("button", name="Deposita l’emendamento").click()
    expect(phone.get_by_text("Firme: 0 su 3")).to_be_visible()
    look(phone)
    drafting.signed(1, (2, 3))

    other = enter(open_page(width=320), app, live_server, drafting.delegates[4])
    other.goto(f"{here}/emendamenti")
    look(other)
    other.get_by_role("link", name="Emendamento n. 1").click()
    other.get_by_role("button", name="Firma anche tu").click()
    expect(other.get_by_text("Firme: 3 su 3")).to_be_visible()

    desk.goto(f"{here}/emendamenti/1")
    desk.get_by_label("Accogli nel testo").check()
    desk.get_by_role("button", name="Decidi").click()
    expect(desk.get_by_text("Accolto dal relatore")).to_be_visible()
    desk.goto(f"{here}/testo/sezioni/{drafting.first.id}/storia")
    expect(desk.get_by_role("link", name="con l’emendamento n. 1")).to_be_visible()
    look(desk)
