"""Letters about a discussion of the Forum: opened, a statement not admitted, statements that wait, results."""

from __future__ import annotations

from dataclasses import replace

from portal.accounts import letters as accounts
from portal.db import atomic
from portal.jobs import timers
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.news.collect import STALE
from portal.news.rules import HOUR
from portal.notify.letter import address, post, send
from portal.opinions.deliberation import close, letters
from portal.opinions.deliberation.letters import Waiting
from portal.opinions.requests import letters as requests


def opened(entry: Heard) -> None:
    """Every member: from when until when, and what can be done; nobody, if it is over by now."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told(number, now)
    if not told.is_over:
        people = accounts.addressees(requests.members(number, now))
        send(entry, "deliberation/opened", people, told, address("deliberation.tables", number=number))


def refused(entry: Heard) -> None:
    """Who offered it: the reason."""
    number = entry.facts["request_id"]
    told, people = letters.told_refusal(number, entry.facts["statement"], clock.now())
    link = address("deliberation.statements", number=number)
    send(entry, "deliberation/refused", accounts.addressees(people), told, link)


def closed(entry: Heard) -> None:
    """Every member: the results are public; nobody, if they have been so for long."""
    number, now = entry.facts["request_id"], clock.now()
    if now - entry.at < STALE:
        people = accounts.addressees(requests.members(number, now))
        link = address("deliberation.statements", number=number)
        send(entry, "deliberation/weighed", people, letters.told(number, now), link)


def hours() -> int:
    """End what is due, and tell of new statements, once a day at most; how many of either."""
    now = clock.now()
    ended = sum(close.close(number, now=now) for number in close.due(now))
    return ended + sum(_tell(one) for one in letters.news(now, HOUR) if not timers.is_done(one.name))


@atomic()
def _tell(waiting: Waiting) -> int:
    """All letters of one discussion on one day and the mark that they were written, or nothing of it."""
    now = clock.now()
    if not timers.once(waiting.name, now=now):
        return 0
    left = letters.readers(waiting.told.request, now)
    link = address("deliberation.weigh_one", number=waiting.told.request)
    for person in accounts.addressees(left):
        it = replace(waiting.told, statements=left[person.person_id])
        post(waiting.name, "deliberation/statements", person, it, link)
    return len(left)
