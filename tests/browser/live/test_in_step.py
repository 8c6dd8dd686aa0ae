"""`Live` in a real browser: one clock whatever the computer's says, and back in step after every kind of cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from portal.conferences.hall.incidents import note
from portal.conferences.hall.rules import IncidentKind
from portal.journal import hearing
from portal.live.relay import Relay
from portal.live.turn import Always
from tests.fixtures.browser import OpenPage
from tests.hall import Hall

pytestmark = [pytest.mark.browser, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "static" / "js" / "live.js"
CLIENT = ROOT / "node_modules" / "socket.io-client" / "dist" / "socket.io.esm.min.js"
START = """async ({stream, seen}) => {
  const { Live } = await import("/static/js/live.js");
  const { pulse } = await import("/static/js/live/pulse.js");
  const main = document.querySelector("main");
  main.innerHTML = "<p data-pulse-words></p><p data-pulse-ago></p><ol class=heard></ol>";
  Object.assign(main.dataset, { live: "in diretta", polled: "ogni poco", cut: "interrotto", ago: "{n} s fa" });
  const entry = ({ seq }) => main.querySelector("ol").insertAdjacentHTML("beforeend", `<li>${seq}</li>`);
  window.live = new Live({ [stream]: seen }, { entry, pulse: pulse(main) }, { poll: 1000 });
  window.live.start();
}"""
LYING = "const real = Date.now; window.lie = {by}; Date.now = () => real() + window.lie;"


class Telling:
    """The relay of a server: at work, ended, and at work again as another."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.begin()

    def begin(self) -> None:
        """Start."""
        self._relay = Relay(self._app.app_context, self._app.extensions["hub"], Always(), self._app.extensions["wake"])
        self._relay.start()

    def end(self) -> None:
        """Take leave, as a server does that stops."""
        self._relay.stop()
        self._relay.join(60)


@pytest.fixture
def telling(app: Flask, database: None) -> Iterator[Telling]:
    at_work = Telling(app)
    yield at_work
    at_work.end()  # before the database is put back as it was


class Sitting:
    """A sitting that goes on, and pages that follow it."""

    def __init__(self, open_page: OpenPage) -> None:
        self._open = open_page
        self.hall = Hall()
        self.hall.open()
        self.stream = f"sitting:{self.hall.sitting}"

    def page(self, lie: int = 0) -> Page:
        """A page that shows nothing but what it hears."""
        page = self._open()
        source = SOURCE.read_text().replace('"socket.io-client"', '"/prova/client.js"')
        page.route("**/static/js/live.js", lambda route: route.fulfill(body=source, content_type="text/javascript"))
        page.route("**/prova/client.js", lambda route: route.fulfill(path=CLIENT, content_type="text/javascript"))
        page.add_init_script(LYING.replace("{by}", str(lie)))
        page.goto("/accessibilita")
        page.evaluate(START, {"stream": self.stream, "seen": hearing.head(self.stream)})
        return page

    def disturb(self) -> str:
        """Something that everybody is told; returns its number."""
        before = hearing.head(self.stream)
        words = f"Manca la luce, {before}."
        note(self.hall.secretariat, self.hall.sitting, IncidentKind.TECHNICAL, words, now=self.hall.at(2))
        return str(before + 1)


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-pulse-words]")).to_have_text(words)


def test_computers_an_hour_off_agree_with_the_server_within_three_tenths_of_a_second(
    open_page: OpenPage, telling: Telling
) -> None:
    sitting = Sitting(open_page)
    pages = [sitting.page(lie) for lie in (3_600_000, -3_600_000, 0)]
    for page in pages:
        says(page, "in diretta")
    for lie in (None, 7_200_000):  # and when somebody sets the clock while looking
        for page in pages:
            page.evaluate("by => { if (by !== null) window.lie = by; }", lie)
            before = time.time() * 1000
            shown = page.evaluate("live.clock.now()")
            assert before - 300 <= shown <= time.time() * 1000 + 300


def test_a_page_is_in_step_over_http_while_sockets_are_blocked_and_comes_back_by_itself(
    open_page: OpenPage, app: Flask, telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting(open_page)
    with monkeypatch.context() as blocked:
        blocked.setattr(app.extensions["gate"], "most_sockets", 0)
        page = sitting.page()
        first = sitting.disturb()
        expect(page.locator(".heard li")).to_have_text([first])
        says(page, "ogni poco")

        def cut(route: Route) -> None:
            route.abort()

        page.route("**/diretta/**", cut)
        says(page, "interrotto")
        expect(page.locator("[data-pulse-ago]")).to_contain_text("s fa")
        second = sitting.disturb()
    page.unroute("**/diretta/**", cut)  # at the first answer it tries the socket as well
    expect(page.locator(".heard li")).to_have_text([first, second])
    says(page, "in diretta")
    third = sitting.disturb()
    expect(page.locator(".heard li")).to_have_text([first, second, third])

    telling.end()  # the server takes leave, and another answers
    fourth = sitting.disturb()
    telling.begin()
    expect(page.locator(".heard li")).to_have_text([first, second, third, fourth])
    says(page, "in diretta")
