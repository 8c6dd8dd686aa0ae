"""Put a ballot into a poll: one statement that finds the poll open, locks its row for share, and inserts.

Closing takes the same row for update. So a ballot is either in before the count or refused after it, and what was
acknowledged is counted. The same key sent again gives the same receipt, even after the closing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert

from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.words import N_
from portal.voting import rules
from portal.voting.hashes import BallotFacts
from portal.voting.models import Ballot, Poll, PollAlternate, PollSeat
from portal.voting.rules import Channel, Choice, Electorate, PollState, SeatPresence
from portal.voting.suspension import check_not_suspended

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: what is read aloud or copied by hand stays the same
_TRIES = 20  # each is lost only to another ballot of the same seat that came in


@dataclass(frozen=True)
class Place:
    """The seat a ballot is for, as the verb found it."""

    poll_id: int
    state: PollState
    opened_at: datetime | None
    may_change: bool
    electorate: Electorate
    seat_id: int
    number: int
    key: str
    name: str
    body_id: int
    person_id: int | None
    mandate_id: int | None
    presence: SeatPresence | None


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

    def as_data(self) -> dict[str, Any]:
        """Plain values, for whoever sent it over a socket or from a script: the same from both."""
        return {
            **vars(self),
            "choice": self.choice.value,
            "channel": self.channel.value,
            "cast_at": self.cast_at.astimezone(UTC).isoformat(),
        }


# Asked and sent for every ballot while a hall waits: built once.
_POLL, _SEAT, _BALLOT = Poll.__table__.c, PollSeat.__table__.c, Ballot.__table__.c
_ALSO = PollAlternate.__table__.c
_PLACE = (
    sa.select(
        _POLL.id,
        _POLL.state,
        _POLL.opened_at,
        _POLL.may_change,
        _POLL.electorate,
        _SEAT.id,
        _SEAT.number,
        _SEAT.key,
        _SEAT.name,
        _SEAT.body_id,
        _SEAT.person_id,
        _SEAT.mandate_id,
        _SEAT.presence,
    )
    .where(_SEAT.poll_id == _POLL.id, _POLL.id == sa.bindparam("poll_id"))
    .order_by(_SEAT.number)
    .limit(1)
)
_OF_MANDATE = _PLACE.where(_SEAT.mandate_id == sa.bindparam("mandate_id"))
_OF_ALTERNATE = _PLACE.where(
    _SEAT.id == _ALSO.seat_id, _ALSO.poll_id == _POLL.id, _ALSO.mandate_id == sa.bindparam("mandate_id")
)
_OF_NUMBER = _PLACE.where(_SEAT.number == sa.bindparam("number"))
_MADE = ("choice", "channel", "client_key", "code", "hash", "person_id", "mandate_id", "cast_at")


def place_of_mandate(poll_id: int, mandate_id: int) -> Place:
    """The seat that a mandate held when the poll was opened, or might answer for besides; before that it holds none."""
    named = {"poll_id": poll_id, "mandate_id": mandate_id}
    return _found(_OF_MANDATE, named) or _place(_OF_ALTERNATE, named)


def place_of_number(poll_id: int, number: int) -> Place:
    """The seat with this number on the roll."""
    return _place(_OF_NUMBER, {"poll_id": poll_id, "number": number})


def _place(query: sa.Select[Any], named: dict[str, int]) -> Place:
    found = _found(query, named)
    if found is None:
        raise NotFound()
    return found


def _found(query: sa.Select[Any], named: dict[str, int]) -> Place | None:
    row = db.session.execute(query, named).one_or_none()
    return Place(*row) if row else None


def put(actor: Actor, seat: Place, choice: Choice, channel: Channel, key: str, *, now: datetime) -> Receipt:
    """Record the answer and return its receipt, or refuse: then nothing was recorded."""
    rules.check_key(key)
    rules.check_answer(choice, channel)
    rules.check_there(seat.presence)
    check_not_suspended(seat.electorate, seat.body_id, now)
    made = _new(actor, seat, choice, channel, key, now)
    for _ in range(_TRIES):
        version = _insert(seat, made)
        if version is not None:
            return _receipt(seat, made | {"version": version})
        sent = _sent_before(seat, key, choice)
        if sent is not None:
            return sent
        _check_still_possible(seat, made["cast_at"])
    raise Conflict(N_("Not recorded: too many answers for this seat at once. Answer again."), code="not_recorded")


def _new(actor: Actor, seat: Place, choice: Choice, channel: Channel, key: str, now: datetime) -> dict[str, Any]:
    at = now.astimezone(UTC)
    at = max(at, seat.opened_at) if seat.opened_at else at  # clocks of two machines may differ a little
    drawn = _drawn()
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


def _drawn() -> str:
    """Ten characters that nobody can guess."""
    number, found = secrets.randbelow(len(ALPHABET) ** 10), ""
    for _ in range(10):
        number, at = divmod(number, len(ALPHABET))
        found += ALPHABET[at]
    return found


def _insert(seat: Place, made: dict[str, Any]) -> int | None:
    """The version under which it was stored; None if it was not."""
    statement = _statement(db.session.get_bind().dialect.name, seat.may_change)
    values = {f"new_{name}": value for name, value in made.items()}
    found = db.session.execute(statement, {"of_poll": seat.poll_id, "of_seat": seat.seat_id, **values})
    version: int | None = found.scalar_one_or_none()
    return version


@cache
def _statement(dialect: str, may_change: bool) -> Any:
    """Insert the next version of a seat's ballot if the poll is open and not at its end, holding its row for share."""
    of_seat = sa.bindparam("of_seat", type_=_BALLOT.seat_id.type)
    earlier = sa.select(sa.func.coalesce(sa.func.max(_BALLOT.version), 0)).where(_BALLOT.seat_id == of_seat)
    version = (earlier.scalar_subquery() + 1).label("version")
    values = [sa.bindparam(f"new_{name}", type_=_BALLOT[name].type).label(name) for name in _MADE]
    source = sa.select(_POLL.id, of_seat.label("seat_id"), version, *values)
    source = source.where(_POLL.id == sa.bindparam("of_poll"), _POLL.state == PollState.OPEN)
    instant = sa.bindparam("new_cast_at", type_=_BALLOT.cast_at.type)
    source = source.where(sa.or_(_POLL.closes_at.is_(None), _POLL.closes_at > instant))
    if not may_change:
        source = source.where(~sa.exists().where(_BALLOT.seat_id == of_seat))
    table: Any = Ballot.__table__
    insert = (pg_insert if dialect == "postgresql" else lite_insert)(table)
    chosen = source.with_for_update(read=True, of=Poll.__table__)
    whole = insert.from_select(["poll_id", "seat_id", "version", *_MADE], chosen, include_defaults=False)
    return whole.on_conflict_do_nothing().returning(_BALLOT.version)


def _sent_before(seat: Place, key: str, choice: Choice) -> Receipt | None:
    query = sa.select(Ballot).where(Ballot.poll_id == seat.poll_id, Ballot.client_key == key)
    row = db.session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        return None
    if row.seat_id != seat.seat_id or row.choice is not choice:
        raise Conflict(N_("Not recorded: another answer was sent with this page. Reload and answer again."), code="key")
    made = {name: getattr(row, name) for name in ("choice", "channel", "version", "code", "hash", "cast_at")}
    return _receipt(seat, made, again=True)


def _check_still_possible(seat: Place, at: datetime) -> None:
    state, closes_at = db.session.execute(sa.select(Poll.state, Poll.closes_at).where(Poll.id == seat.poll_id)).one()
    if state is PollState.PREPARED:
        raise Conflict(N_("Not recorded: the poll is not open yet."), code="not_open")
    if state is not PollState.OPEN:
        raise Conflict(N_("Not recorded: the poll is closed."), code="closed")
    if rules.is_over(state, closes_at, at):
        raise Conflict(N_("Not recorded: the time to answer is over."), code="time_over")
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
