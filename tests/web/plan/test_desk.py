"""The drafting team's page of versions: a file is read, shown, imported, published."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.offices import Office
from portal.plan.models import PlanVersion
from portal.plan.rules import VersionState
from portal.web.plan import uploads
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults

PLAN = {
    "plan_id": "prova",
    "title": "Piano di prova",
    "body": "Città",
    "axes": [{"code": "A", "title": "Natura", "actions": [{"code": "X1", "title": "Sentieri", "paragraphs": ["Uno"]}]}],
    "colour": "verde",
}


@pytest.fixture
def drafter(client: Visitor, clock: Clock) -> Visitor:
    factories.sign_in(client, factories.holder(Office.DRAFTING_LEAD))
    return client


def upload(client: Visitor, value: Any) -> Any:
    """Send a file to be read."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return client.post("/redazione/piano/anteprima", data={"file": (io.BytesIO(data), "piano.json")})


def versions() -> list[VersionState]:
    """The states of all versions."""
    db.session.expire_all()
    return list(db.session.scalars(sa.select(PlanVersion.state).order_by(PlanVersion.id)))


def test_a_file_is_shown_before_it_is_imported(drafter: Visitor) -> None:
    page = upload(drafter, PLAN)
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "Piano di prova" in page.text
    assert "<code>colour</code>" in page.text
    assert versions() == []
    content = unescape(re.search(r'name="content"[^>]* value="([^"]*)"', page.text).group(1))  # type: ignore[union-attr]
    done = drafter.post("/redazione/piano/importa", data={"content": content})
    assert done.status_code == 303
    assert versions() == [VersionState.DRAFT]
    assert "verde" in json.dumps(db.session.scalars(sa.select(PlanVersion.unplaced)).one())


def test_a_draft_is_published_once_it_is_confirmed(drafter: Visitor) -> None:
    drafter.post("/redazione/piano/importa", data={"content": json.dumps(PLAN)})
    page = drafter.get("/redazione/piano/1/pubblicazione")
    assert (page.status_code, faults(page.text)) == (200, [])
    unsure = drafter.post("/redazione/piano/1/pubblicazione", data={})
    assert unsure.status_code == 422
    assert "Conferma di aver letto la bozza" in unsure.text
    assert drafter.post("/redazione/piano/1/pubblicazione", data={"confirmed": "y"}).status_code == 303
    assert versions() == [VersionState.PUBLISHED]
    assert drafter.get("/redazione/piano/1/pubblicazione").status_code == 400
    assert drafter.post("/redazione/piano/1/pubblicazione", data={"confirmed": "y"}).status_code in {400, 422}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Scegli un file del piano"),
        (b'{"title": ', "riga 1, colonna 11"),
        ("perché".encode("latin-1"), "UTF-8"),
        (json.dumps(PLAN | {"title": None}).encode(), "title: il testo manca"),
        (json.dumps(PLAN | {"title": "<script>x</script>", "axes": 3}).encode(), "axes: qui serve un elenco"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(drafter: Visitor, data: bytes, words: str) -> None:
    page = upload(drafter, data)
    assert page.status_code == 422
    assert words in unescape(page.text)
    assert faults(page.text) == []
    assert versions() == []


def test_a_file_that_is_too_large_is_refused(drafter: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_TEXT", 10)
    page = upload(drafter, PLAN)
    assert page.status_code == 422
    assert "supera i 2 MB" in page.text


def test_all_that_is_wrong_is_told_together(drafter: Visitor) -> None:
    page = upload(drafter, PLAN | {"title": None, "body": 7})
    assert "title: il testo manca" in page.text
    assert "body: qui serve un testo" in page.text


def test_what_was_carried_along_is_read_again_and_not_trusted(drafter: Visitor) -> None:
    page = drafter.post("/redazione/piano/importa", data={"content": '{"title": "x'})
    assert page.status_code == 422
    assert versions() == []


@pytest.mark.parametrize("office", [Office.SECRETARIAT, Office.MAYOR, Office.AUDITOR])
def test_others_are_turned_away(client: Visitor, clock: Clock, office: Office) -> None:
    where = factories.body("Comune") if office is Office.MAYOR else None
    factories.sign_in(client, factories.holder(office, where))
    assert client.get("/redazione/piano").status_code == 403
    assert upload(client, PLAN).status_code == 403
    assert client.post("/redazione/piano/importa", data={"content": json.dumps(PLAN)}).status_code == 403


def test_an_officer_imports_and_leaves_publishing_to_the_lead(client: Visitor, clock: Clock) -> None:
    factories.sign_in(client, factories.holder(Office.DRAFTING_OFFICER))
    assert client.post("/redazione/piano/importa", data={"content": json.dumps(PLAN)}).status_code == 303
    assert "La pubblica il responsabile" in client.get("/redazione/piano").text
    assert client.post("/redazione/piano/1/pubblicazione", data={"confirmed": "y"}).status_code == 403
    assert versions() == [VersionState.DRAFT]


def test_a_version_that_is_not_there_is_not_found(drafter: Visitor) -> None:
    assert drafter.get("/redazione/piano/77/pubblicazione").status_code == 404
    assert drafter.post("/redazione/piano/77/pubblicazione", data={"confirmed": "y"}).status_code == 404
