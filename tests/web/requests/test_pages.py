"""The pages of an opinion of the Forum: registered, interrupted, expired with its certificate, late, answered."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from portal.opinions.requests import certify, queries
from portal.opinions.requests.rules import last_instant
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum_requests import Request

pytestmark = pytest.mark.once
DAY, DUE = timedelta(days=1), last_instant(NOW, 20)


@pytest.fixture
def asked(clock: Clock, database: None) -> Request:
    return Request()


def test_the_clerk_registers_a_request_on_a_page(client: Visitor, clock: Clock, asked: Request) -> None:
    clock.at = DUE + DAY
    certify.expire(asked.number, now=clock.at)
    client.sign_in(asked.clerk.person_id or 0)
    posted = client.post(
        "/segreteria/forum/pareri/nuovo",
        data={
            "forum": str(asked.forum),
            "version": str(asked.version.id),
            "subject": "Parere sul testo aggiornato",
            "act_number": "45",
            "act_date": f"{NOW:%Y-%m-%d}",
            "received_at": f"{clock.at - timedelta(hours=3):%Y-%m-%dT%H:%M}",
        },
    )
    assert posted.location == f"/segreteria/forum/pareri/{asked.number + 1}"
    page = client.get(f"/forum/pareri/{asked.number + 1}").text
    assert "Parere sul testo aggiornato" in page
    assert "Parere sul testo aggiornato" in client.get("/forum/pareri").text
    assert "Parere sul testo aggiornato" not in client.get("/pareri").text
    assert client.get(f"/pareri/{asked.number + 1}").status_code == 404


def test_the_secretary_interrupts_the_term_and_lets_it_run_again(
    client: Visitor, clock: Clock, asked: Request
) -> None:  # fmt: skip
    desk = f"/segreteria/forum/pareri/{asked.number}"
    clock.at = NOW + DAY
    client.sign_in(asked.secretary.person_id or 0)
    assert client.post(f"{desk}/interruzione", data={"reason": "Poco."}).status_code == 422
    client.post(f"{desk}/interruzione", data={"reason": "Servono i costi per anno dell'asse A."})
    assert "Servono i costi per anno dell&#39;asse A." in client.get(f"/forum/pareri/{asked.number}").text
    clock.at = NOW + 30 * DAY
    client.sign_in(asked.secretary.person_id or 0)
    arrived = f"{clock.at:%Y-%m-%dT%H:%M}"
    client.post(f"{desk}/ripresa", data={"answer": "Ecco i costi.", "answered_at": arrived})
    assert queries.request(asked.number).due_at == last_instant(clock.at, 15)
    assert client.get(desk).status_code == 200
    path = client.get("/procedimento").text
    assert "Parere del Forum" in path and f"/forum/pareri/{asked.number}" in path


def test_a_certificate_is_a_page_a_tagged_file_and_the_bytes_of_its_fingerprint(
    client: Visitor, clock: Clock, asked: Request
) -> None:  # fmt: skip
    clock.at = DUE + DAY
    client.sign_in(asked.secretary.person_id or 0)
    client.post(f"/segreteria/forum/pareri/{asked.number}/certificato")
    paper = f"/forum/pareri/{asked.number}/documenti/1"
    data = client.get(f"{paper}.json")
    assert sha256(data.data).hexdigest() == queries.document(asked.number, 1).sha256
    assert json.loads(data.data)["term"]["due_at"] == DUE.isoformat()
    assert queries.document(asked.number, 1).sha256 in client.get(paper).text
    for given in (queries.document(asked.number, 1).sha256, data.text):
        assert paper in client.post("/verifica", data={"given": given}).text
    with pikepdf.open(BytesIO(client.get(f"{paper}.pdf").data)) as file:
        assert file.Root.MarkInfo.Marked
    sent = {"to": "Consiglio", "register_number": "prot. 7", "at": f"{clock.at + timedelta(hours=1):%Y-%m-%dT%H:%M}"}
    posted = client.post(f"/segreteria/forum/pareri/{asked.number}/documenti/1/trasmissione", data=sent)
    assert posted.status_code == 303
    assert queries.document(asked.number, 1).register_number == "prot. 7"
