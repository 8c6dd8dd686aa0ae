"""Amendments in one go without scripts, the whole text with one thumb, at 320 pixels."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.adoption import NO, Vote, everybody
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def test_a_member_votes_over_some_days_on_a_small_screen(
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
    vote.put(final=True)
    member = enter(open_page(width=320), app, live_server, vote.forum.delegates[11])
    member.goto(f"{address}/voto")
    look(member)
    member.get_by_role("button", name="Contrario").click()
    expect(member.get_by_text("1 voto è registrato.")).to_be_visible()
    expect(member.get_by_role("button", name="Contrario")).to_have_attribute("aria-pressed", "true")
