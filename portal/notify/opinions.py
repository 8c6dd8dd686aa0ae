"""Terms of opinions: the certificate writes itself after the third sitting, and who convenes is warned in time."""

from __future__ import annotations

from portal.accounts import letters as accounts
from portal.db import atomic
from portal.jobs import timers
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.notify.letter import address, post
from portal.opinions import draw_up, letters
from portal.opinions.letters import Alarm


def deserted(entry: Heard) -> None:
    """A call was deserted: it may have been the third sitting."""
    for request_id in letters.held_for(sitting=entry.facts["sitting_id"]):
        draw_up.certify(request_id, now=clock.now())


def proclaimed(entry: Heard) -> None:
    """A vote was proclaimed: it may have been that of the third sitting."""
    for request_id in letters.held_for(poll=entry.facts["poll_id"]):
        draw_up.certify(request_id, now=clock.now())


def alarms() -> int:
    """Day 20 and day 27: to the secretariat and the secretary general, once each; how many letters were written."""
    return sum(_give(alarm) for alarm in letters.alarms(clock.now()) if not timers.is_done(alarm.name))


@atomic()
def _give(alarm: Alarm) -> int:
    now = clock.now()
    if not timers.once(alarm.name, now=now):
        return 0
    people = accounts.addressees(letters.alarmed(now))
    for person in people:
        post(alarm.name, "opinion_alarm", person, alarm, address("opinions.manage", number=alarm.request))
    return len(people)
