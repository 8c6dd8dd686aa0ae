"""The floor in two windows: asked for on a telephone, given by one key, counted by the server's clock on both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from portal.conferences.floor.board import floor_board
from portal.db import db
from portal.kernel import clock
from portal.live.relay import Relay
from portal.live.turn import Always
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import Hall
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]
LYING = "const real = Date.now; Date.now = () => real() + 3600000;"
DESK, PHONE = "[data-panel=intervento] .speech-clock", "#mine-speaking .speech-clock"


@pytest.fixture
def hall(database: None, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """In session on its first item; the hour of the hall has come, and goes on."""
    made = Hall()
    made.open()
    made.call_item(1)
    ahead = made.at(3) - datetime.now(UTC)
    monkeypatch.setattr("portal.kernel.clock.now", lambda: datetime.now(UTC) + ahead)
    return made


@pytest.fixture
def relay(app: Flask, hall: Hall) -> Iterator[Relay]:
    """The relay of a server, at work."""
    at_work = Relay(app.app_context, app.extensions["hub"], Always())
    at_work.start()
    yield at_work
    at_work.stop()
    at_work.join(10)


def left(hall: Hall) -> int:
    """Whole seconds that the server says are left."""
    db.session.rollback()
    now = clock.now()
    speaking = floor_board(hall.secretariat, hall.sitting, now).speaking
    assert speaking is not None
    return speaking.clock.left(now) // timedelta(seconds=1)


def shown(clock: Locator) -> int:
    """Whole seconds that a page says are left."""
    minutes, seconds = clock.locator("[data-speech-time]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_asked_on_a_telephone_given_by_one_key_and_counted_alike_whatever_the_clocks_say(
    open_page: OpenPage, app: Flask, live_server: str, hall: Hall, relay: Relay
) -> None:
    desk = enter(open_page(), app, live_server, hall.secretariat)
    phone = open_page(width=320)
    phone.context.add_init_script(LYING)
    enter(phone, app, live_server, hall.people[2])
    desk.goto(f"/sedute/{hall.sitting}/parola")
    phone.goto(f"/sedute/{hall.sitting}/partecipa")
    for page in (desk, phone):
        expect(page.locator("[data-pulse-words]")).to_have_text("Aggiornamento in diretta")

    phone.get_by_role("button", name="Chiedi la parola").click()
    expect(phone.get_by_text("Sei il prossimo", exact=True)).to_be_visible()
    expect(desk.locator("[data-panel=coda]")).to_contain_text("Comune 02")
    desk.keyboard.press("Space")
    expect(phone.locator("#mine-speaking")).to_be_visible()
    expect(desk.locator("[data-panel=intervento] .floor-who")).to_contain_text("Comune 02")
    clocks = (desk.locator(DESK), phone.locator(PHONE))
    for one in clocks:
        most, seconds, least = left(hall), shown(one), left(hall)
        assert least - 1 <= seconds <= most + 1

    desk.keyboard.press("p")
    for one in clocks:
        expect(one).to_have_class(re.compile("is-paused"))
        assert abs(shown(one) - left(hall)) <= 1
    assert (sideways(phone), axe_violations(phone)) == (0, [])
    desk.set_viewport_size({"width": 320, "height": 800})
    assert (sideways(desk), axe_violations(desk)) == (0, [])
    desk.set_viewport_size({"width": 1280, "height": 800})

    expect(desk.locator("#floor-pause")).to_contain_text("Riprendi")
    desk.keyboard.press("p")
    desk.locator("#floor-more > summary").click()
    desk.get_by_label("Chi è presente").select_option("4")
    desk.get_by_role("button", name="Dai subito la parola", exact=True).click()
    expect(desk.locator("[data-panel=intervento] .floor-who")).to_contain_text("Comune 04")
    expect(phone.locator("#mine-speaking")).to_have_count(0)
    expect(desk.locator("[data-panel=interventi]")).to_contain_text("Comune 02")
