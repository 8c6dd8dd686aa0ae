"""At which sittings somebody was there for a body."""

from __future__ import annotations

from portal.conferences.hall.of_body import sittings_of
from portal.conferences.rules import Organ
from portal.db import db
from portal.territory.models import Body
from tests.conftest import Clock
from tests.hall import Hall


def test_a_sitting_counts_once_it_is_over_and_says_who_was_there(clock: Clock) -> None:
    hall = Hall(organ=Organ.MAYORS)
    hall.open(1, 2)
    bodies = [row.id for row in db.session.query(Body).filter(Body.istat_code.is_not(None)).order_by(Body.name)]
    assert sittings_of(bodies[0], [Organ.MAYORS]) == []
    hall.close()
    db.session.rollback()
    found = {body: [one.was_there for one in sittings_of(body, [Organ.MAYORS])] for body in bodies}
    assert [found[body] for body in bodies[:3]] == [[True], [True], [False]]
    assert sittings_of(bodies[0], [Organ.FORUM]) == []
