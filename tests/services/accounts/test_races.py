"""At the same moment: somebody becomes known twice, links of the same person are used together."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask import Flask

from portal.accounts import grant_mandate, request_link, use_link
from portal.accounts.grant_mandate import Appointment, Granted
from portal.accounts.models import Person, SignInSession
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.races import at_once


def test_somebody_new_who_is_appointed_by_two_at_once_becomes_one_person(app: Flask) -> None:
    wanted = Appointment("nuova@citta.example", "Nuova", factories.city().id, Office.MODERATOR, date(2026, 1, 1))
    found = at_once(app, [lambda: grant_mandate.grant_mandate(Actor.system(), wanted, now=NOW)] * 4)
    assert Counter(type(one) is Granted for one in found) == {True: 1, False: 3}
    assert db.session.query(Person).filter_by(email=wanted.email).count() == 1


def test_links_of_one_person_used_together_open_one_session(app: Flask) -> None:
    email = str(factories.person().email)
    tokens = [request_link.issue_link(Actor.system(), email, now=NOW) for _ in range(4)]
    found = at_once(app, [lambda token=token: use_link.use_link(token, "d", now=NOW) for token in tokens])  # type: ignore[misc]
    assert sum(isinstance(one, DomainError) for one in found) == 3
    assert db.session.query(SignInSession).count() == 1
