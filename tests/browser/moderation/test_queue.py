"""The secretariat's queue by keyboard alone: sixty remarks, every act, a wrong key taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal.comments.admission_models import AuthorQuestion
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import Admission, CommentState
from portal.db import db
from portal.kernel.offices import Office
from tests import factories
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter
from tests.remarks import Round

pytestmark = pytest.mark.browser
MANY = 60
QUEUE = "/segreteria/osservazioni"
WORDS = "Il signor Rossi abita in via Roma 3. Chiediamo un semaforo."


@pytest.fixture
def round_(database: None) -> Round:
    return Round(factories.consultation(admission=Admission.BEFORE))


def desk(open_page: OpenPage, app: Flask, server: str, round_: Round, width: int = 1280) -> Page:
    page = enter(open_page(width=width), app, server, round_.secretary)
    page.goto(QUEUE)
    return page


def in_hand(page: Page) -> int:
    """The number of the remark before one's eyes."""
    return int(page.locator(".sheet h2").inner_text().split("n. ")[1].split(" ")[0])


def press(page: Page, key: str) -> None:
    """A key that leads to another page, until it has arrived."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press(key)
    page.locator("[data-keys]:not([hidden])").or_(page.locator(".empty")).first.wait_for(state="attached")


def states() -> dict[int, CommentState]:
    db.session.rollback()
    return {number or 0: state for number, state in db.session.query(Comment.number, Comment.state)}


def refuse(page: Page) -> None:
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Ripete la vostra osservazione precedente.")
    press(page, "Control+Enter")


def ask(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("A quale dei due torrenti si riferisce?")
    press(page, "Control+Enter")


@pytest.mark.once
def test_sixty_remarks_by_keyboard_alone(app: Flask, live_server: str, open_page: OpenPage, round_: Round) -> None:
    numbers = [round_.remark(observation=f"Punto numero {n}.").number or 0 for n in range(MANY)]
    page = desk(open_page, app, live_server, round_)
    refused, asked = {numbers[7], numbers[31]}, {numbers[15]}
    press(page, "j")
    assert in_hand(page) == numbers[1]
    press(page, "k")
    for number in numbers:
        assert in_hand(page) == number
        if number in refused:
            refuse(page)
        elif number in asked:
            ask(page)
        else:
            press(page, "a")
        if number == numbers[2]:
            press(page, "u")
            assert in_hand(page) == number
            press(page, "a")
    found = states()
    assert {n for n in numbers if found[n] is CommentState.NOT_ADMITTED} == refused
    assert {n for n in numbers if found[n] is CommentState.SUBMITTED} == asked
    assert db.session.query(AdmissionDecision).count() == MANY - 1
    assert db.session.query(AuthorQuestion).count() == 1
    assert page.locator("text=Nulla attende una decisione").count() == 1


def test_words_chosen_in_the_text_are_hidden_and_confirmed(
    app: Flask, live_server: str, open_page: OpenPage, round_: Round
) -> None:
    comment = round_.remark(observation=WORDS)
    page = desk(open_page, app, live_server, round_)
    page.keyboard.press("n")
    page.evaluate(
        """() => {
          const text = document.querySelector("[data-passages]").firstChild;
          const range = document.createRange();
          range.setStart(text, 3); range.setEnd(text, 15);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("document.querySelector('[data-quote]').value === 'signor Rossi'")
    page.locator("#hide-reason-0").focus()
    page.keyboard.press("Space")
    page.locator("#hide-text").focus()
    page.keyboard.type("Il nome non serve alla richiesta.")
    press(page, "Control+Enter")
    assert page.locator("text=È una tua proposta").count() == 1
    second = enter(open_page(width=320), app, live_server, round_.colleague)
    second.goto(f"{QUEUE}?show=confirm")
    assert sideways(second) <= 0
    assert axe_violations(second) == []
    press(second, "f")
    db.session.rollback()
    stored = db.session.get_one(Comment, comment.id, populate_existing=True)
    assert stored.observation == "Il [passo oscurato] abita in via Roma 3. Chiediamo un semaforo."
    assert "Rossi" not in second.content()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_forms_fold_up_with_escape_and_are_well_made(
    app: Flask, live_server: str, open_page: OpenPage, round_: Round, width: int
) -> None:
    comment = round_.remark(observation=WORDS)
    page = desk(open_page, app, live_server, round_, width)
    page.goto(f"{QUEUE}/{comment.number}")
    for key in ("c", "n", "x"):
        page.keyboard.press(key)
        assert page.locator(".acts details[open]").count() == 1
        assert page.evaluate("document.activeElement.closest('details').dataset.key") == key
        assert sideways(page) <= 0
        if key == "n":
            assert axe_violations(page) == []
        page.keyboard.press("Escape")
        assert page.locator(".acts details[open]").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_author_answers_in_place_on_a_phone(
    app: Flask, live_server: str, open_page: OpenPage, round_: Round
) -> None:
    comment = round_.remark(observation=WORDS)
    page = desk(open_page, app, live_server, round_)
    ask(page)
    officer = factories.holder(Office.OFFICER, round_.body)
    phone = enter(open_page(width=320), app, live_server, officer)
    phone.goto("/scrivania")
    phone.locator(".asks a").click()
    assert axe_violations(phone) == []
    assert sideways(phone) <= 0
    phone.get_by_label("La tua risposta").fill("Al torrente di levante.")
    phone.get_by_role("button", name="Invia la risposta").click()
    phone.locator("text=La risposta è arrivata alla segreteria").wait_for()
    page.goto(f"{QUEUE}/{comment.number}")
    assert page.locator("text=Al torrente di levante.").count() == 1
