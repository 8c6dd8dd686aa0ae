"""From the queue to the published answer in a real browser, with the keyboard alone, and on a phone without scripts."""

from __future__ import annotations

import re

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


def told(page: Page, words: str) -> None:
    """The page says it; other lines of the page that speak by themselves may stand beside."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def in_hand(page: Page, number: int | None) -> None:
    """The remark is before one's eyes and its keys are alive."""
    expect(page.locator("#remark-title")).to_contain_text(f"n. {number} ")
    expect(page.locator("[data-keys]")).to_be_visible()


def states() -> list[CommentState]:
    db.session.rollback()
    return [state for (state,) in db.session.query(Comment.state).order_by(Comment.id)]


def test_one_key_each_in_the_queue(open_page: OpenPage, app: Flask, live_server: str, round_: Round) -> None:
    first, second, third = (round_.remark().number for _ in range(3))
    page = enter(open_page(), app, live_server, round_.secretary)
    page.goto("/segreteria/osservazioni")
    in_hand(page, first)
    page.keyboard.press("j")
    in_hand(page, second)
    page.keyboard.press("k")
    in_hand(page, first)
    page.keyboard.press("a")
    told(page, f"L’osservazione {first} è ammessa")
    in_hand(page, second)
    page.keyboard.press("x")
    page.keyboard.press("Space")
    tab_to(page, "[name=text]")
    page.keyboard.type("a x j k: qui si scrive e non si decide.")
    tab_to(page, ".btn-danger")
    page.keyboard.press("Enter")
    told(page, f"L’osservazione {second} attende una seconda persona")
    in_hand(page, third)
    look(page)
    assert states() == [CommentState.ADMITTED, CommentState.SUBMITTED, CommentState.SUBMITTED]

    page = enter(open_page(), app, live_server, round_.colleague)
    page.goto("/segreteria/osservazioni?show=confirm")
    in_hand(page, second)
    look(page)
    page.keyboard.press("f")
    told(page, "Confermato")
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
    page.get_by_role("button", name="Assegna").press("Enter")
    told(page, "1 osservazione assegnata")

    page = enter(open_page(), app, live_server, round_.officer)
    page.goto(f"/redazione/osservazioni/{comment.number}")
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    tab_to(page, "#text")
    page.keyboard.type(REASONS)
    page.get_by_role("button", name="Proponi la risposta").press("Enter")
    told(page, "la deve approvare un’altra persona")
    look(page)

    page = enter(open_page(), app, live_server, round_.lead)
    page.goto(f"/redazione/osservazioni/{comment.number}")
    look(page)
    page.get_by_role("button", name="Approva la risposta").press("Enter")
    told(page, "approvata")
    page.goto("/redazione/pubblicazione")
    look(page)
    chosen = page.get_by_role("checkbox", name=f"Scegli l’osservazione n. {comment.number}")
    expect(chosen).not_to_be_checked()
    chosen.press("Space")
    told(page, "1 scelte")
    page.get_by_role("button", name="Pubblica le risposte scelte").press("Enter")
    told(page, "1 risposta è pubblica")
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
    expect(page).to_have_url(re.compile(rf"/segreteria/osservazioni/{comment.number}$"))
    for folded in page.locator(".acts summary").all():
        folded.click()
    expect(page.get_by_role("button", name="Chiedi la conferma di un’altra persona")).to_have_count(2)
    assert sideways(page) == 0
    page.get_by_role("button", name="Ammetti").click()
    told(page, f"L’osservazione {comment.number} è ammessa")
    assert sideways(page) == 0
    page.get_by_role("button", name="Annulla").click()
    told(page, f"L’osservazione {comment.number} è tornata com’era")
    page.get_by_role("button", name="Ammetti").click()
    told(page, f"L’osservazione {comment.number} è ammessa")
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
    expect(page.get_by_role("alert")).to_be_visible()
    assert sideways(page) == 0
    page.locator("#text").fill(REASONS)
    page.get_by_role("button", name="Proponi la risposta").click()
    told(page, "Risposta proposta")
    for address in ("/dati", "/redazione/esporta", "/redazione/pubblicazione"):
        page.goto(address)
        assert sideways(page) == 0
