"""Those who watch over the record read it and check it from a page."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.models import Entry
from portal.kernel.offices import BodyKind, Office
from tests import factories
from tests.fixtures.client import Visitor

PAGE = "/segreteria/registro"


@atomic()
def _touch() -> None:
    db.session.execute(sa.update(Entry).where(Entry.stream == "accounts", Entry.seq == 1).values(person_id=999))


def _auditor(client: Visitor) -> None:
    factories.sign_in(client, factories.holder(Office.AUDITOR))


def test_the_auditor_sees_each_chain_and_that_it_holds(client: Visitor) -> None:
    _auditor(client)
    page = client.get(PAGE, query_string={"controllo": 1})
    assert page.status_code == 200
    assert "accounts" in page.text
    assert "Il registro è integro" in page.text


def test_a_touched_entry_is_named_with_its_place(client: Visitor) -> None:
    _auditor(client)
    _touch()
    page = client.get(PAGE, query_string={"controllo": 1}).text
    assert "1 punto non regge" in page
    assert "modificata" in page


def test_the_entries_of_a_chain_are_listed_newest_first(client: Visitor) -> None:
    _auditor(client)
    page = client.get(f"{PAGE}/accounts").text
    assert "SignedIn" in page
    assert client.get(f"{PAGE}/accounts", query_string={"prima": 1}).status_code == 200
    assert client.get(f"{PAGE}/nothing").status_code == 404


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/accounts", "/segreteria/posta"])
def test_a_mayor_does_not_read_the_record_nor_the_dispatch_log(client: Visitor, address: str) -> None:
    mayor = factories.holder(Office.MAYOR, factories.body("Comune", BodyKind.MUNICIPALITY))
    factories.sign_in(client, mayor)
    assert client.get(address).status_code == 403
