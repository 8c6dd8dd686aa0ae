"""The dispatch log says what left and what did not, and never shows a text."""

from __future__ import annotations

from portal.db import atomic
from portal.jobs import queue
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor


@atomic()
def _write(recipient: str) -> None:
    queue.enqueue(f"test:{recipient}", "test", None, recipient, "Oggetto in chiaro", "testo riservato", now=NOW)


def test_what_waits_is_listed_by_address_and_subject_without_its_text(client: Visitor, clock: Clock) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT), now=clock.now())
    _write("una@prova.example")
    _write("altra@prova.example")
    page = client.get("/segreteria/posta").text
    assert "una@prova.example" in page
    assert "Oggetto in chiaro" in page
    assert "testo riservato" not in page
    assert "2 messaggi non sono ancora partiti" in page


def test_the_log_can_be_narrowed_to_one_address(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    _write("una@prova.example")
    _write("altra@prova.example")
    page = client.get("/segreteria/posta", query_string={"a": "una@prova.example"}).text
    assert "altra@prova.example" not in page.replace('value="una@prova.example"', "")
