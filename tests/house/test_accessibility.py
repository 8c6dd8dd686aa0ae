"""No page of the demonstration city has a fault that axe can find, or is wider than a small telephone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.fixtures.browser import axe_violations, sideways, watch
from tests.house import crawl
from tests.house.conftest import AUTHORS, WalkAs, none_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
PARTS = 4  # so that a fault in one does not hide those in the others
DESKS = ("/segreteria", "/redazione")
# A bar that stays at the foot of the window covers by chance what one can scroll out from under it.
_LOOSEN = """() => {
  for (const one of document.querySelectorAll("main *"))
    if (getComputedStyle(one).position === "sticky") one.style.position = "static";
}"""


@contextmanager
def _entered(browser: Browser, app: Flask, server: str, office: str, language: str) -> Iterator[Page]:
    """A window of somebody who has signed in; script errors and blocked content are faults too.

    English is looked at without scripts: whoever has none must not be shown a page that is too wide either.
    """
    context: BrowserContext = browser.new_context(
        base_url=server, reduced_motion="reduce", java_script_enabled=language == "it"
    )
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


def _faults(page: Page, address: str, *widths: int, axe_at: int | None = None) -> Iterator[str]:
    page.goto(address)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if sideways(page) > 0:
            yield f"{address} at {width}: {sideways(page)} px too wide"
        if width == axe_at:
            page.evaluate(_LOOSEN)
            yield from (f"{address} at {width}: {fault}" for fault in axe_violations(page))


def _width_of_use(address: str) -> int:
    """Desks are used at a desk, everything else on a telephone first."""
    return 1280 if address.startswith(DESKS) else 320


def _one_of_each_kind(walk_as: WalkAs) -> list[tuple[str, str]]:
    """For every kind of page, the first who is shown one, and its address."""
    first: dict[str, tuple[str, str]] = {}
    for office in AUTHORS:
        for page in walk_as(office).pages:
            if page.html:
                first.setdefault(page.endpoint, (office, page.address))
    return sorted(first.values())


@pytest.mark.parametrize("part", range(PARTS))
def test_one_page_of_each_kind(browser: Browser, demo_app: Flask, demo_server: str, walk_as: WalkAs, part: int) -> None:
    share = _one_of_each_kind(walk_as)[part::PARTS]
    found: list[str] = []
    for office, visits in groupby(share, key=lambda visit: visit[0]):
        addresses = [address for _, address in visits]
        with _entered(browser, demo_app, demo_server, office, "it") as page:
            for address in addresses:
                found += _faults(page, address, 1280, 320, axe_at=_width_of_use(address))
        with _entered(browser, demo_app, demo_server, office, "en") as page:
            for address in addresses:
                found += _faults(page, address, 360)
    none_of(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_remarks_in_every_state(browser: Browser, demo_app: Flask, demo_server: str, part: int) -> None:
    numbers = crawl.telling_numbers(demo_app)[part::PARTS]
    with _entered(browser, demo_app, demo_server, "metropolitan_city:secretariat", "it") as page:
        none_of(fault for number in numbers for fault in _faults(page, f"/osservazioni/{number}", 320, axe_at=320))
