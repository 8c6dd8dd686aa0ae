"""Day 20 and day 27: who convenes is written to, once each; the certificate writes itself."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Mail
from portal.notify import listen, opinions
from portal.opinions import queries
from tests.conftest import Clock
from tests.hall import HOUR
from tests.opinions import DAY, Mayors

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("app", "database")]


def letters() -> list[str]:
    db.session.rollback()
    query = sa.select(Mail.recipient).where(Mail.template == "opinion_alarm").order_by(Mail.id)
    return list(db.session.scalars(query))


def test_the_secretariat_and_the_secretary_general_are_warned_twice(clock: Clock) -> None:
    mayors = Mayors()
    mayors.desert(1, HOUR)
    for day, told in ((19, 0), (20, 2), (21, 2), (27, 4), (31, 4)):
        clock.at = HOUR + day * DAY
        opinions.alarms()
        assert len(letters()) == told
    assert {mayors.secretariat.email, mayors.general.email} == set(letters())


def test_the_certificate_is_there_once_the_third_call_was_heard(clock: Clock) -> None:
    mayors = Mayors(HOUR, HOUR + DAY, HOUR + 2 * DAY)
    for call in (1, 2, 3):
        mayors.desert(call, HOUR + (call - 1) * DAY)
        clock.at = HOUR + (call - 1) * DAY
        listen.hear()
        assert len(queries.documents(mayors.request)) == (call == 3)
