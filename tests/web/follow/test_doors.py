"""The ways to the page of one's seat."""

from __future__ import annotations

import pytest

from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall

pytestmark = pytest.mark.once


def test_home_badge_and_public_pages_lead_whoever_is_accredited_to_their_seat(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    hall.open()
    clock.set(hall.at(3))
    door, number = f'href="/sedute/{hall.sitting}/partecipa"', hall.sitting
    pages = ("/", f"/sedute/{number}", f"/sedute/{number}/diretta")
    assert all(door not in client.get(page).text for page in pages)
    client.sign_in(hall.people[1].person_id or 0)
    assert all(door in client.get(page).text for page in (*pages, f"/sedute/{number}/tessera"))
    client.sign_in(hall.chamber.deputies[1].person_id or 0)
    assert all(door not in client.get(page).text for page in pages)
