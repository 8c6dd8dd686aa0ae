"""Votes of the Forum by the clock and by mail: opened, reminded of, carried over; dissent announced and sealed."""

from __future__ import annotations

from datetime import datetime

from portal.accounts import letters as accounts
from portal.db import atomic
from portal.jobs import timers
from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.notify.letter import address, post, send
from portal.opinions.adoption import carry_over, letters, locked, opening, seal_dissent
from portal.opinions.adoption.letters import Reminder


def proclaimed(entry: Heard) -> None:
    """Wherever a vote of the Forum was proclaimed, it goes into the text and the steps of its request."""
    request_id = locked.request_of(entry.facts["poll_id"])
    if request_id is not None:
        carry_over.carry_over(Actor.system(), request_id, now=clock.now())


def annulled(entry: Heard) -> None:
    """Wherever it was annulled, what it led to is taken back, and what waited for it goes on."""
    request_id = locked.request_of(entry.facts["poll_id"])
    if request_id is not None:
        carry_over.take_back(Actor.system(), entry.facts["poll_id"], now=clock.now())
        carry_over.carry_over(Actor.system(), request_id, now=clock.now())


def opened(entry: Heard) -> None:
    """Votes without a sitting have begun: whoever may answer for a seat, unless they are over meanwhile."""
    facts = entry.facts
    closes_at = datetime.fromisoformat(facts["closes_at"])
    if closes_at <= clock.now():
        return
    told = letters.called(facts["request_id"], facts["poll_ids"], closes_at, clock.now())
    link = address("adoption.votes", number=facts["request_id"])
    for person in accounts.addressees(told):
        send(entry, "adoption/opened", [person], told[person.person_id], link)


def adopted(entry: Heard) -> None:
    """The opinion is adopted: whoever is on the roll may dissent, unless the time is over meanwhile."""
    facts = entry.facts
    until = datetime.fromisoformat(facts["dissent_until"])
    if until <= clock.now():
        return
    told = letters.adopted(facts["request_id"], facts["poll_id"], until)
    link = address("adoption.dissent", number=facts["request_id"])
    for person in accounts.addressees(told):
        send(entry, "adoption/adopted", [person], told[person.person_id], link)


def terms() -> int:
    """Open what was announced, seal what is over, remind who has not answered; how much was done."""
    now = clock.now()
    done = opening.open_due(now)
    done += sum(seal_dissent.seal_dissent(number, now=now) for number in seal_dissent.due(now))
    return done + sum(_remind(one, now) for one in letters.reminders(now) if not timers.is_done(one.name))


@atomic()
def _remind(reminder: Reminder, now: datetime) -> int:
    """All letters of one reminder and the mark that it was given, or nothing of it."""
    if not timers.once(reminder.name, now=now):
        return 0
    told = letters.missing(reminder, now)
    link = address("adoption.votes", number=reminder.round.request_id)
    people = accounts.addressees(told)
    for person in people:
        post(reminder.name, "adoption/reminder", person, told[person.person_id], link)
    return len(people)
