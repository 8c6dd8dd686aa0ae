"""Checking the receipt of a ballot: anybody who holds its code or its fingerprint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.db import db
from portal.kernel.errors import NotFound
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import Channel, Choice, PollState

CODE = re.compile(r"^V-?[2-9A-Z]{5}-?[2-9A-Z]{5}$")


@dataclass(frozen=True)
class BallotReceipt:
    """What a code says: the choice is there only once the poll is closed."""

    poll_id: int
    question: str
    state: PollState
    seat: int
    seat_name: str
    channel: Channel
    version: int
    code: str
    sha256: str
    cast_at: datetime
    is_last: bool
    choice: Choice | None


def tidy(text: str) -> str:
    """A code as people type it, brought to the form in which it is kept."""
    plain = "".join(text.upper().split()).replace("-", "")
    return f"V-{plain[1:6]}-{plain[6:]}"


def looks_like_code(text: str) -> bool:
    """True for what may be the code of a ballot's receipt, however it was typed."""
    return CODE.match("".join(text.upper().split())) is not None


def receipt(given: str) -> BallotReceipt:
    """The ballot under a code or a fingerprint."""
    text = given.strip()
    which = Ballot.hash == text.lower() if len(text) == 64 else Ballot.code == tidy(text)
    newer = aliased(Ballot)
    superseded = sa.exists().where(newer.seat_id == Ballot.seat_id, newer.version > Ballot.version)
    row: Any = db.session.execute(
        sa.select(
            Poll.id,
            Poll.question,
            Poll.state,
            PollSeat.number,
            PollSeat.name,
            Ballot.channel,
            Ballot.version,
            Ballot.code,
            Ballot.hash,
            Ballot.cast_at,
            ~superseded,
            sa.case((Poll.closed_at.is_not(None), Ballot.choice), else_=None),
        )
        .join(PollSeat, PollSeat.id == Ballot.seat_id)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(which)
    ).one_or_none()
    if row is None:
        raise NotFound()
    values: tuple[Any, ...] = (*row[:-1], Choice(row[-1]) if row[-1] else None)
    return BallotReceipt(*values)
