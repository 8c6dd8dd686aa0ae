"""Letters about requests to the Forum: asked, interrupted, near the end, over, with the Council, answered."""

from __future__ import annotations

from datetime import datetime

from portal.accounts import letters as accounts
from portal.db import atomic
from portal.jobs import timers
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.notify.letter import address, post, send
from portal.opinions.amending import queries as amending
from portal.opinions.requests import certify, letters
from portal.opinions.requests.letters import Alarm, Told


def asked(entry: Heard) -> None:
    """The Council asked: those who prepare the opinion, and every member."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told(number, now)
    if told.runs:  # where it waits for the Council already, they hear of it when the term begins again
        _send(entry, "requests/asked", [*letters.preparing(now), *letters.members(number, now)], told)


def interrupted(entry: Heard) -> None:
    """The Forum waits for facts: those who answer for the Council."""
    number, now = entry.facts["request_id"], clock.now()
    _send(entry, "requests/interrupted", letters.council(now), letters.told_question(number, now))


def restarted(entry: Heard) -> None:
    """The facts arrived: those who prepare the opinion, and every member."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told(number, now)
    if told.runs:
        _send(entry, "requests/restarted", [*letters.preparing(now), *letters.members(number, now)], told)


def withdrawn(entry: Heard) -> None:
    """The Council took the request back: those who prepare the opinion, and every member."""
    number, now = entry.facts["request_id"], clock.now()
    everybody = [*letters.preparing(now), *letters.members(number, now)]
    _send(entry, "requests/withdrawn", everybody, letters.told_withdrawal(number, now))


def expired(entry: Heard) -> None:
    """The term is over and certified: those who prepare the opinion, and those who act for the Council."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told_document(number, entry.facts["document"], now)
    _send(entry, "requests/expired", [*letters.preparing(now), *letters.council(now)], told)


def transmitted(entry: Heard) -> None:
    """A document went to the Council: those who act for it, and every member."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told_document(number, entry.facts["document"], now)
    _send(entry, "requests/transmitted", [*letters.council(now), *letters.members(number, now)], told)


def answered(entry: Heard) -> None:
    """Once every remark has its answer: those who prepared the opinion, and every member, once."""
    number, now = entry.facts["request_id"], clock.now()
    told = letters.told_answers(number, now)
    if told is None:
        return
    people = dict.fromkeys([*letters.preparing(now), *letters.members(number, now)])
    for person in accounts.addressees(people):
        link = address("requests.answers", number=number)
        post(f"forum-opinion:{number}:answered", "requests/answered", person, told, link)


def _send(entry: Heard, name: str, persons: list[int], told: Told) -> None:
    people = accounts.addressees(dict.fromkeys(persons))
    send(entry, name, people, told, address("requests.opinion", number=told.request))


def terms() -> int:
    """Certify the terms that ran out, warn of those that soon will; how much was done."""
    now = clock.now()
    over = sum(certify.expire(number, now=now) for number in letters.over(now))
    return over + sum(_warn(alarm) for alarm in letters.alarms(now) if not timers.is_done(alarm.name))


def _preparing(number: int, now: datetime) -> list[int]:
    """The offices that prepare the opinion, and whoever was named to write it."""
    named = [amending.text(Actor.system(), number).rapporteur_id] if amending.exists(number) else []
    return [*letters.preparing(now), *named]


@atomic()
def _warn(alarm: Alarm) -> int:
    if not timers.once(alarm.name, now=clock.now()):
        return 0
    people = accounts.addressees(_preparing(alarm.told.request, clock.now()))
    for person in people:
        link = address("requests.opinion", number=alarm.told.request)
        post(alarm.name, "requests/term", person, alarm.told, link)
    return len(people)
