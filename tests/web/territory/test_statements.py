"""A page asks the database the same few questions however many bodies there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.territory.join_group import add_membership
from tests import factories
from tests.factories import NOW
from tests.fixtures.client import Visitor


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_list_and_a_body_ask_few_questions(client: Visitor, clock: Any, signed_in: bool) -> None:
    comuni = [factories.body(f"Comune {n}", lat=41.0, lon=14.0 + n / 100) for n in range(30)]
    unions = [factories.body(f"Unione {n}", BodyKind.UNION) for n in range(3)]
    for n, comune in enumerate(comuni):
        add_membership(Actor.system(), unions[n % 3].id, comune.id, date(2020, 1, 1), now=NOW)
    for year in (2011, 2021, 2025):
        factories.snapshot({comune: 1000 + n for n, comune in enumerate(comuni)}, f"ISTAT {year}", date(year, 12, 31))
    if signed_in:
        client.sign_in(factories.holder(Office.MAYOR, comuni[0]).person_id or 0)

    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        for address, most in (("/enti", 5), (f"/enti/{unions[0].key}", 5), (f"/enti/{comuni[0].key}", 5)):
            asked.clear()
            assert client.get(address).status_code == 200
            assert len(asked) <= most + signed_in, (address, asked)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
