"""The desk of presences, without scripts: scanner, roll call, opening, closing, each a plain form."""

from __future__ import annotations

import pytest

from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall

pytestmark = pytest.mark.once


def test_a_sitting_is_held_from_the_desk_with_plain_forms(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    clock.set(hall.at(-10))
    desk = client.sign_in(hall.secretariat.person_id or 0)
    page = desk.get(f"/sedute/{hall.sitting}/presenze")
    assert page.status_code == 200, page.text
