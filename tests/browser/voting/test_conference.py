"""A vote of the real Conferenza in real browsers: form, roll call, closing, explanation, a stranger who verifies."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.accounts import queries as accounts
from portal.kernel.actor import Actor
from portal.voting import queries
from portal.voting.queries import SeatRow
from portal.voting.rules import Choice
from tests.conferenza import Conferenza, a_per_mille_short
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.fixtures.client import Visitor
from tests.keyboard import enter, tab_to
from tests.votes import Hall

pytestmark = [pytest.mark.browser, pytest.mark.once]
ON_PAPER = {Choice.YES: "f", Choice.NO: "c", Choice.ABSTAIN: "a"}
BUTTONS = {Choice.YES: "Favorevole", Choice.NO: "Contrario", Choice.ABSTAIN: "Mi astengo"}
READ_BACK = BUTTONS | {Choice.ABSTAIN: "Astenuto"}


@pytest.fixture
def conferenza(real_data: Path, clock: Clock, database: None) -> Conferenza:
    return Conferenza(real_data)


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def wanted(seats: list[SeatRow]) -> dict[int, Choice]:
    """Eighty answers of which the favourable ones fall short of the residents by less than one in a thousand."""
    yes = a_per_mille_short(seats)
    others = [seat.number for seat in seats if seat.number not in yes]
    answers = dict.fromkeys(yes, Choice.YES) | dict.fromkeys(others[:30], Choice.NO)
    return dict(sorted((answers | dict.fromkeys(others[30:43], Choice.ABSTAIN)).items()))


def mayor_of(conferenza: Conferenza, seat: SeatRow) -> Actor:
    person_id, mandate_id = conferenza.mandates[seat.body_id]
    found = accounts.actor_of_person(person_id, acting=mandate_id, now=NOW)
    assert found is not None
    return found


def prepare_and_open(clerk: Page) -> int:
    """The clerk's way, from the matter to the open vote."""
    clerk.goto("/segreteria/votazioni/nuova")
    clerk.get_by_label("Che cosa si decide").select_option(label="Parere della Conferenza")
    clerk.get_by_role("button", name="Mostra soglie e aventi diritto").click()
    expect(clerk.locator("main")).to_contain_text("92 seggi · 3.054.956 abitanti")
    look(clerk)
    clerk.get_by_label("Domanda").fill("La Conferenza esprime parere favorevole sul Piano strategico?")
    clerk.get_by_role("button", name="Prepara la votazione").click()
    number = int(re.findall(r"/votazioni/(\d+)", clerk.url)[0])
    clerk.get_by_role("link", name="Apri la votazione").click()
    clerk.get_by_label("Ho letto che cosa succede e confermo").check()
    clerk.get_by_role("button", name="Apri la votazione").click()
    expect(clerk.get_by_role("status").first).to_contain_text("i seggi possono rispondere")
    return number


def by_form(app: Flask, conferenza: Conferenza, number: int, seat: SeatRow, choice: Choice) -> None:
    """From a page that works without scripts: what the form holds, posted."""
    client = app.test_client()
    assert isinstance(client, Visitor)
    client.sign_in(*conferenza.mandates[seat.body_id])
    page = client.get(f"/votazioni/{number}/scheda").text
    form = page[page.index('id="ballot"') :]
    fields = {name: re.findall(rf'name="{name}" value="([^"]*)"', form)[0] for name in ("mandate", "key")}
    assert client.post(f"/votazioni/{number}/scheda", data=fields | {"choice": choice.value}).status_code == 303


def on_a_phone(page: Page, number: int, choice: Choice) -> str:
    """One answer with the thumb; returns the code of the receipt."""
    page.goto(f"/votazioni/{number}/scheda")
    button = page.get_by_role("button", name=BUTTONS[choice])
    box = button.bounding_box()
    assert box is not None and box["height"] >= 56 and box["width"] >= 280
    button.click()
    expect(page.locator(".receipt h2")).to_contain_text(f"Registrato: {READ_BACK[choice]}")
    return page.locator(".receipt-number").inner_text()


def test_a_vote_that_fails_by_a_per_mille_is_held_explained_and_verified(
    open_page: OpenPage, app: Flask, live_server: str, conferenza: Conferenza, tmp_path: Path
) -> None:
    clerk = enter(open_page(), app, live_server, conferenza.clerk)
    number = prepare_and_open(clerk)
    seats = queries.roll(number)
    by_number, answers = {seat.number: seat for seat in seats}, wanted(seats)
    forms, called = list(answers)[:60], list(answers)[60:]

    phone = enter(open_page(width=360), app, live_server, mayor_of(conferenza, by_number[forms[0]]))
    first = on_a_phone(phone, number, Choice.ABSTAIN if answers[forms[0]] is Choice.NO else Choice.NO)
    code = on_a_phone(phone, number, answers[forms[0]])
    assert code != first
    look(phone)
    for n in forms[1:6]:  # these change their mind before the closing
        by_form(app, conferenza, number, by_number[n], Choice.PRESENT_NOT_VOTING)
    for n in forms[1:]:
        by_form(app, conferenza, number, by_number[n], answers[n])

    roll_call(clerk, number, called, answers)
    expect(clerk.locator(".call-list")).to_contain_text("80 su 92")
    clerk.goto(f"/votazioni/{number}")
    assert "Favorevole" not in clerk.locator("main").inner_text()

    clerk.goto(f"/segreteria/votazioni/{number}/chiusura")
    expect(clerk.locator("main")).to_contain_text("12 seggi non hanno ancora risposto")
    clerk.get_by_label("Ho letto che cosa succede e confermo").check()
    clerk.get_by_role("button", name="Chiudi e conta").click()

    stranger = open_page(f"/votazioni/{number}")
    explained(stranger)
    stranger.goto(f"/verifica?q={code}")
    expect(stranger.locator("main")).to_contain_text("registrata e contata")
    stranger.goto(f"/verifica?q={first}")
    expect(stranger.locator("main")).to_contain_text("sostituita da un’altra")
    verified(stranger, number, code, answers[forms[0]], tmp_path)
    for width in (1280, 360, 320):
        stranger.set_viewport_size({"width": width, "height": 800})
        stranger.goto(f"/votazioni/{number}")
        look(stranger)


