"""What a document of the Forum says of its votes and of those who dissented, as plain data."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.db import db
from portal.kernel.actor import Actor
from portal.opinions.adoption import notes, queries
from portal.opinions.adoption.rows import NoteRow, SeatAnswer, VoteRow
from portal.opinions.adoption.rules import Cell
from portal.opinions.amending.models import Amendment
from portal.voting import queries as voting

Facts = dict[str, Any]


def content(request_id: int) -> Facts:
    """The same rows give the same bytes; nothing of a vote that is still open."""
    found = [one for one in queries.votes(Actor.system(), request_id) if one.counted]
    final = [one for one in found if one.is_final]
    return {
        "amendments": [_vote(one) for one in found if not one.is_final],
        "votes": [_vote(one) for one in final],
        "final": _whole(final[-1]) if final else None,
        "dissent": [_note(one) for one in notes.notes(request_id)],
    }


def _vote(one: VoteRow) -> Facts:
    page = voting.poll(Actor.system(), one.poll_id)
    return {
        "poll": one.poll_id,
        "question": one.question,
        "amendment": _number(one.amendment_id),
        "call": one.call,
        "sitting": one.sitting_id,
        "opened_at": page.opened_at.isoformat() if page.opened_at else None,
        "closed_at": page.closed_at.isoformat() if page.closed_at else None,
        "proclaimed_at": one.proclaimed_at.isoformat() if one.proclaimed_at else None,
        "text_sha256": one.text_sha256,
        "rule": page.rule,
        "outcome": page.outcome_data,
        "result": one.result.value if one.result else None,
        "roll_hash": page.roll_hash,
        "root_hash": page.root_hash,
    }


def _number(amendment_id: int | None) -> int | None:
    if amendment_id is None:
        return None
    return db.session.scalar(sa.select(Amendment.number).where(Amendment.id == amendment_id))


def _whole(one: VoteRow) -> Facts:
    """The vote on the final text, organisation by organisation and family by family."""
    seats = queries.seats(one.poll_id, told=True)
    return _vote(one) | {
        "seats": [_seat(seat) for seat in seats],
        "families": [_family(cell) for cell in queries.by_family(seats)],
    }


def _seat(seat: SeatAnswer) -> Facts:
    return {
        "number": seat.number,
        "key": seat.key,
        "name": seat.name,
        "category": seat.category.value,
        "office": seat.office,
        "choice": seat.choice.value if seat.choice else None,
    }


def _family(cell: Cell) -> Facts:
    return {"category": cell.category.value, "seats": cell.seats, "counts": dict(cell.counts)}


def _note(one: NoteRow) -> Facts:
    return {
        "name": one.name,
        "text": one.text,
        "sha256": one.sha256,
        "written_at": one.written_at.isoformat(),
        "minority": one.share.met if one.is_minority is None else one.is_minority,
        "signers": [{"name": signer.name, "voted": signer.voted} for signer in one.signers],
        "counted": one.share.got,
        "needed": one.share.needed,
        "cast": one.share.total,
    }
