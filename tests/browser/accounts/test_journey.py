"""From the mail to the staff of one's own body, on a phone, with the keyboard alone, with and without scripts."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from portal.accounts import queries
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.clock import now
from portal.kernel.offices import Office
from tests import factories
from tests.fixtures.browser import OpenPage, axe_violations, sideways

pytestmark = [pytest.mark.browser, pytest.mark.once]


def reach(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => (e.labels?.[0] || e).innerText || e.getAttribute('aria-label') || '')(document.activeElement)"
        )
        if name in focused:
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def look(page: Page, script: bool = True) -> None:
    assert sideways(page) == 0
    if script:  # axe itself is one
        assert axe_violations(page) == []


def last_link() -> str:
    db.session.rollback()
    text = db.session.scalars(sa.select(Mail.text).order_by(Mail.id.desc())).first() or ""
    found = re.search(r"http://localhost(/accesso/\S+)", text)
    assert found
    return found[1]


@pytest.mark.parametrize(("width", "script"), [(360, True), (320, False)])
def test_a_mayor_signs_in_and_appoints_an_officer(open_page: OpenPage, width: int, script: bool) -> None:
    comune = factories.body("Comune di Prova")
    factories.mandate(factories.person("Sindaca", "sindaca@comune.example"), comune, Office.MAYOR)
    page = open_page("/scrivania/incarichi", width=width, script=script)
    expect(page.get_by_role("heading", level=1)).to_have_text("Accedi")
    look(page, script)
    reach(page, "Indirizzo e-mail")
    page.keyboard.type("sindaca@comune.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Controlla la posta")
    look(page, script)

    page.goto(last_link())
    reach(page, "Accedi")
    look(page, script)
    page.locator("main button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Come sono usati i tuoi dati")
    look(page, script)
    reach(page, "Ho letto")
    page.keyboard.press("Space")
    reach(page, "Prosegui")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Persone di Comune di Prova")
    look(page, script)
    reach(page, "Indirizzo e-mail")
    page.keyboard.type("no address")
    reach(page, "Conferisci l’incarico")
    page.keyboard.press("Enter")
    expect(page.locator("#errors a")).to_have_count(1)
    look(page, script)
    page.locator("#errors a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "email" or not script
    page.locator("#email").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("ufficio@comune.example")
    reach(page, "Nome e cognome")
    page.keyboard.type("Ufficio di piano")
    reach(page, "Conferisci l’incarico")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("registrato")
    look(page, script)
    db.session.rollback()
    officer = queries.actor_of_email("ufficio@comune.example", now=now())
    assert officer
    assert [grant.office for grant in officer.grants] == [Office.OFFICER]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_profile_fits_and_speaks_both_languages(open_page: OpenPage, width: int) -> None:
    who = factories.person("Sindaca", "sindaca@comune.example")
    factories.mandate(who, factories.body("Comune di Prova"), Office.MAYOR)
    page = open_page("/accesso", width=width)
    page.fill("#email", "sindaca@comune.example")
    page.get_by_role("button", name="Inviami il collegamento").click()
    page.goto(last_link())
    page.locator("main button").click()
    page.check("#read")
    page.get_by_role("button", name="Prosegui").click()
    for address in ("/profilo", "/profilo/cancella", "/privacy", "/accessibilita"):
        for language in ("it", "en"):
            page.goto(f"/lingua/{language}?next={address}")
            assert page.locator("html").get_attribute("lang") == language
            look(page)
