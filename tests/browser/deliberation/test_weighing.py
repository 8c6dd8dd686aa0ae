"""A delegate weighs statements with a thumb, with the keyboard, without scripts, and where there is no network."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.db import db
from portal.opinions.deliberation import close, queries, weigh
from portal.opinions.deliberation.rules import Weight
from tests.conftest import Clock
from tests.discussion import ENDS, Discussion
from tests.factories import NOW
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.keyboard import enter

pytestmark = [pytest.mark.browser, pytest.mark.once]
STATEMENTS = ("Più treni la sera", "Più alberi in piazza", "Un biglietto solo per treni e autobus")


def look(page: Page) -> None:
    assert (sideways(page), axe_violations(page)) == (0, [])


def said(room: Discussion) -> list[Weight | None]:
    """What the first organisation has answered, in the order in which it was asked."""
    db.session.rollback()
    own = {one.statement.text: one.weight for one in queries.own(room.number, room.forum.bodies[0].id)}
    return [own[text] for text in STATEMENTS]


def test_a_delegate_weighs_with_thumb_and_keyboard_and_everybody_reads_the_count(
    app: Flask, open_page: OpenPage, live_server: str, clock: Clock
) -> None:
    room = Discussion(organisations=12, categories=2)
    for text in STATEMENTS:
        room.stated(text)
    here = f"/forum/pareri/{room.number}/affermazioni"
    phone = enter(open_page(width=320), app, live_server, room.forum.delegates[0])
    phone.goto("/scrivania")
    phone.get_by_role("link", name="Valuta le affermazioni").click()
    expect(phone.get_by_text("0 di 3 valutate")).to_be_visible()
    expect(phone.get_by_role("button", name="Disaccordo")).to_be_in_viewport()
    look(phone)

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Passo").click()
    expect(phone.get_by_role("alert")).to_contain_text("la rete non ha risposto")
    phone.context.set_offline(False)
    assert said(room) == [None, None, None]

    phone.get_by_role("button", name="Passo").click()
    expect(phone.get_by_text("1 di 3 valutate")).to_be_visible()
    phone.keyboard.press("a")
    expect(phone.get_by_text("2 di 3 valutate")).to_be_visible()
    phone.keyboard.press("2")
    expect(phone.get_by_text("Hai valutato tutte le affermazioni.")).to_be_visible()
    look(phone)
    assert sorted(str(one) for one in said(room)) == ["agree", "disagree", "pass"]
    phone.get_by_role("link", name="Torna e cambiala").click()
    phone.get_by_role("button", name="Accordo", exact=True).click()
    phone.get_by_role("link", name="Rileggi le nostre risposte").click()
    expect(phone.get_by_role("radio", checked=True)).to_have_count(3)
    look(phone)

    plain = enter(open_page(script=False, width=360), app, live_server, room.forum.delegates[1])
    plain.goto(f"{here}/pesa")
    plain.get_by_role("button", name="Disaccordo").click()
    expect(plain.get_by_text("1 di 3 valutate")).to_be_visible()
    for actor in room.forum.delegates[2:]:
        weigh.weigh_several(actor, room.number, dict.fromkeys((1, 2, 3), Weight.AGREE), now=NOW)

    close.close(room.number, now=clock.set(ENDS))
    for width in (320, 1280):
        reader = open_page(here, width=width)
        expect(reader.get_by_role("heading", name="Come sono state valutate le affermazioni")).to_be_visible()
        expect(reader.locator(".result")).to_have_count(3)
        look(reader)
        for place in ("tavoli", "tavoli/1", "affermazioni/registro"):
            reader.goto(f"/forum/pareri/{room.number}/{place}")
            look(reader)
    desk = enter(open_page(), app, live_server, room.forum.secretary, now=ENDS)
    desk.goto(f"/segreteria/forum/pareri/{room.number}/discussione")
    look(desk)
