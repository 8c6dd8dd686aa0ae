"""Chips on the sheet, other places, proposals that start from sentences; and what is typed when a session has ended."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from portal.comments.models import Comment
from portal.comments.passages import Passage
from portal.db import db
from portal.kernel.offices import Office
from portal.plan.models import Paragraph
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.writing import Desk, comments_of, key, next_version

SECOND = "La seconda frase dice altro."
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk(factories.consultation(factories.version(actions=2)))


@pytest.fixture
def mayor(client: Visitor, desk: Desk) -> Visitor:
    return client.sign_in(desk.mayor.person_id or 0)


def sheet(desk: Desk) -> str:
    return f"/osservazioni/scrivi?action=A.1&paragraph={desk.paragraph.key}"


def of(paragraph: Paragraph, words: str = SECOND) -> str:
    start = paragraph.text.index(words)
    return Passage(paragraph.key, start, start + len(words), words).value


def typed(**more: Any) -> dict[str, Any]:
    facts = {"kind": "objection", "observation": "Va chiarita.", "proposed_text": "", "reasons": "", "next": "save"}
    return {**facts, "client_key": key(), "revision": "0", **more}


def chosen(page: str) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="passages"[^>]*?value="([^"]*)"([^>]*)>', page)
    return [html.unescape(value) for value, rest in boxes if "checked" in rest]


def chips(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r'<span data-from="\d+">([^<]*)</span>', page)]


def count() -> int:
    db.session.rollback()
    return db.session.query(Comment).count()


def test_the_sentences_stand_as_chips_none_of_them_chosen(mayor: Visitor, desk: Desk) -> None:
    page = mayor.get(sheet(desk)).text
    assert chips(page) == ["Comma 1 dell'azione 1.", SECOND]
    assert (chosen(page), faults(page)) == ([], [])


def test_a_chosen_sentence_is_chosen_when_one_comes_back(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(passages=[of(desk.paragraph)]))
    assert chosen(mayor.get(saved.location).text) == [of(desk.paragraph)]


def test_freely_chosen_words_are_a_chip_of_their_own(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(passages=[of(desk.paragraph, "seconda frase")]))
    page = mayor.get(saved.location).text
    assert (chosen(page), faults(page)) == ([of(desk.paragraph, "seconda frase")], [])


def test_a_refusal_keeps_the_choice(mayor: Visitor, desk: Desk) -> None:
    page = mayor.post(sheet(desk), data=typed(kind="", passages=[of(desk.paragraph)]))
    assert (page.status_code, chosen(page.text)) == (422, [of(desk.paragraph)])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{key}:0:9999:Comma", "va oltre il testo, che ha"),
        ("{key}:0:5:Virgo", "non corrisponde al testo"),
        ("altrove:0:5:Comma", "non è in questa versione del piano"),
        ("{key}:x:y:z", "non è leggibile"),
    ],
)
def test_a_passage_that_does_not_stand_there_is_refused_in_plain_words(
    mayor: Visitor, desk: Desk, value: str, words: str
) -> None:
    form = typed(passages=[value.format(key=desk.paragraph.key)])
    page = mayor.post(sheet(desk), data=form)
    told = mayor.post(sheet(desk).replace("scrivi", "bozze/salva"), data=form)
    assert (page.status_code, words in page.text, "Va chiarita." in page.text) == (422, True, True)
    assert (told.status_code, words in told.get_json()["words"], told.get_json()["field"]) == (422, True, "passages")
    assert (faults(page.text), count()) == ([], 0)


def test_ten_thousand_chips_are_refused_with_everything_else_kept(mayor: Visitor, desk: Desk) -> None:
    page = mayor.post(sheet(desk), data=typed(passages=[of(desk.paragraph)] * 10_000))
    assert (page.status_code, "Hai scelto 10000 passi" in page.text) == (422, True)
    assert ("Va chiarita." in page.text, count()) == (True, 0)


def test_the_proposal_starts_from_the_chosen_sentence_without_scripts(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(kind="", next="sentences", passages=[of(desk.paragraph)]))
    page = mayor.get(saved.location).text
    assert saved.location.endswith("#proposed_text")
    assert re.search(rf'name="proposed_text"[^>]*>\s*{SECOND}</textarea>', page)
    [comment] = comments_of(1)
    assert comment.kind.value == "change_request"


def test_a_proposal_written_by_hand_is_followed_not_replaced(mayor: Visitor, desk: Desk) -> None:
    form = typed(proposed_text="Parole mie.", next="sentences", passages=[of(desk.paragraph)])
    mayor.post(sheet(desk), data=form)
    assert comments_of(1)[0].proposed_text == f"Parole mie.\n{SECOND}"


def test_other_passages_are_chosen_on_a_page_of_their_own(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(next="places", passages=[of(desk.paragraph)]))
    page = mayor.get(f"{saved.location}?azione=A.2")
    far = factories.paragraphs_of(factories.actions_of(desk.consultation.version)[1])[1]
    assert (page.status_code, faults(page.text), far.text.split(". ")[1] in page.text) == (200, [], True)
    form = {"among": [far.key], "passages": [of(far)]}
    back = mayor.post(f"{saved.location}?azione=A.2", data=form)
    edit = mayor.get(back.location).text
    assert (back.status_code, chosen(edit)) == (303, [of(desk.paragraph), of(far)])
    review = mayor.get("/osservazioni/bozze/1").text
    assert (f"<mark>{SECOND}</mark>" in review, "Azione 2" in review, faults(review)) == (True, True, [])


def test_a_passage_of_a_paragraph_that_was_not_shown_is_not_taken(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(next="places"))
    mayor.post(saved.location, data={"among": [], "passages": [of(desk.paragraph)]})
    assert chosen(mayor.get("/osservazioni/bozze/1/punti/1").text) == []


def test_the_places_of_a_point_that_is_not_there_are_not_there(mayor: Visitor, desk: Desk) -> None:
    assert mayor.get("/osservazioni/bozze/9/punti/9/altri-passi").status_code == 404
    mayor.post(sheet(desk), data=typed())
    assert mayor.get("/osservazioni/bozze/1/punti/9/altri-passi").status_code == 404
    assert mayor.post("/osservazioni/bozze/2/punti/1/altri-passi", data={}).status_code == 404


def test_everybody_sees_the_sentence_and_what_would_change_in_it(mayor: Visitor, desk: Desk, client: Visitor) -> None:
    form = typed(
        kind="change_request", proposed_text="La seconda frase dice questo.", passages=[of(desk.paragraph)], next=""
    )
    begun = mayor.post(sheet(desk), data=form)
    sent = mayor.post(f"{begun.location}/invio", data={"revision": "1"})
    client.delete_cookie("parere")
    for address in ("/osservazioni/1", sent.location.split("?")[0]):
        page = client.get(address).text
        assert (f"<mark>{SECOND}</mark>" in page, faults(page)) == (True, [])
    page = client.get("/osservazioni/1").text
    assert re.search(r"<del>.*?altro</del>", page)
    assert re.search(r"<ins>.*?questo</ins>", page)
    assert SECOND in client.get("/osservazioni").text
    client.sign_in(factories.holder(Office.SECRETARIAT).person_id or 0)
    assert f"<mark>{SECOND}</mark>" in client.get("/segreteria/osservazioni/1").text


def test_a_remark_stands_beside_every_paragraph_it_speaks_of(mayor: Visitor, desk: Desk) -> None:
    far = factories.paragraphs_of(factories.actions_of(desk.consultation.version)[1])[1]
    begun = mayor.post(sheet(desk), data=typed(passages=[of(desk.paragraph), of(far)], next=""))
    mayor.post(f"{begun.location}/invio", data={"revision": "1"})
    mayor.delete_cookie("parere")
    here, there = mayor.get("/piano/azioni/A.1").text, mayor.get("/piano/azioni/A.2").text
    assert (SECOND in here, "nata sull’azione" in here, faults(here)) == (True, False, [])
    assert ("nata sull’azione A.1" in there, 'href="/osservazioni/1"' in there, faults(there)) == (True, True, [])


def test_autosave_tells_until_when_by_the_servers_clock(mayor: Visitor, desk: Desk) -> None:
    told = mayor.post(sheet(desk).replace("scrivi", "bozze/salva"), data=typed()).get_json()
    assert told["until"] == desk.consultation.deadline_at.isoformat()
    assert told["until_words"].endswith("CET")
    assert told["now"] < told["until"]


def test_what_was_typed_is_shown_when_the_session_has_ended_and_is_saved_after_signing_in(
    mayor: Visitor, desk: Desk
) -> None:
    mayor.delete_cookie("parere")
    form = typed(observation="Parole che non si perdono.", passages=[of(desk.paragraph)])
    page = mayor.post(sheet(desk), data=form, headers=HERE)
    assert (page.status_code, "Parole che non si perdono." in page.text, count()) == (403, True, 0)
    assert ("Accedi di nuovo" in page.text, faults(page.text)) == (True, [])
    mayor.sign_in(desk.mayor.person_id or 0)
    again = {name: html.unescape(value) for name, value in _hidden(page.text)}
    saved = mayor.post(sheet(desk), data={**again, "observation": form["observation"]})
    assert (saved.status_code, comments_of(1)[0].observation) == (303, "Parole che non si perdono.")
    assert chosen(mayor.get(saved.location).text) == [of(desk.paragraph)]


@contextmanager
def no_room_in_the_database() -> Iterator[None]:
    """A disk on which the file of the database cannot become larger than it is."""
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.connection.execute("VACUUM")  # what was deleted leaves room that would be filled first
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: Any, *_more: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    sa.event.listen(db.engine, "checkout", limit)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "checkout", limit)
        db.engine.dispose()


@pytest.mark.once
def test_a_disk_that_is_full_under_the_database_loses_nothing_that_was_typed(mayor: Visitor, desk: Desk) -> None:
    form = typed(observation="Parole da non perdere. " * 200, reasons="Motivi. " * 500, passages=[of(desk.paragraph)])
    with no_room_in_the_database():
        page = mayor.post(sheet(desk), data=form, headers=HERE)
        saved_by_itself = mayor.post(sheet(desk), data=form, headers=HERE | {"Accept": "application/json"})
    assert (page.status_code, count(), faults(page.text)) == (507, 0, [])
    assert saved_by_itself.status_code == 507
    assert "Sul server non c’è più spazio" in saved_by_itself.get_json()["words"]
    assert "Sul server non c’è più spazio" in page.text
    assert form["observation"].strip() in page.text
    again = {name: html.unescape(value) for name, value in _hidden(page.text)}
    saved = mayor.post(sheet(desk), data={**form, **again})
    assert (saved.status_code, comments_of(1)[0].observation) == (303, form["observation"].strip())
    assert chosen(mayor.get(saved.location).text) == [of(desk.paragraph)]


def _hidden(page: str) -> list[tuple[str, str]]:
    form = page[page.index('<form method="post" action="/osservazioni/scrivi') :]
    return re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")])


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://altrove.example"}, {"Origin": "null"}]
)
def test_words_from_elsewhere_are_not_put_into_anybodys_mouth(
    client: Visitor, desk: Desk, headers: dict[str, str]
) -> None:
    page = client.post(sheet(desk), data=typed(observation="Parole di altri."), headers=headers)
    assert (page.status_code, "Parole di altri." in page.text) == (403, False)


def test_a_version_that_appears_while_one_writes_is_said_shown_and_taken_up(mayor: Visitor, desk: Desk) -> None:
    saved = mayor.post(sheet(desk), data=typed(passages=[of(desk.paragraph)]))
    new = next_version(desk.consultation.version, {desk.paragraph.key: "Comma 1 dell'azione 1. Riscritta."})
    told = mayor.post(f"{saved.location}/salva", data=typed(observation="Ancora.", revision="1")).get_json()
    assert "Versione 2 del piano" in told["newer"]
    page = mayor.get(saved.location).text
    assert ("Stai scrivendo sulla versione 1" in page, "<ins>" in page, faults(page)) == (True, True, [])
    assert "non è aperta alle osservazioni" in mayor.get("/osservazioni/bozze/1").text
    to = factories.consultation(new)
    review = mayor.get("/osservazioni/bozze/1").text
    assert ("Porta la bozza nella consultazione sulla versione 2" in review, faults(review)) == (True, [])
    done = mayor.post("/osservazioni/bozze/1/versione", data={"consultation": str(to.id)}, follow_redirects=True)
    assert "La bozza ora riguarda la nuova versione del piano" in done.text
    assert comments_of(1)[0].consultation_id == to.id


def test_a_draft_is_not_carried_to_nowhere(mayor: Visitor, desk: Desk) -> None:
    mayor.post(sheet(desk), data=typed())
    assert mayor.post("/osservazioni/bozze/1/versione", data={}).status_code == 404
    refused = mayor.post(
        "/osservazioni/bozze/1/versione", data={"consultation": str(desk.consultation.id)}, follow_redirects=True
    )
    assert "versione più recente dello stesso piano" in refused.text
