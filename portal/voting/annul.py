"""Annul a poll, for a reason that everybody can read; the vote is taken again in a new poll that refers to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.accounts import two_persons
from portal.accounts.two_persons import Waiting
from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.voting import locked, rules
from portal.voting.events import PollAnnulled, PollAnnulmentAsked, PollAnnulmentRefused
from portal.voting.models import Poll
from portal.voting.rules import COUNTED_STATES, POLL_MACHINE, PollState

KIND = "voting.annul"
TERM = timedelta(days=2)


@atomic()
def annul(actor: Actor, poll_id: int, reason: str, *, now: datetime) -> bool:
    """What was answered in a poll annulled while open stays unknown; once counted it waits for a second person."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_ANNUL, poll)
    POLL_MACHINE.advance(poll.state, PollState.ANNULLED)
    text = rules.check_reason(typed(reason, field="reason", limit=rules.REASON_LIMIT))
    if poll.state not in COUNTED_STATES:
        _end(actor, poll, text, now)
        return True
    if waiting(poll_id, now=now):
        raise Conflict(N_("This has been asked for already and waits for a second person."), code="waits")
    asked = two_persons.ask(
        actor, KIND, _subject(poll_id), {"reason": text, "office": _office(actor)}, now=now, term=TERM
    )
    record(PollAnnulmentAsked(poll_id, asked.id, text_digest(text)), actor=actor, now=now)
    return False


@atomic()
def agree(actor: Actor, poll_id: int, asked_id: int, *, now: datetime) -> None:
    """The second person; one of the two is the secretary general."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_ANNUL, poll)
    asked = two_persons.confirm(actor, asked_id, KIND, now=now)
    if asked.subject != _subject(poll_id):
        raise NotFound()
    if Office.SECRETARY_GENERAL.value not in {_office(actor), asked.payload["office"]}:
        raise Forbidden(
            N_("Once the answers are counted, one of the two persons who annul is the secretary general."),
            code="certify",
        )
    _end(actor, poll, str(asked.payload["reason"]), now)


@atomic()
def refuse(actor: Actor, poll_id: int, asked_id: int, *, now: datetime) -> None:
    """The second person does not agree, or who asked thinks again: the result stands."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_ANNUL, poll)
    if two_persons.refuse(actor, asked_id, KIND, now=now).subject != _subject(poll_id):
        raise NotFound()
    record(PollAnnulmentRefused(poll_id, asked_id), actor=actor, now=now)


def waiting(poll_id: int, *, now: datetime) -> list[Waiting]:
    """What waits for a second person."""
    return two_persons.waiting(_subject(poll_id), KIND, now=now)


def _end(actor: Actor, poll: Poll, reason: str, now: datetime) -> None:
    was = poll.state
    poll.state = POLL_MACHINE.advance(was, PollState.ANNULLED)
    poll.annulled_at, poll.annul_reason = now, reason
    record(PollAnnulled(poll.id, was.value, text_digest(reason)), actor=actor, now=now)


def _office(actor: Actor) -> str:
    return actor.acting.office.value if actor.acting else ""


def _subject(poll_id: int) -> str:
    return f"poll:{poll_id}"
