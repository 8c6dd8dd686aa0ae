"""A delegate with a telephone: what happens in the hall arrives, what one writes stays, nothing is lost on the way."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from portal.comments.models import Comment
from portal.conferences.floor import give
from portal.conferences.floor.models import FloorRequest
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.hall import items
from portal.conferences.table import indicate
from portal.conferences.table.models import Indication
from portal.db import db
from portal.live.relay import Relay
from portal.live.turn import Always
from tests import factories
from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import Hall
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]
COLD, WARM = 150_000, 40_000
HEAD = 900  # bytes at most, of an answer without a body


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    """In session, the opinion on the actions in discussion, everybody there."""
    made = Hall()
    factories.consultation(made.chamber.version)
    made.open()
    made.call_item(2)
    clock.set(made.at(3))
    return made


@pytest.fixture
def relay(app: Flask, database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """The relay of a server, at work."""
    at_work = Relay(app.app_context, app.extensions["hub"], Always())
    at_work.start()
    yield at_work
    at_work.stop()
    at_work.join(10)


def follow(page: Page, app: Flask, server: str, hall: Hall) -> Page:
    """Seat 1 opens the page of its seat."""
    enter(page, app, server, hall.people[1])
    page.goto(f"/sedute/{hall.sitting}/partecipa")
    return page


def top(page: Page, selector: str) -> int:
    """Where in the window something stands."""
    return int(page.evaluate("one => Math.round(document.querySelector(one).getBoundingClientRect().top)", selector))


def write(page: Page, words: str) -> None:
    """Open the sheet and begin a remark."""
    page.locator("#remark-sheet > summary").click()
    page.get_by_label("Sostegno").check()
    page.locator("#observation").fill(words)


def test_what_happens_in_the_hall_arrives_and_what_one_writes_stays(
    open_page: OpenPage, app: Flask, live_server: str, hall: Hall, relay: Relay
) -> None:
    page = follow(open_page(width=320), app, live_server, hall)
    expect(page.locator("[data-pulse-words]")).to_have_text("Aggiornamento in diretta")
    write(page, "Una pista lungo la costa")
    before = top(page, "#observation")

    action = hall.chamber.actions[0].id
    item = hall.items[1].id
    indicate.open_round(hall.secretariat, hall.sitting, item, action, now=hall.at(4))
    expect(page.locator("#indicazione-favourable")).to_be_visible()
    assert abs(top(page, "#observation") - before) <= 1
    expect(page.locator("#observation")).to_have_value("Una pista lungo la costa")
    expect(page.locator("#observation")).to_be_focused()
    expect(page.locator("[data-aloud]")).to_contain_text("indicazione")
    assert (sideways(page), axe_violations(page)) == (0, [])

    page.locator("#indicazione-favourable").click()
    expect(page.locator("#indicazione-favourable")).to_have_attribute("aria-pressed", "true")
    give.give_seat(hall.secretariat, hall.sitting, 2, SpeechKind.ORDINARY, now=hall.at(3))
    expect(page.locator("[data-speaks]")).to_contain_text("Comune 02")
    expect(page.locator("[data-speaks] [data-speech-time]")).to_have_text(re.compile(r"^(5:00|4:[0-5][0-9])$"))
    items.call_item(hall.secretariat, hall.sitting, hall.items[0].id, now=hall.at(5))
    expect(page.locator("[data-panel=now] h2")).to_contain_text("Relazione sulle azioni")
    expect(page.locator("#observation")).to_have_value("Una pista lungo la costa")
    hall.leave(1, now=hall.at(6))
    expect(page.locator("[data-panel=presence]")).to_contain_text("Non risulti presente")
    hall.accredit(1, hall.chamber.deputies[0], now=hall.at(7))
    expect(page.locator("h1")).to_have_text("Il seggio è passato a un’altra persona")


def test_what_is_pressed_without_a_connection_is_sent_once_when_it_is_back(
    open_page: OpenPage, app: Flask, live_server: str, hall: Hall
) -> None:
    indicate.open_round(hall.secretariat, hall.sitting, hall.items[1].id, hall.chamber.actions[0].id, now=hall.at(3))
    page = follow(open_page(width=360), app, live_server, hall)
    away = [True]
    page.context.route("**/*", lambda route: _cut(route, away))
    page.locator("#indicazione-favourable").click()
    expect(page.locator("[data-told]")).to_contain_text("Non registrata")
    page.locator("#chiedi-ordinary").click()
    write(page, "Una pista lungo la costa")
    page.get_by_role("button", name="Invia l’osservazione").click()
    waiting = page.locator("[data-outbox] [data-fate=waiting]")
    expect(waiting).to_have_count(2)
    expect(waiting.last).to_contain_text("Non ancora inviata")
    page.reload()
    expect(waiting).to_have_count(2)
    other = page.context.new_page()
    other.goto(f"/sedute/{hall.sitting}/partecipa")
    expect(other.locator("[data-outbox] [data-fate=waiting]")).to_have_count(2)

    away[0] = False
    for tab in (page, other):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in (page, other):
        expect(tab.locator("[data-outbox] [data-fate=done]")).to_have_count(2)
    expect(page.locator("[data-panel=mine]")).to_contain_text("Una pista lungo la costa")
    db.session.rollback()
    assert [row.observation for row in db.session.query(Comment)] == ["Una pista lungo la costa"]
    assert db.session.query(FloorRequest).count() == 1

    away[0] = True
    page.locator("#chiedi-explanation_of_vote").click()
    expect(page.locator("[data-outbox] [data-fate=waiting]")).to_have_count(1)
    items.call_item(hall.secretariat, hall.sitting, hall.items[0].id, now=hall.at(5))
    away[0] = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox] [data-fate=late]")).to_contain_text("la seduta è andata avanti")
    db.session.rollback()
    assert db.session.query(FloorRequest).count() == 1 and db.session.query(Indication).count() == 0

    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="Esci").click()
    expect(page.get_by_text("Hai chiuso la sessione")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('parere.outbox.'))") == []


def _cut(route: Route, away: list[bool]) -> None:
    """Pages still come, nothing that is sent goes through."""
    if away[0] and route.request.method == "POST":
        route.abort("internetdisconnected")
    else:
        route.continue_()


def test_the_page_arrives_in_a_hundred_and_fifty_kilobytes(
    open_page: OpenPage, app: Flask, live_server: str, hall: Hall
) -> None:
    page = enter(open_page(width=360), app, live_server, hall.people[1])
    scales = Scales(page)
    address = f"/sedute/{hall.sitting}/partecipa"
    arrive(page, address)
    cold = scales.read()
    names = " ".join(cold)
    assert sum(cold.values()) <= COLD, cold
    assert "lora" in names and "titillium" in names and "seat." in names and len(cold) > 10, cold
    arrive(page, address)
    warm = scales.read()
    assert address in " ".join(warm) and sum(warm.values()) <= WARM, warm


def arrive(page: Page, address: str) -> None:
    """Open the page, let it connect, unfold the text of the plan in its letters."""
    page.goto(address)
    expect(page.locator("[data-pulse-words]")).to_have_text("Aggiornamento in diretta")
    page.locator(".follow-text > summary").first.click()
    page.wait_for_function("document.fonts.check('17px Lora') && document.fonts.status === 'loaded'")


class Scales:
    """What a page weighs on its way through a server that compresses what can be compressed; fonts are as they are."""

    def __init__(self, page: Page) -> None:
        self._names: dict[str, str] = {}
        self._travelled: dict[str, int] = {}
        self._session = page.context.new_cdp_session(page)
        self._session.on("Network.responseReceived", self._begun)
        self._session.on("Network.loadingFinished", self._ended)
        self._session.send("Network.enable")

    def _begun(self, event: dict[str, Any]) -> None:
        self._names[event["requestId"]] = event["response"]["url"]

    def _ended(self, event: dict[str, Any]) -> None:
        self._travelled[event["requestId"]] = int(event["encodedDataLength"])

    def read(self) -> dict[str, int]:
        """Each address with its bytes since the last reading."""
        found = {
            self._names[key]: self._weigh(key, size) for key, size in self._travelled.items() if key in self._names
        }
        self._names, self._travelled = {}, {}
        return found

    def _weigh(self, key: str, size: int) -> int:
        if size <= HEAD or self._names[key].endswith(".woff2"):
            return size  # the head alone, where the browser had the rest
        answer = self._session.send("Network.getResponseBody", {"requestId": key})
        body = base64.b64decode(answer["body"]) if answer["base64Encoded"] else answer["body"].encode()
        return len(gzip.compress(body, 6)) + HEAD
