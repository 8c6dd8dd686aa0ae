"""From the queue to the published answer in a real browser, with the keyboard alone, and on a phone without scripts."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter, tab_to
from tests.remarks import REASONS, Round

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def states() -> list[CommentState]:
    db.session.rollback()
    return [state for (state,) in db.session.query(Comment.state).order_by(Comment.id)]


def test_one_key_each_in_the_queue(open_page: OpenPage, app: Flask, live_server: str, round_: Round) -> None:
    first, second, third = (round_.remark().number for _ in range(3))
    page = enter(open_page(), app, live_server, round_.secretary)
    page.goto("/segreteria/osservazioni")
    heading, hints = page.locator("#remark-title"), page.locator("[data-keys]")
    expect(hints).to_be_visible()
    page.keyboard.press("j")
    expect(heading).to_contain_text(f"n. {second}")
    expect(hints).to_be_visible()
    page.keyboard.press("k")
    expect(heading).to_contain_text(f"n. {first}")
    expect(hints).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("è ammessa")
    expect(heading).to_contain_text(f"n. {second}")
    expect(hints).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Space")
    tab_to(page, "[name=text]")
    page.keyboard.type("a x j k: qui si scrive e non si decide.")
    tab_to(page, ".btn-danger")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("non è ammessa")
    expect(heading).to_contain_text(f"n. {third}")
    look(page)
    assert states() == [CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.SUBMITTED]


def test_the_keys_can_be_switched_off(open_page: OpenPage, app: Flask, live_server: str, round_: Round) -> None:
    round_.remark()
    page = enter(open_page(), app, live_server, round_.secretary)
    page.goto("/segreteria/osservazioni")
    switch = page.get_by_role("button", name="Tasti attivi")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tasti disattivati")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("a")
    page.reload()
    expect(page.get_by_role("button", name="Tasti disattivati")).to_be_visible()
    assert states() == [CommentState.SUBMITTED]


def test_assigned_proposed_approved_published_by_keyboard(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round
) -> None:
    comment = round_.admitted()
    page = enter(open_page(), app, live_server, round_.lead)
    page.goto("/redazione?stage=unassigned")
    tab_to(page, "#all")
    page.keyboard.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("1 scelte")
    page.locator("#officer").select_option(str(round_.officer.person_id))
    page.locator("#officer").press("Enter")
    page.get_by_role("button", name="Assegna").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("1 osservazione assegnata")

    page = enter(open_page(), app, live_server, round_.officer)
    page.goto(f"/redazione/osservazioni/{comment.number}")
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    tab_to(page, "#text")
    page.keyboard.type(REASONS)
    page.get_by_role("button", name="Proponi la risposta").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("la deve approvare un’altra persona")
    look(page)

    page = enter(open_page(), app, live_server, round_.lead)
    page.goto(f"/redazione/osservazioni/{comment.number}")
    look(page)
    page.get_by_role("button", name="Approva la risposta").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("approvata")
    page.goto("/redazione/pubblicazione")
    look(page)
    page.get_by_role("checkbox", name="Scegli l’osservazione n. 1").press("Space")
    page.get_by_role("button", name="Pubblica le risposte scelte").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("1 risposta è pubblica")
    db.session.rollback()
    assert db.session.query(Answer.state).scalar() is AnswerState.PUBLISHED


@pytest.mark.parametrize("width", [320, 360])
def test_the_same_on_a_phone_without_scripts(
    open_page: OpenPage, app: Flask, live_server: str, round_: Round, width: int
) -> None:
    comment = round_.remark()
    page = enter(open_page(width=width, script=False), app, live_server, round_.secretary)
    page.goto("/segreteria/osservazioni")
    assert sideways(page) == 0
    page.locator(".queue-list a").first.click()
    page.locator("[data-refuse] summary").click()
    assert sideways(page) == 0
    page.get_by_role("button", name="Ammetti").click()
    page.goto("/osservazioni/registro")
    assert sideways(page) == 0
    assert states() == [CommentState.ADMITTED]

    page = enter(open_page(width=width, script=False), app, live_server, round_.officer)
    page.goto("/redazione")
    assert sideways(page) == 0
    page.goto(f"/redazione/osservazioni/{comment.number}")
    page.get_by_label("Non accolta").check()
    page.locator("#text").fill("Accolta.")
    page.get_by_role("button", name="Proponi la risposta").click()
    assert sideways(page) == 0
    page.locator("#text").fill(REASONS)
    page.get_by_role("button", name="Proponi la risposta").click()
    expect(page.get_by_role("status")).to_contain_text("Risposta proposta")
    for address in ("/dati", "/redazione/esporta", "/redazione/pubblicazione"):
        page.goto(address)
        assert sideways(page) == 0
