"""Two tabs, two secretaries, mayor and deputy at once: one act counts, the other is told."""

from __future__ import annotations

from functools import partial

from flask import Flask

from portal.conferences import ask_to_convene, convene, grant, requests
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.conferences.models import Notice, SittingSeat
from portal.db import db
from portal.kernel.errors import DomainError
from tests.conftest import Clock
from tests.factories import NOW
from tests.races import at_once
from tests.services.conferences.test_accreditation import AFTER, confirm, mandate_of
from tests.sittings import Chamber

SHOWN = Identification.IDENTITY_DOCUMENT


def refusals(found: list[object]) -> int:
    return sum(isinstance(one, DomainError) for one in found)


def test_a_notice_sent_from_two_tabs_is_sent_once(app: Flask, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.planned()
    db.session.rollback()
    found = at_once(app, [partial(convene.convene, chamber.secretary, sitting, now=NOW) for _ in range(4)])
    assert refusals(list(found)) == 3
    assert db.session.query(Notice).count() == 1 and db.session.query(SittingSeat).count() == 5


def test_one_proposal_is_granted_once(app: Flask, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    proposed = confirm(chamber.mayors[0], sitting)
    db.session.rollback()
    staff = (chamber.secretary, chamber.colleague) * 2
    found = at_once(app, [partial(grant.grant, one, sitting, proposed, SHOWN, now=NOW) for one in staff])
    assert refusals(list(found)) == 3


def test_mayor_and_deputy_at_the_desk_at_once_leave_one_living_person(app: Flask, clock: Clock) -> None:
    chamber = Chamber()
    sitting = chamber.convened()
    both = (mandate_of(chamber.mayors[0]), mandate_of(chamber.deputies[0]))
    db.session.rollback()
    wanted = [grant.Late(1, mandate, Presence.ROOM, SHOWN, "Delega", "Arrivati insieme.") for mandate in both]
    staff = (chamber.secretary, chamber.colleague)
    at_once(app, [partial(grant.admit, s, sitting, w, now=AFTER) for s, w in zip(staff, wanted, strict=True)])
    states = sorted(row.state for row in db.session.query(Accreditation))
    assert states == [AccreditationState.ENDED, AccreditationState.GRANTED]


def test_a_comune_that_joins_from_two_tabs_counts_once(app: Flask, clock: Clock) -> None:
    chamber = Chamber(comuni=11)
    number = ask_to_convene.ask(chamber.mayors[0], "Torrenti", "Le piene.", now=NOW)
    db.session.rollback()
    found = at_once(app, [partial(ask_to_convene.support, chamber.mayors[1], number, now=NOW) for _ in range(3)])
    assert refusals(list(found)) == 2 and requests.count(number, NOW).supporters == 2
