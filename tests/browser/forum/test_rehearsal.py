"""One hundred and twenty organisations are asked, discuss, write, amend, vote on second call, dissent, are answered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.kernel.clock import local
from portal.notify import requests
from portal.opinions.adoption import queries, seal_dissent
from portal.opinions.deliberation import close
from portal.opinions.deliberation.rules import Weight
from portal.voting.rules import Choice
from tests.browser.forum.play import ASKED, DAY, SEATS, SECOND, Play
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.hall import HOUR
from tests.printed import printed

pytestmark = [pytest.mark.browser, pytest.mark.once]
SUBJECT, STATEMENT = "Parere del Forum sul Piano", "Più piste ciclabili tra i Comuni"
DISSENT = "Il testo non dice nulla delle risorse per la montagna, che ne ha più bisogno di tutti."
HERE, WORK = "/forum/pareri/1", "/segreteria/forum/pareri/1"


@pytest.fixture
def play(app: Flask, open_page: OpenPage, live_server: str, clock: Clock) -> Play:
    return Play(app, open_page, live_server, clock)


def look(*pages: Page) -> None:
    for page in pages:
        assert (sideways(page), axe_violations(page)) == (0, [])


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def asked(play: Play) -> None:
    """The Council's clerk registers the act."""
    desk = play.window(play.clerk, "/segreteria/forum/pareri/nuovo")
    desk.get_by_label("Oggetto del parere").fill(SUBJECT)
    desk.get_by_label("Numero dell’atto").fill("77")
    desk.get_by_label("Data dell’atto").fill(f"{NOW:%Y-%m-%d}")
    press(desk, "Registra")
    expect(desk.get_by_role("heading", name=SUBJECT, level=1)).to_be_visible()
    look(desk)


def discussed(play: Play) -> None:
    """One table, one statement; three weigh it on their phones, forty in all; then everybody reads the count."""
    desk = play.window(play.secretary, WORK)
    desk.locator(".forum-next a").click()
    desk.get_by_role("link", name="Apri la discussione").click()
    ends = play.now + 2 * DAY
    desk.get_by_label("Finisce il").fill(f"{local(ends):%Y-%m-%dT%H:%M}")
    press(desk, "Apri la discussione")
    desk.get_by_role("link", name="Apri un tavolo").click()
    desk.locator("[name=title]").fill("Mobilità")
    desk.locator("[name=coordinator]").select_option(label="Organizzazione 001")
    press(desk, "Apri il tavolo")
    desk.get_by_role("link", name="Metti in valutazione un’affermazione").click()
    desk.locator("[name=text]").fill(STATEMENT)
    desk.locator("main form button[type=submit]").click()
    expect(desk.get_by_text("L’affermazione è in valutazione")).to_be_visible()
    for n, said in ((0, "Accordo"), (1, "Accordo"), (2, "Disaccordo")):
        phone = play.window(play.members[n], "/scrivania", phone=True)
        phone.get_by_role("link", name="Valuta le affermazioni").click()
        press(phone, said)
        expect(phone.get_by_text("Hai valutato tutte le affermazioni.")).to_be_visible()
    joining = play.window(play.members[2], f"{HERE}/tavoli/1", phone=True)
    press(joining, "Aderisci al tavolo")
    expect(joining.get_by_role("button", name="Lascia il tavolo")).to_be_visible()
    play.weighed(1, range(3, 33), Weight.AGREE)
    play.weighed(1, range(33, 40), Weight.DISAGREE)
    close.close(play.number, now=play.clock.set(ends))
    reader = play.window(None, f"{HERE}/affermazioni", phone=True)
    counted = reader.locator(".result tr.total").inner_text()
    assert re.findall(r"\d+", counted) == ["32", "8", "0", "40"]
    look(reader)


