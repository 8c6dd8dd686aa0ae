"""The pages of the Forum's text: written by two hands, read by everybody once open, amended, signed, disposed of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.kernel.actor import Actor
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum_texts import ASKED, LATER, WHY, Drafting

pytestmark = pytest.mark.once
SAFE = ASKED.replace("continuo", "continuo e protetto")


@pytest.fixture
def drafting(clock: Clock, database: None) -> Drafting:
    return Drafting()


def _as(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0)


def _typed(drafting: Drafting, text: str, **more: object) -> dict[str, str]:
    one = drafting.first
    known = {"base": one.revision, "heading": one.heading, "target": one.target, "text": text, "reason": one.reason}
    return {name: str(value) for name, value in (known | more).items()}


def test_a_draft_is_shown_to_members_and_that_there_is_one_to_everybody(client: Visitor, drafting: Drafting) -> None:
    address = f"/forum/pareri/{drafting.number}/testo"
    page = client.get(address)
    assert page.status_code == 200
    assert ASKED not in page.text
    assert ASKED in _as(client, drafting.delegates[1]).get(address).text
    assert client.get(f"{address}/sezioni/{drafting.first.id}").status_code == 404


def test_what_two_hands_wrote_on_the_same_words_is_shown_side_by_side(client: Visitor, drafting: Drafting) -> None:
    address = f"/forum/pareri/{drafting.number}/testo/sezioni/{drafting.first.id}"
    mine = _typed(drafting, ASKED.replace("continuo", "protetto"))
    drafting.write(drafting.first, ASKED.replace("continuo", "ininterrotto"))
    _as(client, drafting.secretary)
    assert client.post(f"{address}/bozza", data=mine).status_code == 409
    clash = client.post(address, data=mine)
    assert clash.status_code == 409
    assert "ininterrotto" in clash.text
    assert ASKED.replace("continuo", "protetto") in clash.text
    again = _typed(drafting, ASKED.replace("continuo", "ininterrotto e protetto"))
    assert client.post(address, data=again).status_code == 303
    assert "e protetto</ins>" in client.get(f"{address}/storia").text


def test_the_script_keeps_what_is_typed_and_is_told_the_new_base(client: Visitor, drafting: Drafting) -> None:
    address = f"/forum/pareri/{drafting.number}/testo/sezioni/{drafting.first.id}/bozza"
    said = _as(client, drafting.rapporteur).post(address, data=_typed(drafting, SAFE)).json or {}
    assert said["base"] == drafting.first.revision
    assert drafting.first.text == SAFE


def test_the_secretariat_opens_the_text_and_gives_more_time(client: Visitor, drafting: Drafting) -> None:
    text = f"/forum/pareri/{drafting.number}/testo"
    _as(client, drafting.secretary)
    assert client.post(f"{text}/apertura", data={"closes_at": "2027-03-04T10:00"}).status_code == 303
    assert client.post(f"{text}/apertura", data={"closes_at": "2027-03-03T10:00"}).status_code == 422
    assert client.post(f"{text}/apertura", data={"closes_at": "2027-03-05T10:00"}).status_code == 303
    assert drafting.page.closes_at == NOW + timedelta(days=4)


def test_an_amendment_goes_from_its_form_through_signatures_into_the_text(
    client: Visitor, clock: Clock, drafting: Drafting
) -> None:
    drafting.open()
    base = f"/forum/pareri/{drafting.number}/emendamenti"
    form = {"base": str(drafting.first.revision), "kind": "additive", "text": SAFE[10:], "reason": "Per chiarezza."}
    _as(client, drafting.delegates[1])
    refused = client.post(f"{base}/nuovo/{drafting.first.id}", data=form)
    assert refused.status_code == 422
    assert SAFE[10:] in refused.text
    filed = client.post(f"{base}/nuovo/{drafting.first.id}", data=form | {"text": SAFE})
    assert filed.location == f"{base}/1"
    for one in (2, 3, 4):
        _as(client, drafting.delegates[one]).post(f"{base}/1/firma")
    _as(client, drafting.rapporteur)
    assert client.post(f"{base}/1/esito", data={"act": "accept", "said": ""}).status_code == 303
    assert "e protetto" in client.get(f"/forum/pareri/{drafting.number}/testo").text
    clock.at = LATER
    _as(client, drafting.secretary).post(f"/forum/pareri/{drafting.number}/testo/congelamento")
    assert drafting.page.frozen_sha256


def test_a_remark_of_its_own_is_proposed_and_taken_back(client: Visitor, drafting: Drafting) -> None:
    drafting.open()
    base = f"/forum/pareri/{drafting.number}/emendamenti"
    form = {
        "base": str(drafting.first.revision),
        "heading": "Sicurezza",
        "target": f"a-{drafting.action}",
        "text": "Si chiede altro.",
        "why": WHY,
        "reason": "Manca.",
    }
    _as(client, drafting.delegates[1])
    assert client.post(f"{base}/nuovo/{drafting.first.id}/rilievo", data=form).status_code == 303
    assert "Si chiede altro." in client.get(f"{base}/1").text
    client.post(f"{base}/1/ritiro")
    assert drafting.row(1).state.value == "withdrawn"
