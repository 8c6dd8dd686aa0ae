"""Every page of the demonstration city, as everybody who can hold an office sees it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.kernel.offices import OFFICES_OF
from tests.house import crawl, html
from tests.house.conftest import AUTHORS, WalkAs, none_of
from tests.house.crawl import VISITOR, Page

OFFICES = sorted({office.value for offices in OFFICES_OF.values() for office in offices})
MAIN = {VISITOR, "mayor", "secretariat", "drafting_lead"}
# On the second database the main offices are enough: what differs there is the queries, not who may see what.
EVERYBODY = [pytest.param(o, marks=() if o in MAIN else pytest.mark.once) for o in (VISITOR, *OFFICES)]
# Reached by other ways than a link: probes of machines, one-time links of a mail, what is shown once after signing in.
NOT_LINKED = {"site.healthz", "site.readyz", "accounts.use_link", "accounts.notice", "static"} | {
    "floor.panels",
    "live.missed", "live.on_action", "live.in_queue",  # asked for by pages that are open
    "screen.picture", "screen.picture_by_address", "screen.direct_part", "cockpit.panels",
    "screen.by_address",  # shown once, for the computer of a hall
    "opinions.send",  # the step of a document that waits to be sent
    "deliberation.reword", "forum.readmit",  # of one's own statement that waits; of the one member that is suspended
    "forum.application_page",  # an address in a letter
    "mailbox.stop", "conferences.enter",  # addresses in letters
    "uploads.progress", "comments.more_places", "comments.confirm_letter",  # the next step of a form that was sent
}  # fmt: skip


def test_somebody_holds_every_office(demo_app: Flask) -> None:
    assert {name.split(":")[1] for name in crawl.identities(demo_app)} == set(OFFICES)


@pytest.fixture
def pages(walk_as: WalkAs, demo_app: Flask, office: str) -> list[Page]:
    """What all who hold an office are shown, one of each kind of body."""
    names = [name for name in crawl.identities(demo_app) if name.endswith(f":{office}")]
    assert names or office == VISITOR, f"nobody in the demonstration is {office}"
    return [page for name in names or [VISITOR] for page in walk_as(name).pages]


@pytest.mark.parametrize("office", EVERYBODY)
def test_every_link_leads_to_a_page_that_opens(pages: list[Page]) -> None:
    none_of(str(page) for page in pages if page.status >= 400)


@pytest.mark.parametrize("office", EVERYBODY)
def test_reading_never_writes(pages: list[Page]) -> None:
    none_of(f"{page.address}: {page.writes}" for page in pages if page.writes)


@pytest.mark.once
@pytest.mark.parametrize("office", AUTHORS)
def test_every_page_is_well_made(walk_as: WalkAs, office: str) -> None:
    pages = [page for page in walk_as(office).pages if page.html]
    none_of(f"{page.address}: {fault}" for page in pages for fault in html.faults(page.html))


@pytest.mark.once
def test_every_page_can_be_reached_by_links(walk_as: WalkAs, demo_app: Flask) -> None:
    reached = set().union(*(walk_as(office).endpoints for office in (*AUTHORS, "metropolitan_city:councillor")))
    readable = {rule.endpoint for rule in demo_app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    readable = {name for name in readable if not name.startswith("api.")}  # its description leads to each of them
    none_of(f"{endpoint}: no page that was visited leads to it" for endpoint in readable - reached - NOT_LINKED)


def test_remarks_in_every_state_open_for_those_who_may_see_them(demo_app: Flask) -> None:
    client = crawl.enter(demo_app, "metropolitan_city:secretariat")
    for number in crawl.telling_numbers(demo_app):
        with crawl.watched(demo_app) as writes:
            answer = client.get(f"/osservazioni/{number}")
        assert (answer.status_code, html.faults(answer.text), writes) == (200, [], [])
