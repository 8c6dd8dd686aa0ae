"""Files from a phone, the network cut in the middle; a certified letter of twelve points, by keyboard and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from portal.comments import submit
from portal.comments.attachment_models import Attachment
from portal.comments.models import Comment, Submission
from portal.comments.registration_models import Registration
from portal.db import db
from tests import letters, papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter, tab_to
from tests.writing import Desk

pytestmark = pytest.mark.browser

ASKED = [f"{n}. Si chiede di rivedere il punto numero {n}, che non convince il Consiglio." for n in range(1, 13)]
LETTER = "Alla Segreteria\n\n" + "\n".join(ASKED) + "\n\nDistinti saluti"


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


@pytest.fixture
def office(clock: Clock, database: None) -> letters.Desk:
    return letters.Desk()


def on_paper(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def attached() -> list[Attachment]:
    db.session.rollback()
    return db.session.query(Attachment).order_by(Attachment.id).all()


def test_a_file_from_a_phone_goes_on_by_itself_after_the_network_was_cut(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk, tmp_path: Path
) -> None:
    saved = desk.draft()
    page = enter(open_page(width=320), app, live_server, desk.officer)
    page.goto(f"/osservazioni/bozze/{saved.submission_id}/punti/{saved.comment_id}")
    assert (sideways(page), axe_violations(page)) == (0, [])
    sent: list[str] = []

    def cut(route: Route) -> None:
        """The second piece finds no network."""
        sent.append(route.request.url.partition("?")[2])
        if len(sent) == 2:
            page.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/carichi/*?da=*", cut)
    page.set_input_files("#file", on_paper(tmp_path, "tavola.pdf", papers.large_pdf()))
    expect(page.locator("[data-list]")).to_contain_text("Nessuna connessione: riprende da solo")
    assert sideways(page) == 0
    page.context.set_offline(False)
    expect(page.locator("[data-files]")).to_contain_text("tavola.pdf", timeout=60_000)
    assert sent[:3] == ["da=0", "da=262144", "da=262144"], "nothing that was acknowledged is sent again"
    assert [row.name for row in attached()] == ["tavola.pdf"]
    assert app.extensions["store"].path(attached()[0].sha256).read_bytes() == papers.large_pdf()


def test_a_bad_file_is_refused_in_words_and_another_one_can_be_chosen(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk, tmp_path: Path
) -> None:
    saved = desk.draft()
    page = enter(open_page(width=360), app, live_server, desk.officer)
    page.goto(f"/osservazioni/bozze/{saved.submission_id}/punti/{saved.comment_id}")
    page.set_input_files("#file", on_paper(tmp_path, "relazione.pdf", papers.archive()))
    expect(page.locator("[data-list]")).to_contain_text("Questo non è un PDF né un’immagine")
    assert axe_violations(page) == []
    page.set_input_files("#file", on_paper(tmp_path, "foto.jpg", papers.jpeg()))
    expect(page.locator("[data-files]")).to_contain_text("foto.jpg")
    page.locator("[data-files]").get_by_role("button", name="Togli foto.jpg").click()
    expect(page.locator("main")).to_contain_text("Il file non è più allegato.")


def test_without_scripts_a_file_is_attached_by_a_plain_form(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk, tmp_path: Path
) -> None:
    page = enter(open_page(width=360, script=False), app, live_server, desk.officer)
    page.goto(f"/osservazioni/scrivi?action=A.1&paragraph={desk.paragraph.key}")
    page.check("[name=kind][value=support]")
    page.fill("[name=observation]", "Bene così.")
    page.get_by_role("button", name="Salva e allega file").click()
    page.set_input_files("#file", on_paper(tmp_path, "tavola.png", papers.png()))
    page.get_by_role("button", name="Allega", exact=True).click()
    expect(page.locator("main")).to_contain_text("Il file è allegato.")
    assert [row.name for row in attached()] == ["tavola.png"]


def test_the_receipt_shows_its_code_and_its_files(
    open_page: OpenPage, app: Flask, live_server: str, desk: Desk
) -> None:
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.png(), "tavola.png", app.extensions["store"].data_dir)
    code = submit.submit(desk.mayor, saved.submission_id, now=NOW)
    page = open_page(f"/ricevute/{code}", width=320)
    expect(page.get_by_role("img", name="Codice che porta a questa pagina")).to_be_visible()
    expect(page.get_by_role("link", name="tavola.png")).to_be_visible()
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_a_certified_letter_of_twelve_points_is_registered(
    open_page: OpenPage, app: Flask, live_server: str, office: letters.Desk, tmp_path: Path
) -> None:
    page = enter(open_page(), app, live_server, office.secretary)
    page.goto("/segreteria/registrazioni")
    page.get_by_role("link", name="Prendi in carico una lettera").first.click()
    assert axe_violations(page) == []
    page.select_option("#body", label="Comune di Carta")
    page.fill("#protocol_number", "4512")
    page.fill("#protocol_date", "2027-02-26")
    page.fill("#received_on", "2027-02-26T09:30")
    page.fill("#text", LETTER)
    expect(page.locator("#letter-saved")).to_contain_text("Lettera salvata alle 10:00")
    page.get_by_role("button", name="Salva e prosegui").click()
    page.set_input_files("#file", on_paper(tmp_path, "pec.pdf", papers.pdf(title="PEC")))
    expect(page.locator("[data-files]")).to_contain_text("pec.pdf")
    assert axe_violations(page) == []
    for n, words in enumerate(ASKED):
        by_keyboard(page, words) if n < 2 else by_pointer(page, words)
    leave_out(page, "Alla Segreteria", "Distinti saluti")
    expect(page.locator(".letter-bar")).to_contain_text("da assegnare 0,00 %")
    page.get_by_role("link", name="Secondo sguardo").click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Registra per conto di Comune di Carta").click()
    expect(page.locator("main")).to_contain_text("Registrata dalla segreteria per conto dell’ente")
    db.session.rollback()
    assert [comment.observation for comment in db.session.query(Comment).order_by(Comment.number)] == ASKED
    assert db.session.query(Submission).one().is_late is False


def by_keyboard(page: Page, words: str) -> None:
    """Tick the sentence and press the button, without a mouse."""
    box = page.locator(f"label.stretch:has-text('{words}') input")
    value = box.get_attribute("value")
    if not page.evaluate("value => document.activeElement.value === value", value):
        tab_to(page, f"[name=passages][value='{value}']")
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_contain_text("Passi scelti: 1")
    page.locator("#where").focus()
    page.select_option("#where", "a:A.1")
    tab_to(page, ".split-act button")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def by_pointer(page: Page, words: str) -> None:
    """Select the words themselves, as with a mouse or a finger."""
    page.evaluate(
        """words => {
          const span = [...document.querySelectorAll("[data-start]")].find((one) => one.textContent.includes(words));
          document.getSelection().selectAllChildren(span);
        }""",
        words,
    )
    expect(page.locator("[data-count]")).to_contain_text("Parole scelte:")
    page.check("[name=what][value=new]")
    page.select_option("#where", "a:A.1")
    page.select_option("#kind", "question")
    with page.expect_navigation():
        page.get_by_role("button", name="Assegna").click()


def leave_out(page: Page, *words: str) -> None:
    """Say that these sentences ask for nothing."""
    for one in words:
        page.locator(f"label.stretch:has-text('{one}') input").check()
    page.check("[name=what][value=nothing]")
    with page.expect_navigation():
        page.get_by_role("button", name="Assegna").click()


def test_a_letter_is_split_on_a_phone_without_going_sideways(
    open_page: OpenPage, app: Flask, live_server: str, office: letters.Desk
) -> None:
    row: Registration = office.letter()
    office.point(row, "Distinti saluti")
    for width in (320, 360):
        page = enter(open_page(width=width), app, live_server, office.secretary)
        page.goto(f"/segreteria/registrazioni/{row.id}")
        assert (sideways(page), axe_violations(page)) == (0, [])
