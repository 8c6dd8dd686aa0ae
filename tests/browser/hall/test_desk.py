"""The desk of presences at a keyboard: the roll called with two keys, news that disturb nobody who types."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from portal.conferences.hall import attend, board
from portal.conferences.rules import SittingState
from portal.db import db
from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import Hall
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]


def seen(hall: Hall) -> board.PresenceBoard:
    db.session.rollback()
    return board.presence_board(hall.auditor, hall.sitting, hall.at())


def test_the_roll_is_called_and_the_session_opened_by_keyboard_alone(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    hall = Hall()
    clock.set(hall.at())
    desk = enter(open_page(), app, live_server, hall.secretariat, now=clock.now())
    desk.goto(f"/sedute/{hall.sitting}/presenze")
    desk.get_by_role("button", name="Fai l’appello").press("Enter")
    expect(desk.locator("[data-seat]").first).to_be_focused()
    for key in "ppap":
        desk.keyboard.press(key)
    desk.keyboard.press("ArrowUp")  # read back, and put right
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("p")
    expect(desk.get_by_text("chiamati 4 su 5")).to_be_visible()
    expect(desk.locator("[data-seat]").nth(2)).to_contain_text("risposta: presente")
    desk.locator("[data-seat]").nth(4).focus()
    desk.keyboard.press("a")
    expect(desk.get_by_text("tutti chiamati")).to_be_visible()
    assert axe_violations(desk) == []
    desk.keyboard.press("r")
    secretary = desk.get_by_label("Chi verbalizza")
    secretary.fill("Il Segretario generale")
    assert axe_violations(desk) == []
    secretary.press("Enter")
    expect(desk.locator("[data-said]")).to_have_text("La seduta è aperta.")
    found = seen(hall)
    assert found.row.state is SittingState.IN_SESSION and found.numbers.entitled.present == 4


def test_a_claim_arrives_while_a_badge_is_typed_and_disturbs_nothing(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    hall = Hall()
    clock.set(hall.at(-10))
    code = hall.accreditation(1).badge_code or ""
    desk = enter(open_page(width=360), app, live_server, hall.secretariat, now=clock.now())
    desk.goto(f"/sedute/{hall.sitting}/presenze")
    badge = desk.get_by_label("Tessera")
    badge.press_sequentially(code[:6])
    attend.claim(hall.people[2], hall.sitting, now=clock.now())
    db.session.rollback()
    expect(desk.get_by_text("1 persona dichiara di essere in sala")).to_be_visible()
    expect(badge).to_be_focused()
    badge.press_sequentially(code[6:])
    badge.press("Enter")
    expect(desk.locator("[data-said]")).to_contain_text("Comune 01: ingresso registrato")
    expect(badge).to_have_value("")
    desk.get_by_role("button", name="È in sala").click()
    expect(desk.locator("#numeri")).to_contain_text("2 presenti su 5")
    assert sideways(desk) <= 0
