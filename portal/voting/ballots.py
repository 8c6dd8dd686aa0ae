"""Put a ballot into a poll: one statement that finds the poll open, locks its row for share, and inserts.

Closing takes the same row for update. So a ballot is either in before the count or refused after it, and what was
acknowledged is counted. The same key sent again gives the same receipt, even after the closing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import db, upsert
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.voting import rules
from portal.voting.hashes import BallotFacts
from portal.voting.models import Ballot, Poll, PollSeat
from portal.voting.rules import Channel, Choice, PollState

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: what is read aloud or copied by hand stays the same
_TRIES = 20  # each is lost only to another ballot of the same seat that came in


@dataclass(frozen=True)
class Place:
    """The seat a ballot is for, as the verb found it."""

    poll_id: int
    state: PollState
    opened_at: datetime | None
    may_change: bool
    seat_id: int
    number: int
    key: str
    name: str
    body_id: int
    person_id: int | None
    mandate_id: int | None


@dataclass(frozen=True)
class Receipt:
    """What is acknowledged: recorded at this instant under this code, with this fingerprint."""

    poll_id: int
    seat: int
    seat_key: str
    seat_name: str
    choice: Choice
    channel: Channel
    version: int
    code: str
    sha256: str
    cast_at: datetime
    again: bool = False  # the same answer had already been recorded under this key


_PLACE = (
    Poll.id,
    Poll.state,
    Poll.opened_at,
    Poll.may_change,
    PollSeat.id,
    PollSeat.number,
    PollSeat.key,
    PollSeat.name,
    PollSeat.body_id,
    PollSeat.person_id,
    PollSeat.mandate_id,
)


def place(poll_id: int, which: sa.ColumnElement[bool]) -> Place:
    """The one seat of a poll that a condition names; a poll that is not open yet is not there for voters."""
    query = sa.select(*_PLACE).join(PollSeat, PollSeat.poll_id == Poll.id).where(Poll.id == poll_id, which)
    row = db.session.execute(query.order_by(PollSeat.number).limit(1)).one_or_none()
    if row is None:
        raise NotFound()
    return Place(*row)


def put(actor: Actor, seat: Place, choice: Choice, channel: Channel, key: str, *, now: datetime) -> Receipt:
    """Record the answer and return its receipt, or refuse: then nothing was recorded."""
    rules.check_key(key)
    rules.check_answer(choice, channel)
    made = _new(actor, seat, choice, channel, key, now)
    for _ in range(_TRIES):
        version = db.session.execute(_insert(seat, made)).scalar_one_or_none()
        if version is not None:
            return _receipt(seat, made | {"version": version})
        sent = _sent_before(seat, key, choice)
        if sent is not None:
            return sent
        _check_still_possible(seat)
    raise Conflict(N_("Not recorded: too many answers for this seat at once. Answer again."), code="not_recorded")


def _new(actor: Actor, seat: Place, choice: Choice, channel: Channel, key: str, now: datetime) -> dict[str, Any]:
    at = now.astimezone(UTC)
    at = max(at, seat.opened_at) if seat.opened_at else at  # clocks of two machines may differ a little
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(10))
    mandate = actor.acting.mandate_id if actor.acting else None
    code = f"V-{drawn[:5]}-{drawn[5:]}"
    facts = BallotFacts(seat.poll_id, seat.number, choice.value, channel.value, code, at, mandate)
    return {
        "choice": choice,
        "channel": channel,
        "client_key": key,
        "code": code,
        "hash": facts.fingerprint(),
        "person_id": actor.person_id,
        "mandate_id": mandate,
        "cast_at": at,
    }


def _insert(seat: Place, made: dict[str, Any]) -> Any:
    earlier = sa.select(sa.func.coalesce(sa.func.max(Ballot.version), 0)).where(Ballot.seat_id == seat.seat_id)
    version = (earlier.scalar_subquery() + 1).label("version")
    values = [sa.literal(value, getattr(Ballot, name).type).label(name) for name, value in made.items()]
    source = sa.select(Poll.id, sa.literal(seat.seat_id).label("seat_id"), version, *values)
    source = source.where(Poll.id == seat.poll_id, Poll.state == PollState.OPEN)
    if not seat.may_change:
        source = source.where(~sa.exists().where(Ballot.seat_id == seat.seat_id))
    source = source.with_for_update(read=True, of=Poll)
    insert = upsert(Ballot).from_select(["poll_id", "seat_id", "version", *made], source)
    return insert.on_conflict_do_nothing().returning(Ballot.version)


def _sent_before(seat: Place, key: str, choice: Choice) -> Receipt | None:
    query = sa.select(Ballot).where(Ballot.poll_id == seat.poll_id, Ballot.client_key == key)
    row = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        return None
    if row.seat_id != seat.seat_id or row.choice is not choice:
        raise Conflict(N_("Not recorded: another answer was sent with this page. Reload and answer again."), code="key")
    made = {name: getattr(row, name) for name in ("choice", "channel", "version", "code", "hash", "cast_at")}
    return _receipt(seat, made, again=True)


def _check_still_possible(seat: Place) -> None:
    state = db.session.execute(sa.select(Poll.state).where(Poll.id == seat.poll_id)).scalar_one()
    if state is PollState.PREPARED:
        raise Conflict(N_("Not recorded: the poll is not open yet."), code="not_open")
    if state is not PollState.OPEN:
        raise Conflict(N_("Not recorded: the poll is closed."), code="closed")
    if seat.may_change:
        return
    if db.session.execute(sa.select(Ballot.id).where(Ballot.seat_id == seat.seat_id).limit(1)).first():
        raise Conflict(N_("Not recorded: this seat has answered, and an answer cannot be changed."), code="answered")


def _receipt(seat: Place, made: dict[str, Any], *, again: bool = False) -> Receipt:
    return Receipt(
        poll_id=seat.poll_id,
        seat=seat.number,
        seat_key=seat.key,
        seat_name=seat.name,
        choice=made["choice"],
        channel=made["channel"],
        version=made["version"],
        code=made["code"],
        sha256=made["hash"],
        cast_at=made["cast_at"],
        again=again,
    )
