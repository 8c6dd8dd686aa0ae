"""The secretariat takes a letter in, splits it by plain forms, looks a second time, and registers it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.accounts import two_persons
from portal.comments import confirm_hiding, hide_passage, hiding, registrations
from portal.comments.models import Comment
from portal.comments.registration_models import Registration, RegistrationDocument
from portal.comments.rules import ReasonCode
from portal.db import db
from portal.kernel.offices import Office
from tests import factories, papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.letters import TEXT, Desk, fresh, stretch

HOME = "/segreteria/registrazioni"


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


@pytest.fixture
def secretary(client: Visitor, desk: Desk) -> Visitor:
    return client.sign_in(desk.secretary.person_id or 0)


@pytest.fixture
def folder(app: Flask) -> Path:
    found: Path = app.extensions["store"].data_dir
    return found


def heading(desk: Desk, **more: Any) -> dict[str, Any]:
    plain = {
        "consultation": desk.consultation.id,
        "body": desk.body.id,
        "channel": "pec",
        "protocol_number": "4512/2027",
        "protocol_date": "2027-02-26",
        "received_on": "2027-02-26T09:30",
        "signed_as": "mayor",
        "text": TEXT,
        "client_key": "0123456789abcdef",
        "revision": "0",
    }
    return {**plain, **more}


def chosen(row: Registration, *words: str, **more: Any) -> dict[str, Any]:
    """The split form with the sentences of these words ticked."""
    ranges = [f"{start}-{end}" for start, end in (stretch(row.text, one) for one in words)]
    plain = {"passages": ranges, "what": "new", "where": "a:A.1", "paragraph": "1", "kind": "objection"}
    return {**plain, "part": "observation", "revision": fresh(row), **more}


def the_letter() -> Registration:
    db.session.rollback()
    return db.session.query(Registration).one()


def test_a_letter_is_registered_by_plain_forms_from_end_to_end(secretary: Visitor, desk: Desk) -> None:
    empty = secretary.get(HOME)
    assert "Nessuna lettera da dividere" in empty.text
    page = secretary.get(f"{HOME}/nuova")
    assert (page.status_code, faults(page.text)) == (200, [])
    page = secretary.post(f"{HOME}/nuova", data=heading(desk), follow_redirects=True)
    assert "La lettera è presa in carico" in page.text
    assert "da assegnare 100,00 %" in page.text
    assert faults(page.text) == []
    row = the_letter()
    here = f"{HOME}/{row.id}"
    data = {"file": (io.BytesIO(papers.pdf(title="PEC")), "pec 4512.pdf")}
    page = secretary.post(f"{here}/documenti", data=data, follow_redirects=True)
    assert "pec 4512.pdf" in page.text
    ask, why = "Si chiede di prevedere una fermata presso l'ospedale.", "La fermata serve cento addetti."
    secretary.post(f"{here}/passi", data=chosen(row, ask))
    point = registrations.letter(desk.secretary, row.id).points[0]
    secretary.post(f"{here}/passi", data=chosen(row, why, what=f"p{point.id}", part="reasons"))
    propose, wording = "Si propone di scrivere:", '"Entro il 2028 è aperta la nuova fermata."'
    secretary.post(f"{here}/passi", data=chosen(row, propose, kind="change_request"))
    second = registrations.letter(desk.secretary, row.id).points[1]
    secretary.post(f"{here}/passi", data=chosen(row, wording, what=f"p{second.id}", part="proposed_text"))
    rest = ("Alla Segreteria della Città metropolitana", "Distinti saluti")
    page = secretary.post(f"{here}/passi", data=chosen(row, *rest, what="nothing"), follow_redirects=True)
    assert "da assegnare 0,00 %" in page.text
    assert faults(page.text) == []
    page = secretary.get(f"{here}/conferma")
    assert faults(page.text) == []
    assert "2 osservazioni saranno registrate per conto di Comune di Carta" in page.text
    page = secretary.post(f"{here}/conferma", data={"revision": fresh(row)}, follow_redirects=True)
    assert "Registrata dalla segreteria per conto dell’ente" in page.text
    assert "protocollo 4512/2027 del 26 febbraio 2027" in page.text
    assert faults(page.text) == []
    assert [c.reasons for c in db.session.query(Comment).order_by(Comment.number)] == [why, ""]
    assert secretary.get(here).status_code == 303
    assert "per conto" in secretary.get("/segreteria/osservazioni").text


def test_what_was_typed_stays_when_something_is_wrong(secretary: Visitor, desk: Desk) -> None:
    page = secretary.post(f"{HOME}/nuova", data=heading(desk, received_on="2027-12-31T10:00"))
    assert page.status_code == 422
    assert "Questo momento deve ancora venire." in page.text
    assert "cento addetti" in page.text
    page = secretary.post(f"{HOME}/nuova", data=heading(desk, body="", protocol_number=""))
    assert "Scegli l’ente." in page.text
    assert page.status_code == 422


def test_a_letter_is_saved_as_it_is_typed(secretary: Visitor, desk: Desk) -> None:
    early = secretary.post(f"{HOME}/salva", data=heading(desk, text=""))
    assert (early.status_code, early.json and early.json["words"]) == (
        422,
        "Non ancora salvata: compila ente, protocollo, date e testo.",
    )
    saved = secretary.post(f"{HOME}/salva", data=heading(desk)).json
    assert saved
    again = secretary.post(saved["autosave"], data=heading(desk, text="Altro.", revision=saved["revision"])).json
    assert again
    assert the_letter().text == "Altro."
    stale = secretary.post(saved["autosave"], data=heading(desk, text="Ancora.", revision=saved["revision"]))
    assert stale.status_code == 409
    sent = secretary.post(f"{HOME}/nuova", data=heading(desk, text="Altro testo."))
    assert sent.status_code == 303
    assert the_letter().text == "Altro testo."


def test_a_sheet_left_open_does_not_overwrite_what_a_colleague_corrected(secretary: Visitor, desk: Desk) -> None:
    saved = secretary.post(f"{HOME}/salva", data=heading(desk)).json
    assert saved
    secretary.post(saved["autosave"], data=heading(desk, text="Corretto.", revision=saved["revision"]))
    late = secretary.post(f"{HOME}/nuova", data=heading(desk, text="Vecchio.", revision=saved["revision"]))
    assert (late.status_code, the_letter().text) == (422, "Corretto.")
    assert "La lettera è stata modificata in un’altra finestra." in late.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"passages": []}, "Scegli almeno un passo della lettera."),
        ({"passages": ["0-99999"]}, "Questo passo non è nella lettera."),
        ({"passages": ["x"]}, "Questo passo non è nella lettera."),
        ({"where": "a:Z.9"}, "Scegli un posto dall’elenco."),
        ({"where": "nothing"}, "Scegli un posto dall’elenco."),
        ({"paragraph": "77"}, "Questa parte del piano non ha il comma 77."),
        ({"revision": "1000"}, "La lettera è stata modificata in un’altra finestra."),
    ],
)
def test_what_cannot_be_assigned_is_told_and_the_choice_stays(
    more: dict[str, Any], words: str, secretary: Visitor, desk: Desk
) -> None:
    row = desk.letter()
    page = secretary.post(f"{HOME}/{row.id}/passi", data=chosen(row, "Distinti saluti", **more))
    assert page.status_code in {409, 422}
    assert words in page.text
    assert faults(page.text) == []
    if "passages" not in more:
        assert re.search(rf'value="{"-".join(map(str, stretch(TEXT, "Distinti saluti")))}" checked', page.text)


def test_a_remark_of_the_letter_changes_its_place_and_is_taken_out(secretary: Visitor, desk: Desk) -> None:
    row = desk.letter()
    point = desk.point(row, "Distinti saluti")
    here = f"{HOME}/{row.id}/punti/{point}"
    data = {"where": "s:A", "paragraph": "", "kind": "question", "revision": fresh(row)}
    assert secretary.post(here, data=data).status_code == 303
    [now] = registrations.letter(desk.secretary, row.id).points
    assert (now.section_code, now.action_code, now.kind.value) == ("A", None, "question")
    wrong = secretary.post(here, data={**data, "where": "a:A.1", "paragraph": "99", "revision": fresh(row)})
    assert "non ha il comma 99" in wrong.text
    assert secretary.post(f"{here}/togli", data={"revision": fresh(row)}).status_code == 303
    assert registrations.letter(desk.secretary, row.id).points == ()


def test_the_words_of_a_registered_letter_are_read_as_its_remarks_alone(
    secretary: Visitor, desk: Desk, folder: Path
) -> None:
    row = desk.split(folder)
    here, revision = f"{HOME}/{row.id}", fresh(row)
    receipt = secretary.post(f"{here}/conferma", data={"revision": revision}).location
    comment = db.session.query(Comment).order_by(Comment.number).all()[0]
    decider, second = factories.holder(Office.MODERATOR), factories.holder(Office.SECRETARY_GENERAL)
    why = "Contiene dati personali di un terzo."
    hide_passage.hide_passage(decider, comment.id, [], "cento addetti", ReasonCode.PERSONAL_DATA, why, now=NOW)
    for waiting in two_persons.waiting(hiding.subject(comment.id), hiding.PASSAGES, now=NOW):
        confirm_hiding.confirm_hiding(second, comment.id, waiting.id, now=NOW)
    doors = [here, f"{here}/lettera", f"{here}/conferma"]
    acts = [f"{here}/passi", f"{here}/punti/1", f"{here}/punti/1/togli", f"{here}/lettera", f"{here}/conferma"]
    answers = [secretary.get(door) for door in doors]
    answers += [secretary.post(act, data={"revision": revision, "passages": "0-9"}) for act in acts]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, receipt)}
    pages = [secretary.get(receipt), *answers, secretary.get(HOME + "?stato=registered")]
    assert not any("cento addetti" in page.text for page in pages)
    assert "[passo oscurato]" in pages[0].text


def test_the_second_look_refuses_while_something_is_missing(secretary: Visitor, desk: Desk) -> None:
    row = desk.letter()
    page = secretary.post(f"{HOME}/{row.id}/conferma", data={"revision": fresh(row)})
    assert page.status_code == 422
    assert "caratteri della lettera" in page.text


def test_the_body_finds_its_letter_and_its_document_and_others_do_not(
    client: Visitor, secretary: Visitor, desk: Desk, folder: Path
) -> None:
    row = desk.split(folder)
    page = secretary.post(f"{HOME}/{row.id}/conferma", data={"revision": fresh(row)}, follow_redirects=True)
    document = f"/documenti/{db.session.query(RegistrationDocument).one().id}/lettera.pdf"
    assert "lettera.pdf" in page.text
    mayor = factories.holder(Office.MAYOR, desk.body)
    client.sign_in(mayor.person_id or 0)
    assert "per conto" in client.get("/scrivania").text
    assert client.get(document).content_type == "application/pdf"
    assert client.get(HOME).status_code == 403
    for office, where in ((Office.MAYOR, factories.body()), (Office.DRAFTING_OFFICER, factories.city())):
        client.sign_in(factories.holder(office, where).person_id or 0)
        assert client.get(document).status_code == 404
        assert "lettera.pdf" not in client.get(page.request.path).text


def test_documents_arrive_in_pieces_too(secretary: Visitor, desk: Desk) -> None:
    row, content = desk.letter(), papers.jpeg()
    here = f"{HOME}/{row.id}/documenti"
    place = secretary.post(f"{here}/annuncio", data={"key": "a" * 16, "name": "lettera.jpg", "size": len(content)}).json
    assert place
    secretary.post(f"{place['pieces']}?da=0", data=content, content_type="application/octet-stream")
    done = secretary.post(place["finish"], data={}).json
    assert done
    assert "lettera.jpg" in done["list"]
    number = db.session.query(RegistrationDocument).one().id
    secretary.post(f"{HOME}/documenti/{number}/togli", data={})
    assert db.session.query(RegistrationDocument).count() == 0


def test_a_letter_is_set_aside(secretary: Visitor, desk: Desk) -> None:
    row = desk.letter()
    page = secretary.post(f"{HOME}/{row.id}/accantona", data={}, follow_redirects=True)
    assert "La lettera è accantonata." in page.text
    assert secretary.get(f"{HOME}/{row.id}").status_code == 404


def test_the_receipt_is_a_document_with_a_code_that_leads_to_its_page(
    client: Visitor, secretary: Visitor, desk: Desk, folder: Path
) -> None:
    row = desk.split(folder)
    page = secretary.post(f"{HOME}/{row.id}/conferma", data={"revision": fresh(row)}, follow_redirects=True)
    assert '<svg class="qr"' in page.text
    document = client.get(f"{page.request.path}/ricevuta.pdf")
    assert document.content_type == "application/pdf"
    assert document.data.startswith(b"%PDF-")
    assert client.get("/ricevute/AAAA-AAAA/ricevuta.pdf").status_code == 404
