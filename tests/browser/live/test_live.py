"""Two people look while a third acts: they are told quietly, nothing moves, and without sockets they learn it too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.live.relay import Relay
from portal.live.turn import Always
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter
from tests.remarks import Round

pytestmark = [pytest.mark.browser, pytest.mark.once]
QUEUE = "/segreteria/osservazioni"


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def relay(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """The relay of a server, at work; heads come quickly, so that nobody waits for them."""
    monkeypatch.setattr("portal.live.relay.HEADS_EVERY", 0.3)
    at_work = Relay(app.app_context, app.extensions["hub"], Always())
    at_work.start()
    yield at_work
    at_work.stop()
    at_work.join(60)


def is_live(page: Page) -> None:
    expect(page.locator("[data-live-state]")).to_have_text("Aggiornamento in diretta")


def place(page: Page, selector: str) -> int:
    """How far down the page something stands."""
    wanted = "one => Math.round(document.querySelector(one).getBoundingClientRect().top + scrollY)"
    return int(page.evaluate(wanted, selector))


def test_two_people_are_told_and_nothing_they_do_is_disturbed(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round, relay: Relay
) -> None:
    first = round_.remark()
    desk = enter(open_page(), app, live_server, round_.secretary)
    desk.goto(f"{QUEUE}/{first.number}")
    phone = open_page(f"/piano/azioni/{round_.action.code}", width=360)
    is_live(desk)
    is_live(phone)
    desk.keyboard.press("x")
    desk.locator("textarea[name=text]:visible").fill("Parole scritte a metà")
    before = place(desk, "#remark-title"), place(phone, ".beside")

    round_.remark()
    round_.remark()
    expect(desk.locator(".news-line")).to_contain_text("2 nuove osservazioni in coda")
    expect(phone.locator(".news-line")).to_contain_text("nuov", timeout=60_000)
    assert (place(desk, "#remark-title"), place(phone, ".beside")) == before
    expect(desk.locator("textarea[name=text]:visible")).to_have_value("Parole scritte a metà")
    expect(desk.locator(".queue-list li")).to_have_count(1)
    assert (sideways(desk), axe_violations(desk)) == (0, [])
    assert (sideways(phone), axe_violations(phone)) == (0, [])

    phone.reload()
    expect(phone.locator(".beside li")).to_have_count(3)
    expect(phone.locator(".news-line")).to_have_count(0)

    round_.admit(first, now=NOW + timedelta(minutes=1))
    expect(desk.locator(".news-line.is-changed")).to_contain_text("ammessa")
    expect(desk.locator("textarea[name=text]:visible")).to_have_value("Parole scritte a metà")
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("link", name="Mostra come sta ora").click()
    expect(desk.locator(".sheet-head .state").first).to_contain_text("Ammessa")


def test_what_was_missed_is_noticed_by_the_head(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round, relay: Relay
) -> None:
    page = enter(open_page(), app, live_server, round_.secretary)
    page.goto(QUEUE)
    is_live(page)
    relay.stop()
    relay.join(60)
    round_.remark()
    again = Relay(app.app_context, app.extensions["hub"], Always())
    again.start()
    expect(page.locator(".news-line")).to_contain_text("1 nuova osservazione in coda", timeout=60_000)
    again.stop()
    again.join(60)


def test_without_a_socket_the_page_asks_by_itself(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["gate"], "most_sockets", 0)
    page = enter(open_page(), app, live_server, round_.secretary)
    page.clock.install(time=NOW)
    page.goto(QUEUE)
    expect(page.locator("[data-live-state]")).to_have_text("Aggiornamento ogni mezzo minuto")
    round_.remark()
    for _ in range(6):
        page.clock.run_for(20_000)
    expect(page.locator(".news-line")).to_contain_text("1 nuova osservazione in coda")


def test_without_scripts_the_pages_are_whole_and_say_nothing_of_it(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round
) -> None:
    round_.remark()
    page = open_page(f"/piano/azioni/{round_.action.code}", script=False)
    expect(page.locator("[data-live-state]")).to_have_text("")
    expect(page.locator(".beside li")).to_have_count(1)
