"""The pages of opinions: what everybody reads, what the office does, what stays hidden until it is put to the vote."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from portal.conferences.rules import ItemKind
from portal.kernel.clock import local
from portal.opinions import draw_up
from portal.opinions.rules import OpinionKind
from portal.voting.rules import Choice
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hall import HOUR
from tests.opinions import DAY, YES, Mayors

pytestmark = pytest.mark.once


@pytest.fixture
def mayors(clock: Clock, database: None) -> Mayors:
    return Mayors(HOUR, HOUR + DAY, tied=False)


def test_the_clerk_leads_a_request_from_the_act_to_the_council(client: Visitor, clock: Clock, mayors: Mayors) -> None:
    client.sign_in(mayors.clerk.person_id or 0)
    posted = client.post(
        "/segreteria/pareri/nuovo",
        data={
            "version": str(mayors.chamber.version.id),
            "subject": "Parere sul bilancio del Piano",
            "act_number": "45",
            "act_date": f"{NOW:%Y-%m-%d}",
            "received_at": f"{NOW - timedelta(hours=3):%Y-%m-%dT%H:%M}",
        },
    )
    assert posted.location == "/segreteria/pareri/2"
    desk = "/segreteria/pareri/2"
    client.post(f"{desk}/testo", data={"kind": "favourable_with_remarks", "text": "Parere riservato finora."})
    target = f"a-{mayors.chamber.actions[0].id}"
    client.post(f"{desk}/rilievi/nuovo", data={"target": target, "request": "Anticipare.", "reason": "Serve ora."})
    item = next(one.id for one in mayors.items if one.kind is ItemKind.OPINION)
    client.post(f"{desk}/sedute", data={"item": str(item)})
    assert "Parere riservato finora." in client.get(desk).text
    anybody = client.application.test_client()
    assert "Parere riservato finora." not in anybody.get("/pareri/2").text

    mayors.request = 2
    mayors.open()
    mayors.vote({1: YES, 2: YES, 3: YES, 4: Choice.NO}, mayors.at(20))
    mayors.close()
    clock.at = mayors.at(120)
    client.sign_in(mayors.clerk.person_id or 0)
    client.post(f"{desk}/dissensi", data={"body": str(mayors.chamber.bodies[3].id), "text": "Contrari alle spese."})
    client.post(f"{desk}/documento")
    clock.at = mayors.at(180)
    sent = {"to": "Consiglio", "by": "PEC", "at": f"{local(mayors.at(181)):%Y-%m-%dT%H:%M}"}
    assert client.post(f"{desk}/trasmissione", data=sent).status_code == 422  # in the future
    clock.at = mayors.at(200)
    assert client.post(f"{desk}/trasmissione", data=sent).status_code == 303
    assert "Trasmesso al Consiglio" in client.get(desk).text
    page = anybody.get("/pareri/2").text
    assert "Parere riservato finora." in page
    assert "Contrari alle spese." in page
    content = client.get("/pareri/2/documenti/1.json").data
    assert sha256(content).hexdigest() in client.get("/pareri/2/documenti/1").text
    assert json.loads(content)["opinion"]["remarks"][0]["request"] == "Anticipare."


def test_the_document_names_bodies_and_offices_and_no_person(client: Visitor, clock: Clock, mayors: Mayors) -> None:
    mayors.tie()
    mayors.write(OpinionKind.WITH_REMARKS, "Dire chi paga.")
    mayors.open()
    mayors.vote({1: YES, 2: YES, 3: YES, 4: Choice.NO}, mayors.at(20))
    mayors.close()
    draw_up.draw_up(mayors.clerk, mayors.request, now=mayors.at(95))
    clock.at = mayors.at(120)
    made = client.get("/pareri/1/documenti/1.pdf").data
    with pikepdf.open(BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "it"
    text = " ".join(client.get("/pareri/1/documenti/1").text.split())
    assert "art. 30 c.5" in text
    assert "Dire chi paga." in text
    assert "3 di 4 &gt;= 1,6" in text
    for person in mayors.people.values():
        assert person.name not in text
    assert 'href="/pareri/1"' in client.get("/votazioni/1").text
    assert 'href="/pareri/1"' in client.get("/piano").text


def test_a_request_that_is_stuck_says_so_to_everybody(client: Visitor, clock: Clock, mayors: Mayors) -> None:
    mayors.tie()
    mayors.desert(1, HOUR, 1)
    clock.at = HOUR + 21 * DAY
    page = client.get("/pareri/1").text
    assert "Il Consiglio non può ancora approvare." in page
    assert "Giorni rimasti: 9" in page
    clock.at = HOUR + 31 * DAY
    assert "I trenta giorni sono trascorsi" in client.get("/pareri/1").text
    client.sign_in(mayors.people[1].person_id or 0)
    assert client.get("/segreteria/pareri/1").status_code == 403
    assert client.post("/segreteria/pareri/1/documento").status_code == 403


def test_three_deserted_sittings_leave_a_certificate_that_everybody_reads(client: Visitor, clock: Clock) -> None:
    deserted = Mayors(HOUR, HOUR + DAY, HOUR + 2 * DAY)
    for call in (1, 2, 3):
        deserted.desert(call, HOUR + (call - 1) * DAY, 1)
    clock.at = HOUR + 2 * DAY + timedelta(minutes=1)
    draw_up.certify(deserted.request, now=clock.at)
    assert "non reso" in client.get(f"/pareri/{deserted.request}").text
    text = client.get(f"/pareri/{deserted.request}/documenti/1").text
    assert "Attestazione di parere non reso" in text and text.count("deserta") == 3
