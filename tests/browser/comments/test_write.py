"""Writing a remark in a real browser: on a phone, with the keyboard alone, without scripts, without a connection."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.accounts.start_session import start_session
from portal.comments import write_draft
from portal.comments.models import Comment
from portal.comments.rules import CommentState
from portal.db import db
from portal.kernel.actor import Actor
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.writing import Desk, point

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


def enter(page: Page, app: Flask, server: str, who: Actor) -> None:
    """Give the browser the session of a person."""
    token = start_session(who.person_id or 0, "link", "test", now=NOW)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": token, "_fresh": True})
    page.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": server}])


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until the element has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def sheet(desk: Desk) -> str:
    return f"/osservazioni/scrivi?action=A.1&paragraph={desk.paragraph.key}"


def stored() -> list[Comment]:
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id).all()


def test_a_mayor_comments_from_a_phone_with_the_keyboard_alone(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page(width=360)
    enter(page, app, live_server, desk.mayor)
    page.goto(sheet(desk))
    assert (sideways(page), axe_violations(page)) == (0, [])
    tab_to(page, "[name=kind]")
    page.keyboard.press("ArrowDown")  # from "support" to "change request"
    expect(page.locator("[name=proposed_text]")).to_have_value(desk.paragraph.text)
    tab_to(page, "[name=observation]")
    page.keyboard.type("Manca l'anno di arrivo.")
    tab_to(page, "[name=proposed_text]")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Entro il 2028.")
    expect(page.locator("[data-change] ins")).to_contain_text("Entro il 2028.")
    expect(page.locator(".thumb [data-saved]")).to_contain_text("Bozza salvata sul server alle 10:00")
    assert "/punti/" in page.url
    tab_to(page, ".thumb .btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Rivedi prima di inviare")
    assert (sideways(page), axe_violations(page)) == (0, [])
    tab_to(page, ".thumb .btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Inviata: ecco la ricevuta")
    assert (sideways(page), axe_violations(page)) == (0, [])
    [comment] = stored()
    assert (comment.state, comment.number) == (CommentState.SUBMITTED, 1)
    assert comment.proposed_text == f"{desk.paragraph.text} Entro il 2028."
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_same_without_scripts(open_page: OpenPage, app: Flask, live_server: str, desk: Desk) -> None:
    page = open_page(width=360, script=False)
    enter(page, app, live_server, desk.mayor)
    page.goto(sheet(desk))
    page.check("[name=kind][value=objection]")
    page.fill("[name=observation]", "Non siamo d'accordo.")
    page.click(".thumb .btn-primary")
    page.click(".thumb .btn-primary")
    expect(page.locator("h1")).to_have_text("Inviata: ecco la ricevuta")
    assert [c.observation for c in stored()] == ["Non siamo d'accordo."]


def test_what_one_types_is_sent_when_the_connection_is_back(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page(width=360)
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.context.set_offline(True)
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    expect(page.locator(".thumb [data-saved]")).to_contain_text("manca la connessione")
    assert stored() == []
    page.context.set_offline(False)
    expect(page.locator(".thumb [data-saved]")).to_contain_text("Bozza salvata")
    assert [c.observation for c in stored()] == ["Chi paga?"]


def test_what_one_types_survives_the_page(open_page: OpenPage, app: Flask, live_server: str, desk: Desk) -> None:
    page = open_page(width=360)
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.route("**/salva*", lambda route: route.abort())
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    expect(page.locator(".thumb [data-saved]")).to_contain_text("manca la connessione")
    page.unroute_all()
    page.goto(sheet(desk))
    expect(page.locator("[name=observation]")).to_have_value("Chi paga?")
    expect(page.locator(".thumb [data-saved]")).to_contain_text("Bozza salvata")
    assert [c.observation for c in stored()] == ["Chi paga?"]


def test_two_windows_on_one_draft_keep_both_texts(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    saved = desk.draft()
    page = open_page()
    enter(page, app, live_server, desk.officer)
    page.goto(f"/osservazioni/bozze/{saved.submission_id}/punti/{saved.comment_id}")
    write_draft.revise(desk.officer, saved.comment_id, point(reasons="Dall'altra finestra."), 1, now=NOW)
    page.fill("[name=reasons]", "Da questa finestra.")
    expect(page.locator(".write-form [data-saved]")).to_contain_text("modificata in un’altra finestra")
    page.click(".write-form .btn-secondary")
    expect(page.locator(".other-text:visible")).to_contain_text("Dall'altra finestra.")
    expect(page.locator("[name=reasons]")).to_have_value("Da questa finestra.")
    assert axe_violations(page) == []
    assert [c.reasons for c in stored()] == ["Dall'altra finestra."]


def test_a_comune_is_found_among_many(open_page: OpenPage, app: Flask, live_server: str, desk: Desk) -> None:
    page = open_page(width=320)
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.click(".territory summary")
    page.fill("#territory-filter", "prova")
    page.check(".territory-list label:visible input")
    expect(page.locator("[data-chosen]")).to_have_text("Comune di Prova")
    page.check("[name=kind][value=support]")
    page.fill("[name=observation]", "Bene.")
    expect(page.locator(".thumb [data-saved]")).to_contain_text("Bozza salvata")
    assert sideways(page) == 0
    [comment] = stored()
    assert [body.name for body in comment.territory] == ["Comune di Prova"]
