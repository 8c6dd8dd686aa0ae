"""Letters about the Forum's votes: opened, three reminders to who is missing, adopted; the clock opens and seals."""

from __future__ import annotations

import pytest

from portal.db import db
from portal.jobs.models import Mail
from portal.notify import adoption, listen
from portal.opinions.adoption import queries
from portal.opinions.requests.rules import Step
from portal.voting.rules import PollState
from tests.adoption import DAY, HOUR, MILLISECOND, NO, YES, Vote, everybody
from tests.conftest import Clock
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("app")


def _sent(template: str) -> list[int]:
    """To whom letters of this kind were written, in order."""
    db.session.rollback()
    rows = db.session.query(Mail).filter_by(template=f"adoption/{template}").order_by(Mail.id)
    return [row.person_id or 0 for row in rows]


def test_who_has_not_answered_is_reminded_three_times_and_once_each(clock: Clock) -> None:
    vote = Vote(3)
    clock.set(NOW)
    poll = vote.put()[0]
    listen.hear()
    assert len(_sent("opened")) == 6
    vote.say(poll, {0: YES})
    end = NOW + 5 * DAY
    for hours, expected in ((72, 4), (24, 8), (2, 10)):
        if hours == 2:
            vote.say(poll, {1: YES}, end - 3 * HOUR)
        clock.set(end - hours * HOUR - MILLISECOND)
        adoption.terms()
        before = len(_sent("reminder"))
        clock.set(end - hours * HOUR)
        adoption.terms()
        adoption.terms()
        assert len(_sent("reminder")) == expected
        assert len(_sent("reminder")) > before
    assert vote.forum.delegates[0].person_id not in _sent("reminder")


def test_a_proclamation_anywhere_is_carried_over_and_told_and_the_clock_seals(clock: Clock) -> None:
    vote = Vote(4)
    clock.set(NOW)
    poll = vote.put(opens=NOW + HOUR)[0]
    clock.set(NOW + HOUR)
    adoption.terms()
    assert vote.row(poll).state is PollState.OPEN
    vote.say(poll, everybody(3) | {3: NO}, NOW + HOUR)
    clock.set(NOW + 2 * HOUR)
    vote.close_in_cockpit(poll, NOW + 2 * HOUR)
    assert Step.ADOPTED not in vote.reached()
    listen.hear()
    listen.hear()
    assert Step.ADOPTED in vote.reached()
    assert len(_sent("adopted")) == 8
    clock.set(NOW + 2 * HOUR + DAY)
    adoption.terms()
    assert Step.DISSENT_CLOSED in vote.reached()
    assert queries.open_rounds(NOW + 3 * DAY) == []