def written(play: Play) -> None:
    """The first delegate is named rapporteur and writes a remark that rests on the statement."""
    desk = play.window(play.secretary, f"{HERE}/testo")
    desk.get_by_role("link", name="Nomina il relatore").click()
    desk.locator("[name=rapporteur]").select_option(label="Organizzazione 001: Delegato 001")
    press(desk, "Nomina il relatore")
    page = play.window(play.members[0], f"{HERE}/testo")
    play.worded(play.members[0])
    page.get_by_role("button", name=re.compile("Aggiungi un rilievo.*Premessa")).click()
    page.get_by_label("Titolo del rilievo").fill("Piste ciclabili")
    page.locator("[name=target]").select_option(f"a-{play.action}")
    page.get_by_label("Che cosa si chiede").fill(ASKED)
    page.get_by_label("Perché", exact=True).fill("Lo chiedono le organizzazioni.")
    press(page, "Salva")
    page.get_by_role("link", name=re.compile("Scrivi.*Rilievo 1")).click()
    page.locator("select[name=row]").select_option(index=1)
    press(page, "Aggiungi la fonte")
    page.goto(f"{HERE}/testo")
    page.get_by_label("Favorevole con rilievi").check()
    press(page, "Scegli la natura")
    expect(page.get_by_text(re.compile("Affermazione n. 1")).first).to_be_visible()
    desk.reload()
    desk.get_by_role("link", name="Apri il testo agli emendamenti").click()
    press(desk, "Apri il testo agli emendamenti")
    expect(desk.get_by_text("Il testo è aperto agli emendamenti.")).to_be_visible()


def amended(play: Play) -> None:
    """One is written and signed on phones; another one changes the same words; a third asks for something else."""
    phone = play.window(play.members[4], f"{HERE}/testo", phone=True)
    phone.get_by_role("link", name=re.compile("Proponi un emendamento.*Rilievo 1")).click()
    phone.get_by_label("Il testo come dovrebbe essere").fill(ASKED.replace("date certe", "date entro il 2028"))
    expect(phone.locator("#cambio ins")).to_have_text("entro il 2028")
    expect(phone.locator("#cambio del")).to_have_text("certe")
    phone.get_by_label("Perché").fill("Una data si può verificare.")
    look(phone)
    press(phone, "Deposita l’emendamento")
    play.signed(1, range(5, 7))
    other = play.window(play.members[7], f"{HERE}/emendamenti/1", phone=True)
    press(other, "Firma anche tu")
    expect(other.get_by_text("Firme: 3 su 3")).to_be_visible()
    page = play.window(play.members[0], f"{HERE}/emendamenti/1")
    page.get_by_label("Metti ai voti").check()
    press(page, "Decidi")
    assert play.amended(8, "date certe", "tempi certi", range(9, 12)) == 2
    assert play.amended(12, "continuo", "alberato", range(13, 16)) == 3
    play.clock.set(play.now + 5 * DAY)
    desk = play.window(play.secretary, f"{HERE}/testo")
    press(desk, "Fissa il testo")
    expect(desk.get_by_text("Il testo è fissato insieme agli emendamenti da votare.")).to_be_visible()


def put(play: Play, desk: Page) -> int:
    """What is next is put to the vote in the plenary, and opened."""
    desk.goto(f"{WORK}/voto")
    desk.get_by_label("In una seduta").check()
    desk.locator("[name=item]").select_option(index=1)
    press(desk, "Metti in votazione")
    press(desk, "Apri la votazione")
    return queries.votes(play.secretary, play.number)[-1].poll_id


def proclaimed(desk: Page) -> None:
    """Closed, counted, proclaimed."""
    desk.goto(f"{WORK}/voto")
    desk.get_by_label("Dopo nessuno può più votare").check()
    press(desk, "Chiudi e conta")
    press(desk, "Proclama i risultati")


def voted(play: Play) -> None:
    """The first call is deserted; on second call two amendments are voted and one lapses; then the whole text."""
    play.clock.set(HOUR)
    play.plenary.deserted()
    play.clock.set(SECOND)
    play.plenary.second()
    desk = play.window(play.plenary.secretariat, f"{WORK}/voto")
    look(desk)
    play.said(put(play, desk), {Choice.YES: range(20), Choice.NO: range(20, 34)})
    proclaimed(desk)
    expect(desk.get_by_text("1 emendamento da votare")).to_be_visible()
    play.said(put(play, desk), {Choice.YES: range(10), Choice.NO: range(10, 34)})
    proclaimed(desk)
    final = put(play, desk)
    phone = play.window(play.members[0], f"/sedute/{play.plenary.sitting}/partecipa", phone=True)
    phone.locator('[data-panel="poll"]').get_by_role("button", name="Favorevole").click()
    expect(phone.locator(".vote-receipt")).to_contain_text("Registrato: Favorevole")
    play.said(final, {Choice.YES: range(1, 22), Choice.NO: range(22, 30), Choice.ABSTAIN: range(31, 34)})
    hand = play.window(play.clerk, f"/segreteria/votazioni/{final}/appello?seggio=31")
    expect(hand.locator("#called")).to_have_text("Organizzazione 031")
    hand.keyboard.press("c")
    expect(hand.locator(".read-back")).to_contain_text("Organizzazione 031")
    proclaimed(desk)
    expect(desk.get_by_text("Il Forum ha deciso.")).to_be_visible()
    look(desk)


