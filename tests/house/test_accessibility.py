"""No page of the demonstration city has a fault that axe can find, or is wider than a small telephone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.fixtures.browser import axe_violations, sideways, watch
from tests.house import crawl
from tests.house.conftest import AUTHORS, WalkAs

pytestmark = [pytest.mark.browser, pytest.mark.once]
NARROW = (360, 320)


@contextmanager
def _entered(browser: Browser, app: Flask, server: str, office: str, language: str) -> Iterator[Page]:
    """A window of somebody who has signed in; script errors and blocked content are faults too."""
    context: BrowserContext = browser.new_context(base_url=server, reduced_motion="reduce")
    client = crawl.enter(app, office)
    cookies = {"lang": language}
    session = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if session:
        cookies[session.key] = session.value
    host = urlsplit(server).hostname or ""
    context.add_cookies([{"name": k, "value": v, "domain": host, "path": "/"} for k, v in cookies.items()])
    page, faults = context.new_page(), list[str]()
    watch(page, faults)
    yield page
    context.close()
    assert faults == []


def _faults(page: Page, address: str) -> list[str]:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    found = [f"{address} at 1280: {fault}" for fault in axe_violations(page)]
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 740})
        if sideways(page) > 0:
            found.append(f"{address} at {width}: {sideways(page)} px too wide")
    # As tall as the page, so that the bar at the thumb stands below everything instead of over something.
    page.set_viewport_size({"width": NARROW[0], "height": page.evaluate("document.documentElement.scrollHeight")})
    return found + [f"{address} at {NARROW[0]}: {fault}" for fault in axe_violations(page)]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("office", AUTHORS)
def test_one_page_of_each_kind(
    browser: Browser, demo_app: Flask, demo_server: str, walk_as: WalkAs, office: str, language: str
) -> None:
    first = {page.endpoint: page.address for page in reversed(walk_as(office).pages) if page.html}
    with _entered(browser, demo_app, demo_server, office, language) as page:
        assert [fault for address in first.values() for fault in _faults(page, address)] == []


@pytest.mark.parametrize("part", range(4))
def test_remarks_in_every_state(browser: Browser, demo_app: Flask, demo_server: str, part: int) -> None:
    numbers = crawl.telling_numbers(demo_app)[part::4]
    with _entered(browser, demo_app, demo_server, "secretariat", "it") as page:
        assert [fault for number in numbers for fault in _faults(page, f"/osservazioni/{number}")] == []
