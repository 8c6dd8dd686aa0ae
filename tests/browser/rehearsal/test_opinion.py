"""The mayors give their opinion: telephones, a roll call, somebody from afar in one vote; conducted by single keys."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.opinions.rules import OpinionKind
from portal.voting import queries
from portal.voting.rules import Choice
from tests.browser.rehearsal.stage import Running, Windows
from tests.fixtures.browser import axe_violations, sideways
from tests.hall import HOUR
from tests.opinions import DAY, Mayors

pytestmark = [pytest.mark.browser, pytest.mark.once]
AN_HOUR_OFF = "const real = Date.now; Date.now = () => real() + 3_600_000;"
SAID = re.compile("Favorevol|Contrari|Astenut|soglia", re.IGNORECASE)


def panel(page: Page, name: str) -> Any:
    return page.locator(f'[data-panel="{name}"]')


def look(*pages: Page) -> None:
    for page in pages:
        assert (sideways(page), axe_violations(page)) == (0, [])


def confirmed(cockpit: Page, key: str) -> None:
    """What cannot be taken back asks once; the same key pressed again does nothing meanwhile."""
    cockpit.keyboard.press(key)
    cockpit.keyboard.press(key)
    dialog = cockpit.locator("dialog[data-confirmation]")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Procedi").click()
    expect(dialog).to_be_hidden()


def half_written(phone: Page) -> None:
    """Somebody has begun a line to the secretariat when the vote is opened."""
    phone.locator("#help-sheet > summary").click()
    phone.locator("#help-sheet textarea").fill("Non sento bene")
    phone.locator("#help-sheet textarea").focus()


def ready(cockpit: Page) -> None:
    """Keys are listened to."""
    expect(cockpit.locator("[data-help]")).to_be_visible()


def opened(cockpit: Page, phone: Page, screen: Page) -> None:
    """Two keys and the button of the form: the text is frozen, the vote prepared and opened."""
    cockpit.keyboard.press("v")
    cockpit.get_by_role("button", name="Chiudi il testo e prepara la votazione").click()
    expect(panel(cockpit, "votazioni")).to_contain_text("Votazione preparata")
    ready(cockpit)
    cockpit.keyboard.press("v")
    expect(panel(cockpit, "votazioni")).to_contain_text("0 su 4 seggi")
    expect(screen.locator(".turnout")).to_contain_text("0 su 4")
    expect(phone.locator("[data-aloud]")).to_contain_text("È aperta una votazione")
    expect(phone.locator("#help-sheet textarea")).to_be_focused()
    expect(phone.locator("#help-sheet textarea")).to_have_value("Non sento bene")
    first = phone.locator("[data-panel]:not([hidden])").first
    assert first.get_attribute("data-panel") == "poll"


def answered(page: Page, words: str) -> None:
    """One press of the thumb; the receipt is there at once."""
    button = panel(page, "poll").get_by_role("button", name=words)
    box = button.bounding_box()
    assert box is not None and box["height"] >= 56
    button.click()
    receipt = page.locator(".vote-receipt")
    expect(receipt).to_contain_text(f"Registrato: {words}")
    expect(receipt).to_contain_text(re.compile(r"\d\d:\d\d:\d\d · V-\w{5}-\w{5}"))


def cut_off(remote: Page) -> None:
    """Without a signal nothing is recorded and nothing is kept to be sent: the choice stays marked."""
    remote.context.set_offline(True)
    button = panel(remote, "poll").get_by_role("button", name="Favorevole")
    button.click()
    expect(remote.locator("[data-unsent]")).to_contain_text("Non registrato: Favorevole")
    expect(button).to_have_class(re.compile("is-kept"))
    expect(remote.locator("[data-outbox]")).to_be_hidden()
    remote.context.set_offline(False)


def called(cockpit: Page) -> None:
    """The clerk reads out who has not answered: one key each, then back."""
    cockpit.keyboard.press("o")
    for name, key in (("Comune 02", "f"), ("Comune 03", "c")):
        expect(cockpit.locator("#called")).to_have_text(name)
        expect(cockpit.locator("#seggio")).to_be_focused()
        cockpit.keyboard.press(key)
        expect(cockpit.locator(".read-back")).to_contain_text(name)
    cockpit.get_by_role("link", name="Torna alla regia").first.click()
    ready(cockpit)


def test_the_mayors_vote_by_telephone_by_roll_call_and_from_afar_in_one_vote(windows: Windows, clock: Running) -> None:
    mayors = Mayors()
    mayors.write(OpinionKind.WITH_REMARKS, "Una fermata in più")
    mayors.open(1, 2, 3)
    mayors.call_item(2)
    clock.set(HOUR + timedelta(minutes=2))
    at = f"/sedute/{mayors.sitting}"
    cockpit = windows.open(mayors.clerk, f"{at}/regia", width=1366, height=768)
    phone = windows.open(mayors.people[1], f"{at}/partecipa", width=320, height=640)
    remote = windows.open(mayors.people[4], f"{at}/partecipa", width=360, height=640)
    remote.add_init_script(AN_HOUR_OFF)
    remote.reload()
    remote.locator("#act-remote").click()
    expect(panel(remote, "presence")).to_contain_text("da remoto")
    screen = windows.open(None, f"{at}/schermo", height=720)

    half_written(phone)
    opened(cockpit, phone, screen)
    phone.evaluate("scrollTo(0,0)")
    answered(phone, "Favorevole")
    called(cockpit)
    expect(screen.locator(".turnout")).to_contain_text("3 su 4")
    cockpit.keyboard.press("l")
    expect(remote.locator(".vote-closes")).to_contain_text(re.compile(r"0:[1-5]\d|1:00"))
    cut_off(remote)
    answered(remote, "Contrario")
    expect(panel(cockpit, "votazioni")).to_contain_text("4 su 4 seggi")
    expect(screen.locator(".turnout")).to_contain_text("4 su 4")
    shown = screen.locator("main").inner_text().replace(screen.locator("h1").inner_text(), "")
    assert SAID.search(shown) is None
    look(cockpit, phone, remote, screen)
    assert cockpit.evaluate("document.documentElement.scrollHeight <= innerHeight")

    confirmed(cockpit, "c")
    expect(panel(cockpit, "votazioni")).to_contain_text("Soglie non raggiunte")
    confirmed(cockpit, "e")
    expect(screen.locator("[data-outcome]")).to_contain_text("soglia non raggiunta", ignore_case=True)
    expect(screen.locator(".answers.tone-danger")).to_contain_text("Comune 03")
    expect(panel(phone, "poll")).to_contain_text("3.000, ne servivano 4.000: ne mancano 1.000")
    expect(panel(phone, "poll")).to_contain_text("Il tuo voto: Favorevole")
    look(cockpit, phone, screen)
    repeated(mayors, windows, clock)


def repeated(mayors: Mayors, windows: Windows, clock: Running) -> None:
    """A second sitting within thirty days: the same seats and residents, and it passes."""
    mayors.close(now=HOUR + timedelta(hours=1))
    again = HOUR + 8 * DAY
    mayors.convene_again(again, now=HOUR + timedelta(hours=2))
    for number in mayors.people:
        mayors.accredit(number, now=again - timedelta(hours=20))
    mayors.open(1, 2, 3, 4, now=again)
    mayors.call_item(2, now=again)
    poll = mayors.vote({1: Choice.YES, 2: Choice.NO, 4: Choice.YES}, again + timedelta(minutes=5))
    clock.set(again + timedelta(minutes=6))
    page = queries.poll(mayors.clerk, poll)
    assert (page.call, page.outcome and page.outcome.met) == (2, True)
    visitor = windows.open(None, f"/sedute/{mayors.sitting}/diretta", width=320)
    expect(visitor.locator(".direct-vote")).to_contain_text("approvata")
    look(visitor)
