"""A whole conference of twelve bodies, from its notice to its published minutes, in four windows at once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.conferences.floor import note_speech, state
from portal.conferences.floor.models import Speech
from portal.conferences.hall import attend
from portal.conferences.hall.rules import Way
from portal.conferences.hall.seats_now import seats_now
from portal.conferences.table import remarks
from portal.conferences.table.models import SittingRemark
from portal.db import db
from tests import factories
from tests.browser.rehearsal.play import ITEMS, Rehearsal
from tests.browser.rehearsal.stage import House, Running, Windows
from tests.fixtures.browser import axe_violations, sideways
from tests.live.wire import Wire
from tests.sittings import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.once]


def panel(page: Page, name: str) -> Any:
    return page.locator(f'[data-panel="{name}"]')


def come_in(play: Rehearsal, phone: Page, remote: Page, desk: Page) -> None:
    """One says so and is confirmed, one joins from afar, the rest come past the desk."""
    phone.locator("#act-room").click()
    expect(panel(phone, "presence")).to_contain_text("il banco lo conferma")
    desk.goto(f"/sedute/{play.sitting}/presenze")
    desk.get_by_role("button", name="È in sala").click()
    expect(panel(phone, "presence")).to_contain_text("presente in sala")
    remote.locator("#act-remote").click()
    expect(panel(remote, "presence")).to_contain_text("da remoto")
    seats = {row.body_id: row.id for row in seats_now(play.sitting, play.now)}
    for who in play.people[1:-1]:
        assert who.acting is not None
        attend.enter(play.office, play.sitting, seats[who.acting.body_id], Way.ROOM, now=play.now)


def open_session(play: Rehearsal, cockpit: Page) -> None:
    """The roll is called and ended with one key each; then the session is opened."""
    cockpit.goto(f"/sedute/{play.sitting}/regia")
    cockpit.keyboard.press("r")
    expect(panel(cockpit, "stato")).to_contain_text("Appello")
    cockpit.keyboard.press("r")
    expect(cockpit.locator("#opening-secretary")).to_be_visible()
    cockpit.locator("#opening-secretary").fill("Il Segretario generale")
    cockpit.keyboard.press("Enter")
    expect(panel(cockpit, "stato")).to_contain_text("In seduta")
    cockpit.locator("h1").first.click()


def speaks(cockpit: Page, screen: Page, name: str) -> None:
    """Who waits is on the screen; one key, and the hall sees who has the floor."""
    expect(panel(cockpit, "parola").locator(".floor-queue")).to_contain_text(name)
    cockpit.keyboard.press("Space")
    expect(cockpit.locator(".floor-who")).to_contain_text(name)
    expect(screen.locator("body")).to_contain_text(name)


def writes(phone: Page, words: str) -> None:
    """Write a remark on the sheet of the telephone and send it."""
    phone.locator("#remark-sheet > summary").click()
    phone.get_by_label("Sostegno").check()
    phone.locator("#observation").fill(words)
    phone.get_by_role("button", name="Invia l’osservazione").click()
    expect(panel(phone, "mine")).to_contain_text(words)


def first_item(play: Rehearsal, cockpit: Page, phone: Page, remote: Page, screen: Page) -> None:
    """Speeches from phones and desk, remarks of which the hall sees none before it is admitted."""
    cockpit.keyboard.press("n")
    for window in (phone, remote, screen):
        expect(window.locator("main")).to_contain_text(ITEMS[0])
    phone.locator("#chiedi-ordinary").click()
    expect(phone.locator(".mine-turn")).to_be_visible()
    play.asks(2)
    speaks(cockpit, screen, "Comune 01")  # two acts: the item called, the floor given
    expect(phone.locator("#mine-speaking")).to_contain_text("Hai la parola")
    for n in (3, 4):
        play.asks(n)
    for name in ("Comune 03", "Comune 04", "Comune 05"):
        speaks(cockpit, screen, name)
    running = state.running(play.sitting)
    assert running is not None
    note_speech.write_synopsis(play.office, play.sitting, running.id, "Chiede tempi certi.", now=play.now)
    assert cockpit.evaluate("document.documentElement.scrollHeight <= innerHeight")

    writes(phone, "Una fermata in più alla stazione")
    for n in (2, 3, 4):
        play.remarks(n, f"Contributo numero {n}")
    expect(panel(cockpit, "osservazioni")).to_contain_text("Contributo numero 4")
    expect(screen.locator("main")).not_to_contain_text("Contributo numero")  # nobody has admitted it
    for row in db.session.query(SittingRemark).filter_by(sitting_id=play.sitting):
        remarks.admit(play.office, play.sitting, row.comment_id, now=play.now)


def cuts(play: Rehearsal, house: House, cockpit: Page, remote: Page, screen: Page) -> None:
    """A telephone loses its signal, then the server stops: what was pressed and what was acknowledged is there."""
    remote.context.set_offline(True)
    remote.locator("#chiedi-ordinary").click()
    expect(remote.locator("[data-outbox]")).to_contain_text("Non ancora inviata")
    remote.context.set_offline(False)
    expect(remote.locator(".mine-turn")).to_be_visible()
    speaks(cockpit, screen, "Unione di prova")

    house.stop()
    expect(cockpit.locator("[data-pulse-ago]")).to_contain_text("ultimo aggiornamento", ignore_case=True)
    play.asks(5)
    house.start()
    expect(panel(cockpit, "parola")).to_contain_text("Comune 06")
    speaks(cockpit, screen, "Comune 06")


def second_item(play: Rehearsal, cockpit: Page, phone: Page, remote: Page, screen: Page) -> None:
    """The other four, each with a remark; then the last item."""
    cockpit.keyboard.press("n")
    for window in (phone, remote, screen):
        expect(window.locator("main")).to_contain_text(ITEMS[1])
    for n in (6, 7, 8, 9):
        play.asks(n)
        play.remarks(n, f"Contributo numero {n}")
    for name in ("Comune 07", "Comune 08", "Comune 09", "Comune 10"):
        speaks(cockpit, screen, name)
    cockpit.keyboard.press("n")
    expect(screen.locator("main")).to_contain_text(ITEMS[2])


def test_a_conference_of_twelve_bodies_goes_from_its_notice_to_its_published_minutes(
    app: Flask, house: House, windows: Windows, clock: Running
) -> None:
    play = Rehearsal(clock)
    play.planned(windows.open(play.office, "/scrivania", width=1366, height=768))
    clock.set(factories.NOW + timedelta(days=1))
    play.accredited(windows, windows.open(play.office, "/scrivania", width=1366, height=768))
    windows.close()

    clock.set(FIRST + timedelta(minutes=1))
    page, stream = f"/sedute/{play.sitting}", f"sitting:{play.sitting}"
    cockpit = windows.open(play.office, page, width=1366, height=768)
    phone = windows.open(play.people[0], f"{page}/partecipa", width=320, height=640)
    remote = windows.open(play.people[-1], f"{page}/partecipa", width=360, height=640)
    screen = windows.open(None, f"{page}/schermo", height=720)
    wires = [Wire(house.address) for _ in play.people[1:-1]]  # the telephones of the other ten
    for wire in wires:
        assert wire.ask("join", {"streams": {stream: 0}})["streams"][stream] is not None

    come_in(play, phone, remote, cockpit)
    open_session(play, cockpit)
    first_item(play, cockpit, phone, remote, screen)
    cuts(play, house, cockpit, remote, screen)
    second_item(play, cockpit, phone, remote, screen)
    assert (play.count(Speech), play.count(SittingRemark)) == (10, 8)
    for window in (cockpit, phone, remote, screen):
        assert (sideways(window), axe_violations(window)) == (0, [])

    for wire in wires:
        wire.close()
    close(play, cockpit, screen)
    published(app, play, windows)


def close(play: Rehearsal, cockpit: Page, screen: Page) -> None:
    """What cannot be taken back is confirmed first."""
    form = cockpit.locator('.hall-sure:has([action$="chiusura"])')
    form.locator("summary").click()
    form.locator("input[type=checkbox]").check()
    form.locator("button[type=submit]").click()
    expect(panel(cockpit, "stato")).to_contain_text("chiusa", ignore_case=True)
    expect(screen.locator("body")).to_contain_text("chiusa", ignore_case=True)


def published(app: Flask, play: Rehearsal, windows: Windows) -> None:
    """The minutes are there by themselves; the office adds a sentence, two sign, everybody reads."""
    db.session.rollback()
    app.extensions["worker"].drain()
    where = f"/sedute/{play.sitting}/verbale"
    desk = windows.open(play.office, where)
    for words in ("Chiede tempi certi.", "È presentata in seduta l’osservazione n.", "Comune 11", ITEMS[1]):
        expect(desk.locator("main")).to_contain_text(words)
    desk.get_by_role("link", name=re.compile("Scrivi.*Chiusura")).click()
    field = desk.get_by_label("Testo della sezione")
    field.fill(field.input_value() + "\n\nSi allega il foglio delle firme.")
    desk.get_by_role("button", name="Salva la sezione").click()
    expect(desk.get_by_text("modificata a mano")).to_be_visible()
    for who in (play.chair, play.chamber.general):
        signer = windows.open(who, where, width=360)
        signer.get_by_label("Ho letto il verbale e lo firmo").check()
        signer.get_by_role("button", name="Firma il verbale").click()
        expect(signer.get_by_text(re.compile("Manca ancora l’altra firma|il testo è definitivo"))).to_be_visible()
    desk.goto(where)
    desk.get_by_role("link", name="Pubblica il verbale").click()
    desk.get_by_label(re.compile("Ho controllato")).check()
    desk.get_by_role("button", name="Pubblica il verbale").click()
    visitor = windows.open(None, f"/sedute/{play.sitting}", width=320)
    visitor.get_by_role("link", name=re.compile("erbale")).first.click()
    expect(visitor.locator("main")).to_contain_text("Si allega il foglio delle firme.")
    assert (sideways(visitor), axe_violations(visitor)) == (0, [])
