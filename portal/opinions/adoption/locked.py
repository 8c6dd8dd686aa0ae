"""Rows that the verbs of adoption need under the lock of their request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import NotFound
from portal.opinions.adoption.models import DissentNote, DissentSigner, ForumVote
from portal.opinions.adoption.rules import Taken
from portal.voting.models import Poll, PollSeat
from portal.voting.rules import PollState


@dataclass(frozen=True)
class Held:
    """A vote with its poll."""

    vote: ForumVote
    poll: Poll

    @property
    def taken(self) -> Taken:
        """As the rules see it."""
        return Taken(self.poll.id, self.poll.state, self.vote.call, self.vote.result)


def votes(request_id: int) -> list[Held]:
    """Every vote of a request, in the order in which they were put."""
    query = sa.select(ForumVote, Poll).join(Poll, Poll.id == ForumVote.poll_id)
    query = query.where(ForumVote.request_id == request_id).order_by(ForumVote.poll_id)
    return [Held(*row) for row in db.session.execute(query.execution_options(populate_existing=True))]


def waiting(request_id: int) -> list[Held]:
    """Those that have not been carried over and were not annulled."""
    return [one for one in votes(request_id) if one.vote.result is None and one.poll.state is not PollState.ANNULLED]


def vote(request_id: int, poll_id: int) -> Held:
    """One vote of this request."""
    found = next((one for one in votes(request_id) if one.poll.id == poll_id), None)
    if found is None:
        raise NotFound()
    return found


def request_of(poll_id: int) -> int | None:
    """The request that a poll is about, if it is one of the Forum's."""
    return db.session.scalar(sa.select(ForumVote.request_id).where(ForumVote.poll_id == poll_id))


def seated(body_id: int, poll_ids: Iterable[int]) -> frozenset[int]:
    """Those of these votes in which the organisation holds a seat."""
    query = sa.select(PollSeat.poll_id).where(PollSeat.poll_id.in_(list(poll_ids)), PollSeat.body_id == body_id)
    return frozenset(db.session.scalars(query))


def on_roll(poll_id: int, body_id: int) -> bool:
    """True if the organisation holds a seat in this vote."""
    return poll_id in seated(body_id, [poll_id])


def note(poll_id: int, note_id: int) -> DissentNote:
    """One note about this vote."""
    found = db.session.get(DissentNote, note_id, populate_existing=True)
    if found is None or found.poll_id != poll_id:
        raise NotFound()
    return found


def signers(poll_id: int) -> dict[int, list[int]]:
    """The organisations behind each note about a vote."""
    query = sa.select(DissentSigner.note_id, DissentSigner.body_id)
    query = query.join(DissentNote, DissentNote.id == DissentSigner.note_id).where(DissentNote.poll_id == poll_id)
    found: dict[int, list[int]] = {}
    for row in db.session.execute(query.order_by(DissentSigner.note_id, DissentSigner.body_id)):
        found.setdefault(row.note_id, []).append(row.body_id)
    return found
