"""A hall and a citizen look while the sitting goes on: both follow by themselves, and ask for no more than needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.conferences.floor import give
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.hall.rules import Shows
from portal.conferences.screen import halls, show
from portal.conferences.screen.show import Wanted
from portal.live.relay import Relay
from portal.live.turn import Always
from tests import factories
from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations
from tests.hall import Hall
from tests.remarks import Round

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    hall = Hall()
    hall.open(1, 2, 3)
    clock.set(hall.at(5))
    return hall


@pytest.fixture
def relay(app: Flask, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """The relay of a server, at work; heads come quickly, so that nobody waits for them."""
    monkeypatch.setattr("portal.live.relay.HEADS_EVERY", 0.3)
    at_work = Relay(app.app_context, app.extensions["hub"], Always())
    at_work.start()
    yield at_work
    at_work.stop()
    at_work.join(60)


def test_hall_and_public_page_follow_the_sitting(open_page: OpenPage, hall: Hall, relay: Relay) -> None:
    screen = open_page(f"/sedute/{hall.sitting}/schermo")
    phone = open_page(width=360)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if "quadro" in request.url else None)
    phone.goto(f"/sedute/{hall.sitting}/diretta")
    expect(phone.locator("[data-pulse-words]")).to_have_text("Aggiornamento in diretta")
    expect(screen.locator("h1")).to_have_text("Seduta plenaria")

    hall.call_item(2, now=hall.at(2))
    give.give_seat(hall.secretariat, hall.sitting, 2, SpeechKind.ORDINARY, now=hall.at(2))
    hall.enter(4, now=hall.at(5))
    expect(screen.locator("h1")).to_have_text("Parere sulle azioni")
    expect(screen.locator("[data-speaker]")).to_have_text("Comune 02")
    expect(screen.locator("[data-spoken]")).to_contain_text("Comune 02")
    expect(phone.locator("[data-current-title]")).to_have_text("Parere sulle azioni")
    expect(phone.locator("[data-speaker]")).to_have_text("Comune 02")
    expect(phone.locator("[data-bodies] strong")).to_have_text("4")
    expect(phone.locator("[aria-current=step] h3")).to_have_text("Parere sulle azioni")
    assert asked == []  # the facts were enough
    for page in (screen, phone):
        # By the clock of the server, which stands still: that of the browser is months away.
        expect(page.locator("[data-speech-time]")).to_have_text(re.compile(r"^[12]:\d\d$"))
        assert axe_violations(page) == []


def test_a_text_too_long_for_the_hall_goes_over_pages_that_end_between_lines(open_page: OpenPage, hall: Hall) -> None:
    rounds = Round(factories.consultation(hall.chamber.version))
    row = rounds.admitted(observation="\n".join(f"Riga {n} di un testo molto lungo per la sala." for n in range(1, 61)))
    show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.REMARK, remark=row.number), now=hall.at(5))
    token = halls.open_address(hall.secretariat, hall.sitting, 1, now=hall.at(5))
    screen = open_page(f"/schermi/{token}")  # nobody has signed in on the computer of the hall, and no socket tells it
    screen.set_viewport_size({"width": 1920, "height": 1080})
    at = screen.locator("[data-at]")
    expect(at).to_contain_text("1 di ")
    assert least(screen) >= 1080 * 4 / 100
    screen.keyboard.press("ArrowRight")
    expect(at).to_contain_text("2 di ")
    expect(screen.locator("[data-hold]")).to_have_attribute("aria-pressed", "true")
    show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.MESSAGE, message="Breve pausa"), now=hall.at(6))
    expect(screen.locator("h1")).to_have_text("Breve pausa")
    expect(at).to_be_hidden()


def least(page: Page) -> float:
    """The smallest letter on the screen, in pixels."""
    return float(
        page.evaluate("""() => Math.min(...[...document.querySelectorAll(".scene *")]
          .filter((one) => one.checkVisibility() && [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
          .map((one) => parseFloat(getComputedStyle(one).fontSize)))""")
    )
