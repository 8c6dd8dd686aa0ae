"""A slash too many at the end of an address leads to what was meant."""

from __future__ import annotations

import pytest

from tests.fixtures.client import Visitor


def test_a_slash_at_the_end_leads_to_the_page(client: Visitor) -> None:
    answer = client.get("/enti/?tipo=municipality")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/enti?tipo=municipality")


@pytest.mark.parametrize("address", ["/nulla/", "/enti//", "/piano/azioni/X.9/"])
def test_it_leads_to_nothing_else(client: Visitor, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {308, 404}
    assert not answer.headers.get("Location", "").startswith(("//", "http"))
