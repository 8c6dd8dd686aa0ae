"""Reading what was answered: only once the poll is closed, and then for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Stream
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import Channel, Choice

UNKNOWN = N_("What was answered is known to nobody until the poll is closed.")


@dataclass(frozen=True)
class Answer:
    """One version of what one seat said."""

    seat: int
    version: int
    choice: Choice
    channel: Channel
    code: str
    sha256: str
    mandate_id: int | None
    cast_at: datetime


def check_closed(poll_id: int) -> None:
    """Refuse to speak of choices and sums before the closing, whoever asks; a poll annulled while open stays silent."""
    row = db.session.execute(sa.select(Poll.closed_at).where(Poll.id == poll_id)).one_or_none()
    if row is None:
        raise NotFound()
    if row.closed_at is None:
        raise Conflict(UNKNOWN, code="not_closed")


def ballots(poll_id: int) -> list[Answer]:
    """Every version of every answer, seat by seat; the statement itself finds none before the closing."""
    rows = db.session.execute(
        sa.select(
            PollSeat.number,
            Ballot.version,
            Ballot.choice,
            Ballot.channel,
            Ballot.code,
            Ballot.hash,
            Ballot.mandate_id,
            Ballot.cast_at,
        )
        .join(PollSeat, PollSeat.id == Ballot.seat_id)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(Ballot.poll_id == poll_id, Poll.closed_at.is_not(None))
        .order_by(PollSeat.number, Ballot.version)
    )
    found = [Answer(*row) for row in rows]
    if not found:
        check_closed(poll_id)
    return found


def answers(poll_id: int) -> dict[int, Answer]:
    """The answer of each seat that counts; seats without one are absent."""
    last = {answer.seat: answer for answer in ballots(poll_id)}
    return {seat: answer for seat, answer in last.items() if answer.choice is not Choice.WITHDRAWN}


def record_head(poll_id: int) -> tuple[int, str] | None:
    """The number and fingerprint of the last entry of the record of a poll, to be published and kept elsewhere."""
    head = sa.select(Stream.head_seq, Stream.head_hash).where(Stream.name == f"poll:{poll_id}")
    row = db.session.execute(head).one_or_none()
    return (row.head_seq, row.head_hash) if row else None
