"""The small scripts, on a page made for them and served from the address of the program."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fixtures.browser import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.once]

HEAD = (
    '<!doctype html><html lang="it"><meta charset="utf-8"><title>Prova</title>'
    '<script type="module" src="/static/js/app.js"></script>'
)


def bench(open_page: OpenPage, body: str) -> Page:
    """An empty page of our own address with the scripts and this body."""
    page = open_page()
    page.route("**/prova", lambda route: route.fulfill(body=HEAD + body, content_type="text/html"))
    page.goto("/prova")
    return page


def test_the_counter_counts_characters_as_people_do(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<textarea data-module="counter" data-limit="10" data-counter="left"></textarea>'
        '<p id="left" data-left="rimasti {n}" data-over="in eccesso {n}"></p>',
    )
    expect(page.locator("#left")).to_have_text("rimasti 10")
    page.fill("textarea", "🌊🌊🌊")
    expect(page.locator("#left")).to_have_text("rimasti 7")
    page.fill("textarea", "x" * 12)
    expect(page.locator("#left")).to_have_text("in eccesso 2")


def test_a_draft_is_saved_while_one_types_and_the_answer_is_shown(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<form data-module="autosave unsaved" data-autosave="/bozza" data-status="said">'
        '<input name="id" type="hidden" data-keep="id"><textarea name="text"></textarea></form><p id="said"></p>',
    )
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(body=json.dumps({"words": "Bozza salvata alle 10:42", "id": 7}), content_type="application/json")

    page.route("**/bozza", answer)
    page.type("textarea", "Il tracciato")
    expect(page.locator("#said")).to_have_text("Bozza salvata alle 10:42")
    assert sent[-1] == "id=&text=Il+tracciato"
    expect(page.locator("[name=id]")).to_have_value("7")


def test_a_draft_that_is_refused_says_why(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<form data-module="autosave" data-autosave="/bozza" data-status="said"><input name="a"></form>'
        '<p id="said"></p>',
    )
    page.route(
        "**/bozza",
        lambda route: route.fulfill(
            status=409, body=json.dumps({"words": "La bozza è già stata inviata."}), content_type="application/json"
        ),
    )
    page.type("input", "x")
    expect(page.locator("#said")).to_have_text("La bozza è già stata inviata.")


def test_the_last_hours_are_counted_by_the_clock_of_the_server(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<span data-module="countdown" data-now="2027-03-15T08:30:00+00:00" data-until="2027-03-15T11:00:00+00:00"'
        ' data-hours="ancora {h} h {m} min" data-over="chiusa">oggi</span>'
        '<b data-module="countdown" data-now="2027-03-15T11:00:01+00:00" data-until="2027-03-15T11:00:00+00:00"'
        ' data-hours="{h} {m}" data-over="chiusa">oggi</b>',
    )
    expect(page.locator("span")).to_have_text("ancora 2 h 30 min")
    expect(page.locator("b")).to_have_text("chiusa")


def test_a_proposed_wording_shows_what_it_takes_away_and_adds(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<textarea data-module="difference" data-into="shown" data-original="La rete è completata entro il 2028.">'
        '</textarea><p id="shown"></p>',
    )
    expect(page.locator("#shown")).to_be_hidden()
    page.fill("textarea", "La rete <b>ciclabile</b> è completata entro il 2027.")
    expect(page.locator("#shown del")).to_have_text("2028")
    expect(page.locator("#shown ins").last).to_have_text("2027")
    expect(page.locator("#shown b")).to_have_count(0)
    page.fill("textarea", "La rete è completata entro il 2028.")
    expect(page.locator("#shown")).to_be_hidden()


def test_single_keys_work_only_inside_their_desk_and_outside_its_fields(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<button id="out">Fuori</button><div data-module="keys" tabindex="-1"><a data-key="a" href="#done">Ammetti</a>'
        '<input aria-label="Cerca"></div>',
    )
    page.focus("#out")
    page.keyboard.press("a")
    page.focus("input")
    page.keyboard.press("a")
    expect(page.locator("input")).to_have_value("a")
    assert not page.url.endswith("#done")
    page.focus("a")
    page.keyboard.press("a")
    assert page.url.endswith("#done")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(open_page: OpenPage) -> None:
    page = bench(
        open_page,
        '<div tabindex="-1" id="errors" data-module="focus"><a href="#kind">Tipo</a></div>'
        '<fieldset id="kind"><input type="radio" id="kind-0" name="kind"></fieldset>',
    )
    expect(page.locator("#errors")).to_be_focused()
    page.click("a")
    expect(page.locator("#kind-0")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_the_main_menu_can_be_reached_on_a_phone_with_and_without_scripts(open_page: OpenPage, script: bool) -> None:
    page = open_page("/", width=360, script=script)
    button = page.locator(".site-nav-toggle")
    if script:
        expect(page.locator("#site-nav")).to_be_hidden()
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_visible(visible=script)
    expect(page.locator("#site-nav a").first).to_be_visible()


def test_the_first_key_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
