"""From a conference to a badge over HTTP: every act is a plain form, every refusal stands beside its field."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from portal.conferences import desk_queries, queries
from portal.conferences.rules import Organ, Visibility
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.certified import receipt
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.sittings import FIRST, Chamber, pdf

SITTING = {
    "title": "Seduta tematica",
    "call_1": "2027-03-11T10:00",
    "mode": "mixed",
    "place": "Sala del Consiglio",
    "remote_link": "https://incontri.example/sala",
    "visibility": "public",
    "chair": "Sindaca metropolitana",
    "case_officer": "Dott.ssa Prova",
    "contacts": "segreteria@prova.example",
    "request": "0",
}


def enter(client: Visitor, who: Actor) -> Visitor:
    """Sign in under the mandate in which the actor acts."""
    return client.sign_in(who.person_id or 0, who.acting.mandate_id if who.acting else None)


def sent(client: Visitor, address: str, **data: Any) -> str:
    """Post a form that is accepted, and say where it leads."""
    page = client.post(address, data=data)
    assert page.status_code == 303, page.text
    return str(page.location)


def test_a_whole_way_from_the_conference_to_the_badge(
    client: Visitor, clock: Clock, mail: Callable[[], list[Mail]]
) -> None:
    chamber = Chamber()
    enter(client, chamber.secretary)
    where = sent(
        client,
        "/segreteria/sedute/conferenze/nuova",
        organ="mayors",
        title="Conferenza",
        aim="Ascoltare.",
        version=str(chamber.version.id),
        actions=[str(chamber.actions[0].id)],
    )
    where = sent(client, where, **SITTING)
    number = int(where.rsplit("/", 1)[1])
    assert client.get("/conferenze").text.count("Seduta tematica") == 0
    sent(client, f"{where}/punti/nuovo", kind="contribution", title="Mobilità", minutes="40", needs_papers="y")
    sent(client, f"{where}/punti/nuovo", kind="other_business", title="Varie ed eventuali", minutes="5")
    item = desk_queries.agenda(chamber.secretary, number)[0].id
    sent(client, f"{where}/punti/{item}/atti", title="Relazione", file=(BytesIO(pdf()), "relazione.pdf"))
    assert "11 marzo 2027, 10:00 CET" in client.get(f"{where}/convocazione").text
    sent(client, f"{where}/convocazione", sure="y")

    enter(client, chamber.mayors[0])
    page = client.get(f"/sedute/{number}").text
    assert "https://incontri.example/sala" in page and "Mobilità" in page
    mandate = chamber.mayors[0].acting
    assert mandate is not None
    sent(client, f"/sedute/{number}/accredito", candidate=str(mandate.mandate_id), presence="remote")

    enter(client, chamber.colleague)
    desk = client.get(f"/segreteria/sedute/{number}/accrediti").text
    convalida = re.findall(r"/segreteria/sedute/\d+/accrediti/\d+/convalida", desk)
    assert client.post(convalida[0], data={}).status_code == 422
    sent(client, convalida[0], identified_by="digital_identity")

    letter = next(one for one in mail() if one.template == "accreditation")
    token = re.findall(r"/sedute/accesso/\S+", letter.text)
    stranger = client.application.test_client()
    assert isinstance(stranger, Visitor)
    assert "Apri la mia tessera" in stranger.get(token[0]).text
    assert sent(stranger, token[0]).split("?")[0].endswith(("/tessera", "/informativa"))
    assert client.application.test_client().post(token[0]).status_code == 410


def test_the_public_reads_what_was_announced_and_nothing_else(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    item = desk_queries.agenda(chamber.secretary, sitting)[0].id
    paper = chamber.paper(sitting, item)
    page = client.get(f"/sedute/{sitting}").text
    assert "Relazione sulle azioni" in page and "incontri.example" not in page
    assert client.get(f"/sedute/{sitting}/atti/{paper}/Relazione.pdf").status_code == 404
    enter(client, chamber.secretary)
    assert client.get(f"/sedute/{sitting}/atti/{paper}/Relazione.pdf").data.startswith(b"%PDF")
    sent(client, f"/segreteria/sedute/{sitting}/integrazione", sure="y")
    visitor = client.application.test_client()
    assert visitor.get(f"/sedute/{sitting}/atti/{paper}/Relazione.pdf").status_code == 200
    assert visitor.get(f"/sedute/{sitting}/atti/{paper}/altro.pdf").status_code == 404


def test_a_planned_or_reserved_sitting_is_not_there_for_others(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    planned, reserved = chamber.planned(), chamber.convened(visibility=Visibility.RESERVED)
    for number in (planned, reserved):
        for address in (f"/sedute/{number}", f"/sedute/{number}/avvisi/1", f"/sedute/{number}/avvisi/1.pdf"):
            assert client.get(address).status_code == 404
    enter(client, chamber.mayors[0])
    assert client.get(f"/sedute/{reserved}").status_code == 200
    assert client.get(f"/sedute/{planned}").status_code == 404


def test_the_frozen_content_has_the_fingerprint_that_the_notice_shows(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    raw = client.get(f"/sedute/{sitting}/avvisi/1.json").data
    found = queries.notices(sitting)[0].sha256
    assert hashlib.sha256(raw).hexdigest() == found
    assert found in client.get(f"/sedute/{sitting}/avvisi/1").text
    assert json.loads(raw)["remote_link_hash"] and b"incontri.example" not in raw


@pytest.mark.once
def test_notice_and_badge_are_tagged_documents(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    document = client.get(f"/sedute/{sitting}/avvisi/1.pdf")
    assert document.mimetype == "application/pdf" and document.data.startswith(b"%PDF")
    assert b"/StructTreeRoot" in document.data or b"/MarkInfo" in document.data or len(document.data) > 5_000


def test_public_pages_cost_six_statements_at_most(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    for address in ("/conferenze", "/conferenze/1", f"/sedute/{sitting}", f"/sedute/{sitting}/avvisi/1"):
        said: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any, told: list[str] = said) -> None:
            told.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        assert client.get(address).status_code == 200
        sa.event.remove(db.engine, "before_cursor_execute", note)
        statements = [one for one in said if one.lstrip().upper().startswith("SELECT")]
        assert len(statements) <= 6, (address, len(statements), statements)


def test_a_broken_term_needs_a_reason_beside_its_field(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned(NOW + timedelta(days=2))
    enter(client, chamber.secretary)
    page = client.post(f"/segreteria/sedute/{sitting}/convocazione", data={"sure": "y"})
    assert page.status_code == 422 and 'id="reason-error"' in page.text
    sent(client, f"/segreteria/sedute/{sitting}/convocazione", sure="y", reason="Urgenza.")
    assert "Urgenza." in client.get(f"/sedute/{sitting}/avvisi/1").text


def test_items_are_ordered_by_buttons(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    third = chamber.item(sitting, title="Terzo")
    enter(client, chamber.secretary)
    where = sent(client, f"/segreteria/sedute/{sitting}/punti/{third}/ordine", by="up")
    assert where.endswith(f"?verso=su#punto-{third}")
    assert desk_queries.agenda(chamber.secretary, sitting)[0].id == third
    sent(client, f"/segreteria/sedute/{sitting}/punti/{third}/rimozione")
    assert len(desk_queries.agenda(chamber.secretary, sitting)) == 2


def test_a_receipt_is_filed_on_the_page_of_the_log(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    enter(client, chamber.secretary)
    address = f"/segreteria/sedute/{sitting}/spedizioni/1"
    body = str(chamber.bodies[0].id)
    wrong = client.post(address, data={"body": body, "file": (BytesIO(b"niente"), "x.eml")})
    assert wrong.status_code == 422 and "ricevuta PEC" in wrong.text
    sent(client, address, body=body, file=(BytesIO(receipt()), "ricevuta.eml"))
    page = client.get(address).text
    kept = re.findall(rf"/segreteria/sedute/{sitting}/ricevute/\d+\.eml", page)
    assert client.get(kept[0]).data == receipt()


def test_a_badge_is_checked_by_its_code(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    enter(client, chamber.secretary)
    assert client.get("/segreteria/tessere").status_code == 200
    assert client.get("/segreteria/tessere?codice=ABCDEFGH2345").status_code == 404
    assert client.get("/segreteria/tessere/ABCDEFGH2345").status_code == 404


def test_mayors_ask_and_join_over_plain_forms(client: Visitor, clock: Clock) -> None:
    chamber = Chamber(comuni=6)
    enter(client, chamber.mayors[0])
    where = sent(client, "/conferenze/richieste/nuova", subject="Torrenti", reasons="Le piene di ottobre.")
    assert client.application.test_client().get(where).status_code == 404
    enter(client, chamber.mayors[1])
    sent(client, f"{where}/adesione", act="join")
    assert "Torrenti" in client.application.test_client().get(where).text


def test_the_secretary_general_writes_the_next_version_of_the_rules(client: Visitor, clock: Clock) -> None:
    chamber = Chamber()
    enter(client, chamber.general)
    address = "/segreteria/sedute/regole/sindaci"
    page = client.get(address).text
    data: dict[str, Any] = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="text"[^>]*value="([^"]*)"', page))
    numbers = {
        "notice_days": "7", "paper_days": "3", "addendum_hours": "24", "delegation_hours": "24", "speech_minutes": "5",
        "reply_minutes": "2", "explanation_minutes": "2", "most_calls": "3", "request_days": "10",
    }  # fmt: skip
    data |= numbers | {
        "base": "1",
        "visibility": "public",
        "entitled": ["municipality"],
        "sits": ["mayor", "commissioner"],
        "by_delegation": ["deputy_mayor"],
        "legal_basis": "Regolamento, art. 4",
        "valid_from": "2027-03-01",
        "reason": "Più preavviso.",
    }
    sent(client, address, **data)
    shown = client.get("/conferenze/regole/sindaci").text
    assert "Più preavviso." in shown and "Regolamento, art. 4" in shown
    assert client.post(address, data=data).status_code == 422


@pytest.mark.parametrize("office", [Office.AUDITOR, Office.MODERATOR])
def test_staff_that_does_not_convene_cannot(client: Visitor, clock: Clock, office: Office) -> None:
    chamber = Chamber(organ=Organ.MAYORS)
    sitting = chamber.planned()
    enter(client, factories.holder(office))
    assert client.post(f"/segreteria/sedute/{sitting}/convocazione", data={"sure": "y"}).status_code == 403
    assert FIRST > NOW
