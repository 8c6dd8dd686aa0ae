"""Public pages are kept only while they are true, and only for those who have not signed in."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import flask
import pytest
from flask import Flask

from portal.comments.extend import extend
from portal.comments.models import Consultation
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.plan.models import PlanVersion
from portal.web import site
from portal.web.cache import Kept, Pages
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor


@pytest.fixture
def pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Pages:
    kept = Pages()
    monkeypatch.setitem(app.config, "KEEP_PAGES", True)
    monkeypatch.setitem(app.extensions, "pages", kept)
    monkeypatch.setitem(app.extensions, "derived", type(app.extensions["derived"])())
    return kept


@pytest.fixture
def open_(clock: Clock, database: None) -> Consultation:
    return factories.consultation()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were really rendered, by template."""
    seen: list[str] = []
    render = flask.render_template

    def note(name: str, **context: Any) -> str:
        seen.append(name)
        return render(name, **context)

    monkeypatch.setattr(site, "render_template", note)
    return seen


def test_a_page_is_made_once_while_nothing_changes(
    client: Visitor, open_: Consultation, pages: Pages, made: list[str]
) -> None:
    first, second = client.get("/"), client.get("/")
    assert first.data == second.data
    assert made == ["site/home.html"]
    assert first.headers["ETag"] == second.headers["ETag"]


def test_who_has_the_page_is_told_that_it_still_holds(client: Visitor, open_: Consultation, pages: Pages) -> None:
    first = client.get("/piano")
    again = client.get("/piano", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/piano", headers={"If-None-Match": 'W/"altro"'}).status_code == 200


def test_the_page_travels_compressed_to_those_who_can_read_it_so(
    client: Visitor, open_: Consultation, pages: Pages
) -> None:
    plain = client.get("/piano")
    packed = client.get("/piano", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert {"Cookie", "Accept-Encoding"} <= set(packed.headers["Vary"].split(", "))
    assert "Content-Encoding" not in plain.headers


def test_what_is_recorded_in_the_journal_makes_the_page_anew(
    client: Visitor, open_: Consultation, pages: Pages, made: list[str]
) -> None:
    client.get("/")
    extend(Actor.system(), open_.id, open_.deadline_at + timedelta(days=9), "Più tempo per i Consigli.", now=NOW)
    assert "24 marzo 2027" in client.get("/").text
    assert len(made) == 2


def test_signing_in_changes_no_public_page(client: Visitor, open_: Consultation, pages: Pages, made: list[str]) -> None:
    client.get("/")
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    client.get("/")
    assert len(pages) == 1
    assert len(made) == 2


def test_the_page_of_somebody_signed_in_is_never_kept_nor_shown_to_others(
    client: Visitor, open_: Consultation, pages: Pages, app: Flask
) -> None:
    who = factories.holder(Office.SECRETARIAT)
    factories.sign_in(client, who)
    assert who.name in client.get("/piano").text
    assert len(pages) == 0
    assert who.name not in app.test_client().get("/piano").text
    assert who.name in client.get("/piano").text


def test_a_message_to_one_reader_is_not_kept(client: Visitor, open_: Consultation, pages: Pages) -> None:
    with client.session_transaction() as session:
        session["_flashes"] = [("message", "Solo per te")]
    assert "Solo per te" in client.get("/piano").text
    assert "Solo per te" not in client.get("/piano").text


def test_each_language_and_each_filter_has_its_own_page(client: Visitor, open_: Consultation, pages: Pages) -> None:
    italian = client.get("/piano").text
    client.set_cookie("lang", "en")
    assert client.get("/piano").text != italian
    client.get("/piano?priorita=high")
    assert len(pages) == 3


def test_the_deadline_alone_makes_the_page_anew(
    client: Visitor, open_: Consultation, pages: Pages, clock: Clock
) -> None:
    clock.set(open_.deadline_at - timedelta(seconds=1))
    before = client.get("/piano")
    assert "Osserv" in before.text and "Aperta" in before.text
    clock.set(open_.deadline_at)
    after = client.get("/piano", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Chiusa" in after.text


def test_midnight_in_rome_changes_the_days_that_are_left(
    client: Visitor, open_: Consultation, pages: Pages, clock: Clock
) -> None:
    assert "ancora 14 giorni" in client.get("/piano").text
    clock.forward(hours=13, minutes=59)
    assert "ancora 14 giorni" in client.get("/piano").text
    clock.forward(minutes=1)
    assert "ancora 13 giorni" in client.get("/piano").text


def test_a_page_that_is_not_there_is_not_kept(client: Visitor, open_: Consultation, pages: Pages) -> None:
    assert client.get("/piano/azioni/Z.9").status_code == 404
    assert len(pages) == 0


def test_the_least_used_pages_give_way() -> None:
    kept = Pages(most=250)
    for name in "abc":
        if name == "c":
            assert kept.get(("a",)) is not None
        kept.put((name,), Kept(b"x" * 60, b"x" * 40, name, 0, NOW, NOW))
    assert [name for name in "abc" if kept.get((name,))] == ["a", "c"]


def test_drafts_are_not_kept_for_visitors(client: Visitor, open_: Consultation, pages: Pages) -> None:
    factories.add(
        PlanVersion(plan_id=open_.version.plan_id, number=2, title="Bozza", text_hash="1" * 64, imported_at=NOW)
    )
    assert client.get("/piano/v2").status_code == 404
    factories.sign_in(client, factories.holder(Office.DRAFTING_LEAD))
    assert client.get("/piano/v2").status_code == 200
    assert len(pages) == 0
