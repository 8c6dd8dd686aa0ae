"""Every page of the demonstration city, as everybody who can hold an office sees it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.kernel.offices import OFFICES_OF
from tests.house import crawl, html
from tests.house.conftest import AUTHORS, WalkAs, none_of
from tests.house.crawl import VISITOR

OFFICES = sorted({office.value for offices in OFFICES_OF.values() for office in offices})
# Reached by other ways than a link: probes of machines, one-time links of a mail.
NOT_LINKED = {"site.healthz", "site.readyz", "accounts.use_link", "static"}


def test_somebody_holds_every_office(demo_app: Flask) -> None:
    assert set(OFFICES) - set(crawl.identities(demo_app)) == set()


@pytest.mark.parametrize("office", [VISITOR, *OFFICES])
def test_every_link_leads_to_a_page_that_opens(walk_as: WalkAs, office: str) -> None:
    walk = walk_as(office)
    none_of(walk.dead + [str(page) for page in walk.pages if page.status >= 400])


@pytest.mark.parametrize("office", [VISITOR, *OFFICES])
def test_reading_never_writes(walk_as: WalkAs, office: str) -> None:
    none_of(f"{page.address}: {page.writes}" for page in walk_as(office).pages if page.writes)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("office", AUTHORS)
def test_every_page_is_well_made(walk_as: WalkAs, office: str, language: str) -> None:
    none_of(
        f"{page.address}: {fault}"
        for page in walk_as(office, language).pages
        if page.html
        for fault in [*html.faults(page.html), *(f"#{name} is not there" for name in html.fragments(page.html))]
    )


def test_every_page_can_be_reached_by_links(walk_as: WalkAs, demo_app: Flask) -> None:
    reached = set().union(*(walk_as(office).endpoints for office in AUTHORS))
    readable = {rule.endpoint for rule in demo_app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert readable - reached - NOT_LINKED == set()


def test_remarks_in_every_state_open_for_those_who_may_see_them(demo_app: Flask) -> None:
    client = crawl.enter(demo_app, "secretariat")
    for number in crawl.telling_numbers(demo_app):
        with crawl.watched(demo_app) as writes:
            answer = client.get(f"/osservazioni/{number}")
        assert (answer.status_code, html.faults(answer.text), writes) == (200, [], [])
