"""What a socket tells is there over HTTP, for the same readers; a page without sockets learns it a little later."""

from __future__ import annotations

import pytest

from portal.comments.hand_over import make_ready
from portal.comments.rules import Admission
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.remarks import Round


@pytest.fixture
def round_() -> Round:
    return Round()


def test_the_missed_entries_are_the_same(client: Visitor, round_: Round) -> None:
    round_.remark()
    make_ready(round_.mayor, round_.draft().submission_id, now=NOW)
    address = f"/diretta/consultation:{round_.consultation.id}?dopo=0"
    public = client.get(address).get_json()
    assert (public["head"], [e.get("kind") for e in public["missed"]]) == (2, ["SubmissionReceived", None])
    own = client.sign_in(round_.mayor.person_id or 0).get(address).get_json()
    assert [e.get("kind") for e in own["missed"]] == ["SubmissionReceived", "SubmissionMadeReady"]


@pytest.mark.parametrize("stream", ["accounts", "mail", "plan:1", "consultation:x", "consultation:1|staff"])
def test_other_streams_are_not_there(client: Visitor, stream: str) -> None:
    assert client.get(f"/diretta/{stream}").status_code == 404


def test_without_a_number_only_the_head_is_told(client: Visitor, round_: Round) -> None:
    round_.remark()
    found = client.get(f"/diretta/consultation:{round_.consultation.id}").get_json()
    assert (found["head"], found["missed"]) == (1, None)


def test_who_finds_all_sockets_taken_is_told_so(
    client: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/diretta/consultation:{round_.consultation.id}"
    assert client.get(address).get_json()["full"] is False
    gate = client.application.extensions["gate"]
    monkeypatch.setattr(gate, "sockets", gate.most_sockets)
    assert client.get(address).get_json()["full"] is True


def test_an_action_tells_how_many_remarks_are_new_on_it_alone(client: Visitor) -> None:
    rounds = Round(factories.consultation(factories.version(actions=2)))
    first, second = factories.actions_of(rounds.version)
    address = f"/novita/azioni/{first.id}"
    assert client.get(address).status_code == 204
    rounds.remark()
    rounds.remark()
    assert "2 nuove osservazioni su questa azione" in client.get(f"{address}?da=0").text
    assert "1 nuova osservazione su questa azione" in client.get(f"{address}?da=1").text
    assert client.get(f"{address}?da=2").status_code == 204
    assert client.get(f"/novita/azioni/{second.id}?da=0").status_code == 204
    assert client.get("/novita/azioni/999?da=0").status_code == 404


def test_what_is_not_public_yet_is_news_to_nobody_but_those_who_may_read_it(client: Visitor) -> None:
    rounds = Round(factories.consultation(admission=Admission.BEFORE))
    row = rounds.remark()
    address = f"/novita/azioni/{rounds.action.id}?da=0"
    assert client.get(address).status_code == 204
    staff = client.application.test_client()
    assert isinstance(staff, Visitor)
    assert "1 nuova osservazione" in staff.sign_in(rounds.secretary.person_id or 0).get(address).text
    rounds.admit(row)
    assert "1 nuova osservazione" in client.get(address).text
    rounds.refuse(row)
    assert client.get(address).status_code == 204


def test_the_queue_tells_what_came_and_what_a_colleague_did(client: Visitor, round_: Round) -> None:
    client.sign_in(round_.secretary.person_id or 0)
    row = round_.remark()
    page = client.get("/segreteria/osservazioni").text
    address = page.split('data-fragment="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(address).status_code == 204
    round_.remark()
    round_.admit(row)
    told = client.get(address).text
    assert "1 nuova osservazione in coda" in told
    assert "ammessa" in told


def test_the_queue_is_for_those_who_work_at_it(client: Visitor, round_: Round) -> None:
    client.sign_in(round_.mayor.person_id or 0)
    assert client.get("/novita/ammissione?da=0").status_code == 403


def test_pages_follow_their_consultation_while_remarks_arrive(client: Visitor, round_: Round) -> None:
    round_.remark()
    page = client.get(f"/piano/azioni/{round_.action.code}").text
    assert f'data-streams="consultation:{round_.consultation.id}=1 "' in page
    factories.holder(Office.SECRETARIAT)
