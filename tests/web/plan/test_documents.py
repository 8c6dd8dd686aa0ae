"""Documents come in through the page of versions and go out from the page of the plan."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.offices import Office
from portal.plan.models import Action, Paragraph, PlanVersion
from portal.plan.rules import VersionState
from portal.web.plan import uploads
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.plans import SMALL, p, word

MARKDOWN = "# Piano\n\n## A. Natura\n\n### A.1 Sentieri\n\nUn comma.\n\n- voce\n\n<!-- nota <b> -->\n"
CHOICES = {"plan": "", "title": "", "body": "Ente", "action_level": "0", "lists": "together", "tables": "text"}


@pytest.fixture
def drafter(client: Visitor, clock: Clock) -> Visitor:
    factories.sign_in(client, factories.holder(Office.DRAFTING_LEAD))
    return client


def upload(client: Visitor, data: bytes, name: str, **more: str) -> Any:
    return client.post("/redazione/piano/anteprima", data={"file": (io.BytesIO(data), name), **more})


def carried(page: str) -> dict[str, str]:
    """The hidden fields of the preview."""
    found = re.findall(r'<input[^>]*name="(content|coding|name|seen)"[^>]*value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def versions() -> list[tuple[VersionState, str]]:
    db.session.expire_all()
    return [(v.state, v.title) for v in db.session.scalars(sa.select(PlanVersion).order_by(PlanVersion.id))]


@pytest.mark.parametrize(
    ("data", "name"), [(word(SMALL), "piano.docx"), (MARKDOWN.encode(), "piano.md")], ids=["word", "markdown"]
)
def test_a_document_is_shown_as_a_tree_and_imported(drafter: Visitor, data: bytes, name: str) -> None:
    page = upload(drafter, data, name, title="Il piano")
    assert (page.status_code, faults(page.text)) == (200, [])
    for words in ("Natura", "Sentieri", "Un comma.", "Riconosciute: livello", name):
        assert words in page.text
    assert versions() == []
    done = drafter.post(
        "/redazione/piano/importa", data=carried(page.text) | CHOICES | {"title": "Il piano", "body": ""}
    )
    assert done.status_code == 303
    assert versions() == [(VersionState.DRAFT, "Il piano")]


def test_what_has_no_place_is_listed_with_its_reason(drafter: Visitor) -> None:
    page = upload(drafter, MARKDOWN.encode(), "piano.md").text
    assert "Riga 11" in page
    assert "Commento di un autore" in page
    assert "nota &lt;b&gt;" in page


def test_other_choices_are_looked_at_before_they_are_imported(drafter: Visitor) -> None:
    page = upload(drafter, MARKDOWN.encode(), "piano.md", **CHOICES)
    other = carried(page.text) | CHOICES | {"lists": "each"}
    again = drafter.post("/redazione/piano/importa", data=other)
    assert again.status_code == 200
    assert "guarda l’anteprima aggiornata" in again.text
    assert versions() == []
    assert (
        drafter.post("/redazione/piano/importa", data=carried(again.text) | CHOICES | {"lists": "each"}).status_code
        == 303
    )
    assert db.session.scalars(sa.select(Paragraph.text).order_by(Paragraph.position)).all() == ["Un comma.", "voce"]


def test_a_title_that_is_missing_can_be_written_without_choosing_the_file_again(drafter: Visitor) -> None:
    page = upload(drafter, word(SMALL), "piano.docx")
    assert page.status_code == 422
    assert "title: il testo manca" in page.text
    assert faults(page.text) == []
    page = drafter.post("/redazione/piano/anteprima", data=carried(page.text) | {"title": "Ecco", "action_level": "2"})
    assert page.status_code == 200
    assert "Ecco" in page.text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (word(SMALL, {"word/vbaProject.bin": "x"}), "piano.docx", "contiene macro"),
        pytest.param(word(p("a" * (30 * 2**20))), "piano.docx", "molto più grande di quanto possa essere", id="a bomb"),
        (word(SMALL)[:-200], "piano.docx", "danneggiato"),
        (b"%PDF-1.7", "piano.docx", "Un PDF dice"),
        (b"testo", "piano.docx", "non è ciò che dice il suo nome"),
        (word(SMALL), "piano.json", "non è ciò che dice il suo nome"),
        (word(p("x" * 20_001, 1) + SMALL), "piano.docx", "Paragrafo 1:"),
        (b"\xff\xfe# A", "piano.md", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(drafter: Visitor, data: bytes, name: str, words: str) -> None:
    page = upload(drafter, data, name, title="P", body="C")
    assert page.status_code == 422
    assert words in unescape(page.text)
    assert faults(page.text) == []
    assert versions() == []


def test_what_is_carried_along_is_not_trusted(drafter: Visitor) -> None:
    for content, coding in (("@@@", "base64"), ("UEsDBA==", "base64"), ("{", "")):
        data = {"content": content, "coding": coding, "name": "piano.docx" if coding else "piano.json"}
        page = drafter.post("/redazione/piano/importa", data=data)
        assert (page.status_code, faults(page.text)) == (422, [])
    assert versions() == []


def test_what_is_too_large_is_refused(drafter: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WORD", 500)
    assert "supera i 12 MB" in upload(drafter, word(SMALL), "piano.docx").text
    monkeypatch.setattr(uploads, "MOST_WORD", 10**6)
    monkeypatch.setattr(uploads, "MOST_CARRIED", 500)
    assert "troppo lungo per questa pagina" in upload(drafter, word(SMALL), "piano.docx", title="P", body="C").text


@pytest.mark.parametrize(
    ("kind", "begins", "content_type"),
    [("docx", b"PK", "application/vnd.openxml"), ("md", b"---\n", "text/markdown"), ("json", b"{", "application/json")],
)
def test_anybody_takes_a_public_version_away(
    client: Visitor, clock: Clock, kind: str, begins: bytes, content_type: str
) -> None:
    version = factories.version()
    assert f'href="/piano/scarica/{kind}"' in client.get("/piano").text
    found = client.get(f"/piano/scarica/{kind}")
    assert (found.status_code, found.data[: len(begins)]) == (200, begins)
    assert found.headers["Content-Type"].startswith(content_type)
    assert f'{version.plan.slug}-v1.{kind}"' in found.headers["Content-Disposition"]
    again = client.get(f"/piano/v1/scarica/{kind}", headers={"If-None-Match": found.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/piano/scarica/exe").status_code == 404


def test_a_draft_is_taken_away_only_by_its_readers(client: Visitor, clock: Clock) -> None:
    draft = factories.version(VersionState.DRAFT)
    address = f"/piani/{draft.plan.slug}/v1/scarica/docx"
    assert client.get(address).status_code == 404
    factories.sign_in(client, factories.holder(Office.DRAFTING_OFFICER))
    assert client.get(address).status_code == 200


def test_a_document_taken_away_and_changed_keeps_its_keys(drafter: Visitor) -> None:
    first = drafter.post("/redazione/piano/importa", data={"content": MARKDOWN, "name": "p.md", **CHOICES})
    assert first.status_code == 303
    keys = db.session.scalars(sa.select(Paragraph.key)).all()
    text = drafter.get("/piani/piano/v1/scarica/md").text.replace("Un comma.", "Parole del tutto diverse.")
    page = upload(drafter, text.encode(), "piano-v1.md")
    assert "cambiati, stesso indirizzo" in page.text
    drafter.post("/redazione/piano/importa", data=carried(page.text) | CHOICES | {"body": ""})
    db.session.expire_all()
    assert db.session.scalars(sa.select(Paragraph.key)).all() == keys
    assert db.session.scalars(sa.select(Action.title)).all() == ["Sentieri"]
