"""Amendments in one go without scripts, the whole text with one thumb, and a note that others sign, at 320 pixels."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.opinions.adoption import write_dissent
from tests.adoption import ABSTAIN, HOUR, NO, Vote, everybody
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]
WHY = "Il testo non dice nulla delle risorse per la montagna, che ne ha più bisogno di tutti."


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_a_member_votes_and_signs_on_a_small_screen(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    vote = Vote(12, amendments=3)
    address = f"/forum/pareri/{vote.request}"
    polls = vote.put()
    plain = enter(open_page(width=320, script=False), app, live_server, vote.forum.delegates[11])
    plain.goto(f"{address}/voto")
    for poll, said in zip(polls, ("Contrario", "Favorevole", "Mi astengo"), strict=True):
        plain.locator(f"fieldset:has([name=vote-{poll}])").get_by_text(said).click()
    plain.get_by_role("button", name="Invia i voti").click()
    expect(plain.get_by_text("3 voti sono registrati.")).to_be_visible()

    for poll in polls:
        vote.say(poll, everybody(7, NO))
    vote.close(NOW)
    final = vote.put(final=True)[0]
    member = enter(open_page(width=320), app, live_server, vote.forum.delegates[11])
    member.goto(f"{address}/voto")
    look(member)
    member.get_by_role("button", name="Contrario").click()
    expect(member.get_by_text("1 voto è registrato.")).to_be_visible()
    expect(member.get_by_role("button", name="Contrario")).to_have_attribute("aria-pressed", "true")
    vote.say(final, everybody(8) | {8: NO, 9: ABSTAIN})

    desk = enter(open_page(), app, live_server, vote.secretary)
    desk.goto(f"/segreteria/forum/pareri/{vote.request}/voto")
    look(desk)
    desk.get_by_label("Dopo nessuno può più votare").check()
    desk.get_by_role("button", name="Chiudi e conta").click()
    desk.get_by_role("button", name="Proclama i risultati").click()
    expect(desk.get_by_text("Il Forum ha deciso.")).to_be_visible()

    write_dissent.write_dissent(vote.forum.delegates[8], vote.request, WHY, now=NOW + HOUR)
    member.goto(f"{address}/voto")
    expect(member.get_by_role("row", name="Tutto il Forum").first).to_contain_text("8")
    look(member)
    member.get_by_role("link", name="Note di dissenso").click()
    member.get_by_role("button", name="Firma per").click()
    expect(member.get_by_text("2 firme")).to_be_visible()
    look(member)
