"""The Council asks, the Forum waits for facts, the term runs out: followed by everybody at 320 pixels."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.forum import install
from portal.kernel.actor import Actor
from portal.kernel.clock import local
from portal.kernel.offices import Office
from portal.notify import requests
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]
DAY = timedelta(days=1)
WHY = "Servono i costi per anno delle azioni della direttrice."


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_a_request_is_registered_interrupted_begun_again_and_expires(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    install.install(Actor.system(), now=NOW)
    factories.version()
    clerk, secretary = factories.holder(Office.COUNCIL_CLERK), factories.holder(Office.FORUM_SECRETARY)
    desk = enter(open_page(), app, live_server, clerk)
    desk.goto("/segreteria/forum/pareri/nuovo")
    look(desk)
    desk.get_by_label("Oggetto del parere").fill("Parere del Forum sul Piano")
    desk.get_by_label("Numero dell’atto").fill("77")
    desk.get_by_label("Data dell’atto").fill(f"{NOW:%Y-%m-%d}")
    desk.get_by_role("button", name="Registra", exact=True).click()
    expect(desk.get_by_role("heading", name="Parere del Forum sul Piano", level=1)).to_be_visible()

    visitor = open_page("/forum/pareri", width=320)
    look(visitor)
    visitor.get_by_role("link", name="Parere del Forum sul Piano").click()
    expect(visitor.get_by_text("Ancora 20 giorni, fino alla mezzanotte del 21 marzo 2027")).to_be_visible()
    look(visitor)

    work = enter(open_page(), app, live_server, secretary)
    work.goto("/segreteria/forum/pareri/1")
    work.get_by_role("link", name="Interrompi il termine").click()
    work.get_by_label("Che cosa serve, e perché").fill(WHY)
    work.get_by_role("button", name="Interrompi il termine").click()
    work.get_by_role("link", name="Registra ciò che è arrivato").click()
    work.get_by_label("Che cosa è arrivato").fill("Nota del Consiglio con i costi.")
    work.get_by_label("Arrivato il").fill(f"{local(clock.at):%Y-%m-%dT%H:%M}")
    work.get_by_role("button", name="Fai ripartire il termine").click()
    expect(work.get_by_text("Il Forum sta preparando il parere. Giorni che restano: 15.")).to_be_visible()
    look(work)

    clock.set(NOW + 16 * DAY)
    assert requests.terms() == 1
    visitor.reload()
    expect(visitor.get_by_text("Il termine è decorso senza il parere: il Consiglio può procedere.")).to_be_visible()
    expect(visitor.get_by_text(WHY)).to_be_visible()
    visitor.get_by_role("link", name="Leggi l’attestazione").click()
    expect(visitor.get_by_text("Si attesta che entro il 16 marzo 2027")).to_be_visible()
    look(visitor)
