"""A phone on the worst day: the network goes, the session ends, the deadline moves, two devices write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.comments import write_draft
from portal.comments.extend import extend
from portal.comments.models import Anchor
from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.kernel.offices import Office
from tests import factories
from tests.browser.comments.test_write import enter, sheet, stored
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.writing import Desk, next_version, point

pytestmark = pytest.mark.browser
SECOND = "La seconda frase dice altro."
SAID = ".thumb [data-saved]"


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


def chip(page: Page, words: str) -> None:
    page.locator("label.chip-row", has_text=words).click()


def test_a_delegate_on_a_small_phone_whose_network_is_cut_in_the_middle(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page(width=320)
    enter(page, app, live_server, desk.mayor)
    page.goto("/piano/azioni/A.1")
    page.click(f'a.paragraph-number[href="#{desk.paragraph.key}"]')
    page.click(".thumb .btn-primary")
    chip(page, SECOND)
    page.check("[name=kind][value=change_request]")
    expect(page.locator("[name=proposed_text]")).to_have_value(SECOND)
    assert (sideways(page), axe_violations(page)) == (0, [])
    expect(page.locator(SAID)).to_contain_text("Bozza salvata sul server")

    page.context.set_offline(True)
    page.fill("[name=observation]", "Manca l'anno di arrivo.")
    page.fill("[name=proposed_text]", "La seconda frase dice altro entro il 2028.")
    expect(page.locator("[data-change] ins")).to_contain_text("entro il 2028")
    expect(page.locator(SAID)).to_contain_text("manca la connessione")
    page.click(".thumb .btn-primary")
    expect(page.locator("h1")).to_contain_text("Osserva il comma 1")
    assert [comment.observation for comment in stored()] == [""]

    page.context.set_offline(False)
    page.click(".thumb .btn-primary")
    expect(page.locator("h1")).to_have_text("Rivedi prima di inviare")
    expect(page.locator(".spoken mark")).to_have_text(SECOND)
    assert (sideways(page), axe_violations(page)) == (0, [])
    page.click(".thumb .btn-primary")
    expect(page.locator("h1")).to_have_text("Inviata: ecco la ricevuta")
    [comment] = stored()
    assert (comment.state, comment.observation) == (CommentState.SUBMITTED, "Manca l'anno di arrivo.")
    assert [(a.exact, a.unit) for a in db.session.query(Anchor)] == [(SECOND, "quote")]
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_session_that_ends_keeps_what_is_typed_and_sends_it_after_signing_in(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page(width=360)
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.context.clear_cookies()
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    chip(page, SECOND)
    notice = page.locator("[data-ended]")
    expect(notice).to_contain_text("La sessione è finita")
    expect(page.locator(SAID)).to_contain_text("accedi di nuovo")
    assert "/accesso?next=%2Fosservazioni%2Fscrivi" in (notice.locator("a").get_attribute("href") or "")
    assert (axe_violations(page), stored()) == ([], [])
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    expect(page.locator("[name=observation]")).to_have_value("Chi paga?")
    expect(page.locator(SAID)).to_contain_text("Bozza salvata sul server")
    assert [comment.observation for comment in stored()] == ["Chi paga?"]
    assert [a.exact for a in db.session.query(Anchor)] == [SECOND]


def test_signed_in_again_in_another_tab_the_open_sheet_goes_on(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page()
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.context.clear_cookies()
    enter(page, app, live_server, desk.officer)  # a new session: the page's own token is not worth anything any more
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    expect(page.locator(".write-form [data-saved]")).to_contain_text("Bozza salvata sul server")
    assert [comment.observation for comment in stored()] == ["Chi paga?"]


def test_words_of_two_devices_stand_side_by_side_until_somebody_chooses(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    saved = desk.draft(point(CommentKind.OBJECTION, proposed_text=""))
    address = f"/osservazioni/bozze/{saved.submission_id}/punti/{saved.comment_id}"
    page = open_page(width=320)
    enter(page, app, live_server, desk.officer)
    page.goto(address)
    page.route("**/salva*", lambda route: route.abort())
    page.fill("[name=observation]", "Dal telefono.")
    page.fill("[name=reasons]", "Motivi del telefono.")
    expect(page.locator(SAID)).to_contain_text("manca la connessione")
    other = point(CommentKind.OBJECTION, observation="Dall'ufficio.", proposed_text="")
    write_draft.revise(desk.officer, saved.comment_id, other, 1, now=NOW)
    page.unroute_all()
    page.goto(address)
    kept = page.locator("[data-kept]")
    expect(kept).to_contain_text("Dal telefono.")
    expect(page.locator("[name=observation]")).to_have_value("Dall'ufficio.")
    expect(page.locator("[name=reasons]")).to_have_value("Motivi del telefono.")
    assert (sideways(page), axe_violations(page)) == (0, [])
    kept.locator("button").first.click()
    expect(page.locator("[name=observation]")).to_have_value("Dal telefono.")
    expect(kept).to_contain_text("Dall'ufficio.")
    expect(page.locator(SAID)).to_contain_text("Bozza salvata sul server")
    page.reload()
    expect(page.locator("[data-kept]")).to_contain_text("Dall'ufficio.")
    page.click("[data-kept-done]")
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == []
    [comment] = stored()
    assert (comment.observation, comment.reasons) == ("Dal telefono.", "Motivi del telefono.")


def test_the_desk_names_what_waits_on_this_device(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page(width=360)
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    page.route("**/salva*", lambda route: route.abort())
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    expect(page.locator(SAID)).to_contain_text("manca la connessione")
    page.goto("/scrivania")
    expect(page.locator("[data-pocket]")).to_contain_text("Chi paga?")
    assert (sideways(page), axe_violations(page)) == (0, [])
    page.unroute_all()
    page.click("[data-pocket] a")
    expect(page.locator(SAID)).to_contain_text("Bozza salvata sul server")
    page.goto("/scrivania")
    expect(page.locator("[data-pocket]")).to_be_hidden()


def test_a_deadline_that_moves_while_one_writes_is_told_and_counted(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    page = open_page()
    enter(page, app, live_server, desk.officer)
    page.goto(sheet(desk))
    until = desk.consultation.deadline_at + timedelta(days=7)
    reason = "Più tempo per i consigli comunali."
    extend(factories.holder(Office.SECRETARIAT), desk.consultation.id, until, reason, now=NOW)
    page.check("[name=kind][value=question]")
    page.fill("[name=observation]", "Chi paga?")
    expect(page.locator("[data-news]")).to_contain_text(
        "Il termine è stato prorogato: puoi inviare fino al 22 marzo 2027"
    )
    expect(page.locator("[data-deadline] time")).to_contain_text("22 marzo 2027")


def test_selected_words_are_counted_as_people_count_them(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    text = "Prima 🌊 frase. Città più verdi 🌳 ovunque, perché serve."
    desk = Desk(factories.consultation(next_version(desk.consultation.version, {desk.paragraph.key: text})))
    page = open_page(width=360)
    enter(page, app, live_server, desk.officer)
    page.goto(f"{sheet(desk)}&consultation={desk.consultation.id}")
    page.evaluate(
        """() => {
          const node = [...document.querySelectorAll("[data-from]")][1].firstChild;
          const from = node.data.indexOf("verdi");
          document.getSelection().setBaseAndExtent(node, from, node, node.data.indexOf(", perché"));
        }"""
    )
    page.click("[data-pick] button")
    expect(page.locator("[data-words] label")).to_have_text("verdi 🌳 ovunque")
    page.check("[name=kind][value=change_request]")
    expect(page.locator("[name=proposed_text]")).to_have_value("verdi 🌳 ovunque")
    expect(page.locator(SAID)).to_contain_text("Bozza salvata sul server")
    [comment] = stored()
    [anchor] = db.session.query(Anchor).filter_by(comment_id=comment.id)
    assert (anchor.exact, text[anchor.start : anchor.end]) == ("verdi 🌳 ovunque", "verdi 🌳 ovunque")