def dissented(play: Play) -> None:
    """A note that seven of thirty-four sign, which is a fifth."""
    play.clock.set(play.now + timedelta(hours=1))
    phone = play.window(play.members[22], f"{HERE}/dissensi", phone=True)
    phone.locator("textarea[name=text]").fill(DISSENT)
    press(phone, "Pubblica la nota")
    play.dissented(range(23, 28))
    other = play.window(play.members[28], f"{HERE}/dissensi", phone=True)
    expect(other.get_by_text("Hanno firmato 6 dei 34 votanti")).to_be_visible()
    other.get_by_role("button", name="Firma per").click()
    expect(other.get_by_text("7 firme")).to_be_visible()
    seal_dissent.seal_dissent(play.number, now=play.clock.set(SECOND + DAY + timedelta(hours=1)))
    reader = play.window(None, f"{HERE}/dissensi", phone=True)
    expect(reader.get_by_role("heading", name="Parere di minoranza: Organizzazione 023")).to_be_visible()
    look(reader)


def transmitted(play: Play) -> None:
    """The opinion is drawn up and goes to the Council, which answers."""
    desk = play.window(play.secretary, WORK)
    press(desk, "Redigi il parere")
    desk.get_by_role("link", name="Trasmissione al Consiglio").click()
    desk.get_by_label("Numero di protocollo").fill("PG 1234")
    press(desk, "Registra la trasmissione")
    expect(desk.get_by_text("La trasmissione è registrata.")).to_be_visible()
    council = play.window(play.clerk, f"{HERE}/risposte")
    council.get_by_role("link", name="Rispondi al rilievo").click()
    council.locator("[name=outcome][value=accepted]").check()
    council.locator("[name=reason]").fill("Le date entrano nel cronoprogramma.")
    press(council, "Pubblica la risposta")


def told_alike(play: Play) -> None:
    """The same numbers on the page of the votes, in the document, on paper and in its data."""
    reader = play.window(None, HERE, phone=True)
    expect(reader.get_by_text("Con le risposte del Consiglio").first).to_be_visible()
    look(reader)
    reader.get_by_role("link", name="Leggi il parere").click()
    paper = reader.locator("main").inner_text()
    sheets = printed(play.file(reader, "documenti/1.pdf").body())
    for words in (paper, sheets.replace("\n", " ")):
        assert "Favorevole: 22; Contrario: 9; Astenuto: 3" in words
        assert DISSENT in words and "date entro il 2028" in words
    look(reader)
    reader.goto(f"{HERE}/voto")
    sums = reader.locator(".vote-sums").first.inner_text()
    assert re.findall(r"\d+", sums) == ["22", "9", "3", "86", str(SEATS)]
    reader.get_by_role("link", name=re.compile("come verificarla")).first.click()
    expect(reader.get_by_role("link", name=SUBJECT, exact=True)).to_have_attribute("href", HERE)
    final = play.file(reader, "documenti/1.json").json()["vote"]["final"]
    said = [seat["choice"] for seat in final["seats"]]
    assert [said.count(one) for one in ("yes", "no", "abstain", None)] == [22, 9, 3, 86]


def test_the_forum_goes_from_the_request_to_the_answers_of_the_council(play: Play) -> None:
    asked(play)
    discussed(play)
    written(play)
    amended(play)
    voted(play)
    dissented(play)
    transmitted(play)
    told_alike(play)
    # asked again, it says nothing: the term runs out
    asked(play)
    play.clock.set(play.now + 21 * DAY)
    assert requests.terms() == 1
    reader = play.window(None, "/forum/pareri/2", phone=True)
    expect(reader.get_by_text("Il termine è decorso senza il parere: il Consiglio può procedere.")).to_be_visible()
    reader.get_by_role("link", name="Leggi l’attestazione").click()
    expect(reader.get_by_text("Si attesta che entro il")).to_be_visible()
    look(reader)
    reader.goto("/procedimento")
    expect(reader.get_by_text("Il Consiglio può procedere").first).to_be_visible()
