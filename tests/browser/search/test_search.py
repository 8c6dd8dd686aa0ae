"""Searching in a real browser: from any page, by the keyboard alone, on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from portal.notify import listen
from portal.search.reindex import reindex
from tests.conftest import Clock
from tests.fixtures.browser import OpenPage, axe_violations, sideways
from tests.remarks import REASONS, Round

pytestmark = pytest.mark.browser


@pytest.fixture
def rounds(clock: Clock, database: None) -> Round:
    made = Round()
    made.published(
        made.admitted(observation="Il ponte sulla ferrovia è stretto."), text=f"{REASONS} Il ponte si allarga."
    )
    listen.hear()
    reindex()
    return made


def test_a_reader_searches_from_the_head_of_a_page_by_keyboard(open_page: OpenPage, rounds: Round) -> None:
    page = open_page("/piano/azioni/A.1")
    page.get_by_role("searchbox", name="Cerca nel piano e nelle osservazioni").focus()
    page.keyboard.type("ponti")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cerca\?q=ponti"))
    expect(page.locator(".result")).to_have_count(2)
    expect(page.locator("mark").first).to_have_text("ponte")
    assert (sideways(page), axe_violations(page)) == (0, [])
    page.get_by_role("link", name=re.compile(r"^Risposte")).press("Enter")
    expect(page.locator(".result")).to_have_count(1)
    page.get_by_role("link", name=re.compile("Risposta all’osservazione 1")).press("Enter")
    page.wait_for_url(re.compile(r"/osservazioni/1#answer-title"))


def test_a_phone_without_scripts_finds_and_narrows(open_page: OpenPage, rounds: Round) -> None:
    page = open_page("/cerca?q=ponte", width=320, script=False)
    expect(page.locator(".result")).to_have_count(2)
    page.locator("summary", has_text="Restringi la ricerca").tap()
    page.get_by_label("Tipo di osservazione").select_option("support")
    page.get_by_role("button", name="Applica").tap()
    page.wait_for_url(re.compile("kind=support"))
    assert sideways(page) == 0


def test_a_phone_is_led_on_where_nothing_is_found(open_page: OpenPage, rounds: Round) -> None:
    page = open_page("/cerca?q=ponte+fraze", width=320)
    assert (sideways(page), axe_violations(page)) == (0, [])
    page.get_by_role("link", name="ponte frase").tap()
    page.wait_for_url(re.compile(r"q=ponte\+frase"))


def test_the_page_for_programs_reads_well_on_a_phone(open_page: OpenPage, rounds: Round) -> None:
    page = open_page("/dati/api", width=320)
    assert (sideways(page), axe_violations(page)) == (0, [])