def roll_call(clerk: Page, number: int, called: list[int], answers: dict[int, Choice]) -> None:
    """One key for each answer, nothing else but the keyboard; once a wrong key, undone."""
    clerk.goto(f"/segreteria/votazioni/{number}/appello?seggio={called[0]}")
    look(clerk)
    expect(clerk.locator("#seggio")).to_be_focused()
    clerk.keyboard.press("a" if answers[called[0]] is not Choice.ABSTAIN else "c")
    expect(clerk.locator(".read-back")).to_be_visible()
    expect(clerk.locator("#seggio")).to_be_focused()
    clerk.keyboard.press("u")
    expect(clerk.locator(".read-back")).to_contain_text("registrazione ritirata")
    for n in called:
        seat = clerk.locator("#called")
        while clerk.locator("input[name=seat]").last.get_attribute("value") != str(n):
            name = seat.inner_text()
            expect(clerk.locator("#seggio")).to_be_focused()
            clerk.keyboard.press("j")
            expect(seat).not_to_have_text(name)
        name = seat.inner_text()
        expect(clerk.locator("#seggio")).to_be_focused()
        clerk.keyboard.press(ON_PAPER[answers[n]])
        expect(clerk.locator(".read-back")).to_contain_text(name)


def explained(page: Page) -> None:
    """The sentence first, then how little was missing."""
    expect(page.locator(".verdict h2")).to_contain_text("soglia non raggiunta")
    expect(page.locator(".verdict")).to_contain_text("Seggi favorevoli: 37, ne servivano 37.")
    short = int(re.findall(r"ne mancano ([\d.]+)", page.locator(".verdict").inner_text())[0].replace(".", ""))
    assert 0 < short * 1000 < 3_054_956
    expect(page.locator(".threshold-line").first).to_have_text("37 di 92 >= 36,8")
    expect(page.locator(".lens")).to_contain_text("meno della soglia")
    assert page.locator(".seat-tile").count() == 92
    assert page.locator("figure.map circle.map-point").count() >= 92


def verified(page: Page, number: int, code: str, choice: Choice, folder: Path) -> None:
    """What is handed out is enough: one file, one program, the published head, one's own receipt."""
    page.goto(f"/votazioni/{number}")
    head = page.locator(".command").inner_text().split("--head ")[1].strip()
    for name, said in (("Esportazione da verificare", "voto.json"), ("Verificatore", "verify.py")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        download.value.save_as(folder / said)
    command = [sys.executable, "-I", "verify.py", "voto.json", "--head", head, "--receipt", f"{code}={choice.value}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Tutto torna" in done.stdout, done.stdout + done.stderr


def test_a_lost_network_says_not_recorded_and_sending_again_counts_once(
    open_page: OpenPage, app: Flask, live_server: str, clock: Clock, database: None
) -> None:
    hall = Hall()
    number = hall.open()
    page = enter(open_page(width=360), app, live_server, hall.mayors[1])
    page.goto(f"/votazioni/{number}/scheda")
    page.route("**/scheda", lambda route: route.abort())
    page.get_by_role("button", name="Favorevole").click()
    expect(page.locator("#ballot-lost")).to_contain_text("Voto non registrato: la rete non ha risposto")
    look(page)
    page.unroute("**/scheda")
    page.get_by_role("button", name="Favorevole").click()
    expect(page.locator(".receipt h2")).to_contain_text("Registrato: Favorevole")
    assert queries.answered(number) == {1}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_ballot_works_without_scripts(
    open_page: OpenPage, app: Flask, live_server: str, clock: Clock, database: None, width: int
) -> None:
    hall = Hall()
    number = hall.open()
    page = enter(open_page(width=width, script=False), app, live_server, hall.mayors[2])
    page.goto(f"/votazioni/{number}/scheda")
    page.get_by_role("button", name="Contrario").click()
    expect(page.locator(".receipt h2")).to_contain_text("Registrato: Contrario")
    assert sideways(page) == 0


def test_by_keyboard_alone_one_answers_and_changes(
    open_page: OpenPage, app: Flask, live_server: str, clock: Clock, database: None
) -> None:
    hall = Hall()
    number = hall.open()
    page = enter(open_page(), app, live_server, hall.mayors[2])
    for choice, words in (("yes", "Favorevole"), ("no", "Contrario")):
        page.goto(f"/votazioni/{number}/scheda")
        tab_to(page, f".btn-vote[value={choice}]")
        page.keyboard.press("Enter")
        expect(page.locator(".receipt h2")).to_contain_text(f"Registrato: {words}")
