"""Seal the notes once the window is over: they stay as they are, and one may be a minority's opinion (art. 14)."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.opinions.adoption import locked, rules
from portal.opinions.adoption.events import DissentSealed
from portal.opinions.adoption.models import DissentNote, ForumVote
from portal.opinions.requests import locked as requests
from portal.opinions.requests import steps
from portal.opinions.requests.rules import Step
from portal.voting import results
from portal.voting.models import PollSeat
from portal.voting.rules import Choice

CAST = frozenset({Choice.YES, Choice.NO, Choice.ABSTAIN})


@atomic()
def seal_dissent(request_id: int, *, now: datetime) -> bool:
    """By the clock alone, whoever asks; False while there is time, or where it was done."""
    requests.request(request_id)
    vote = next((one.vote for one in reversed(locked.votes(request_id)) if one.vote.dissent_until), None)
    if vote is None or vote.dissent_until is None or now < vote.dissent_until:
        return False
    if Step.DISSENT_CLOSED in steps.taken(request_id):
        return False
    share = Fraction(vote.minority_numerator, vote.minority_denominator)
    voters, behind = voters_of(vote.poll_id), locked.signers(vote.poll_id)
    notes = _notes(vote.poll_id)
    for note in notes:
        note.is_minority = rules.minority(behind[note.id], voters, share).met
        note.sealed_at = now
    steps.reach(request_id, Step.DISSENT_CLOSED, now)
    least = rules.minority((), voters, share).needed
    minority = [note.id for note in notes if note.is_minority]
    event = DissentSealed(request_id, vote.poll_id, [note.id for note in notes], minority, len(voters), least)
    record(event, actor=Actor.system(), now=now)
    return True


def voters_of(poll_id: int) -> frozenset[int]:
    """The organisations that cast a vote: in favour, against or abstaining."""
    said = results.answers(poll_id)
    rows = db.session.execute(sa.select(PollSeat.number, PollSeat.body_id).where(PollSeat.poll_id == poll_id))
    return frozenset(row.body_id for row in rows if row.number in said and said[row.number].choice in CAST)


def _notes(poll_id: int) -> list[DissentNote]:
    query = sa.select(DissentNote).where(DissentNote.poll_id == poll_id).order_by(DissentNote.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def due(now: datetime) -> list[int]:
    """Requests whose window is over and whose notes may not be sealed yet."""
    query = sa.select(ForumVote.request_id).where(ForumVote.dissent_until <= now).order_by(ForumVote.request_id)
    found = list(dict.fromkeys(db.session.scalars(query)))
    return [request_id for request_id in found if Step.DISSENT_CLOSED not in steps.taken(request_id)]
