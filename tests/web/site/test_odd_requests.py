"""Requests that no form of ours sends: they are answered as what they are, and never with a fault."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.clock import at_rome, from_form
from portal.kernel.offices import Office
from portal.logs import JsonLines
from tests import factories as make
from tests.fixtures.client import Visitor

HUGE = "9" * 20
ODD = [
    "/osservazioni?body=%00&action=%00&kind=%00&state=%00",
    f"/osservazioni?dopo={HUGE}",
    "/verifica?q=ABCD-%00EFG2",
    "/lingua/it?next=//[",
    "/accesso?next=//[",
    "/lingua/it?next=/a%0d%0aSet-Cookie:x=1",
    f"/piano/azioni/A.1?dopo={HUGE}",
    "/piano/azioni/A.1?dopo=-5",
    "/piano/azioni/A.1?dopo[]=5",
]
UNKNOWN = ["/ricevute/%00", "/ricevute/ABCD-%00EF", "/ricevute/ABCD-%00EF/contenuto.json", "/piano/azioni/%00"]


@pytest.mark.parametrize("address", ODD)
def test_an_odd_query_is_no_fault(client: Visitor, address: str) -> None:
    code = make.actions_of(make.consultation().version)[0].code
    assert client.get(address.replace("A.1", code)).status_code in {200, 302}


@pytest.mark.parametrize("address", UNKNOWN)
def test_where_an_address_holds_a_nul_there_is_nothing(client: Visitor, address: str) -> None:
    assert client.get(address).status_code == 404


def test_offices_that_search_for_a_nul_find_everything(client: Visitor) -> None:
    client.sign_in(make.holder(Office.DRAFTING_LEAD).person_id or 0)
    assert client.get("/redazione?action=%00&body=%00").status_code == 200


@pytest.mark.parametrize("place", ["action=%00", "section=%00"])
def test_nobody_writes_about_a_nul(client: Visitor, place: str) -> None:
    make.consultation()
    client.sign_in(make.holder(Office.MAYOR, make.body()).person_id or 0)
    assert client.get(f"/osservazioni/scrivi?{place}").status_code in {200, 404}


@pytest.mark.parametrize("mandate", ["9" * 5000, HUGE, "-1", "abc", "１２"])
def test_a_form_that_names_no_mandate_of_the_sender_is_refused(client: Visitor, mandate: str) -> None:
    client.sign_in(make.holder(Office.MAYOR, make.body()).person_id or 0)
    assert client.post("/agisci-per", data={"mandate": mandate}).status_code == 403


def test_the_first_day_of_all_is_a_day_like_another() -> None:
    first = datetime.min.replace(tzinfo=UTC)
    assert at_rome(date.min, time(0)) == first
    assert from_form(first.replace(tzinfo=None)) == first


def test_a_deadline_before_all_history_is_refused_with_words(client: Visitor) -> None:
    of = make.consultation()
    client.sign_in(make.holder(Office.SECRETARIAT, make.city()).person_id or 0)
    given = {"deadline_day": "0001-01-01", "deadline_at": "00:00", "reason": "Il Comune ha chiesto più tempo."}
    assert client.post(f"/segreteria/consultazioni/{of.id}/proroga", data=given).status_code == 422


def test_the_log_of_a_fault_holds_nothing_that_people_wrote() -> None:
    written = {"o": " ".join(("una", "confidenza"))}
    with pytest.raises(sa.exc.DBAPIError) as met:
        db.session.execute(sa.text("SELECT nowhere FROM comment WHERE observation = :o"), written)
    record = logging.LogRecord("portal", logging.ERROR, "", 0, "fault", None, (met.type, met.value, met.tb))
    assert "una confidenza" not in json.loads(JsonLines().format(record))["trace"]


@pytest.mark.parametrize(
    "target", ["//evil", "/\\evil", "/%09/evil", "https://evil", "/a%0d%0ab", "javascript:x()", " //evil"]
)
def test_nothing_leads_outside(client: Visitor, target: str) -> None:
    assert client.get(f"/lingua/it?next={target}").location == "/"


def test_a_population_that_no_table_can_hold_is_none(client: Visitor) -> None:
    on = make.version()
    client.sign_in(make.holder(Office.SECRETARIAT, make.city()).person_id or 0)
    given = {
        "title": "Consultazione",
        "deadline_day": "2029-12-31",
        "deadline_at": "12:00",
        "admission": "after_publication",
        "body_kinds": "municipality",
        "snapshot": HUGE,
        "rules_text": "Regole.",
        "notice_text": "Informativa.",
    }
    assert client.post(f"/segreteria/consultazioni/nuova/{on.id}", data=given).status_code == 422
