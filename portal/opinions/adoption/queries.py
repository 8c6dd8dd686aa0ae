"""Reading votes of the Forum: which there are, how far they have come, who is on the roll; never a choice too early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.conferences.table.models import SittingPoll
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can
from portal.opinions.adoption.models import ForumVote, ForumVoteSeat
from portal.opinions.adoption.rows import SeatAnswer, VoteRow
from portal.opinions.adoption.rules import Cell, breakdown
from portal.voting import results
from portal.voting.models import Ballot, Poll, PollAlternate, PollSeat
from portal.voting.rules import ANSWERS, Choice, PollState

_SEATS = sa.select(sa.func.count()).where(PollSeat.poll_id == Poll.id).correlate(Poll).scalar_subquery()
_ANSWERED = (
    sa.select(sa.func.count(sa.distinct(Ballot.seat_id)))
    .where(Ballot.poll_id == Poll.id, Ballot.choice.in_(ANSWERS))
    .correlate(Poll)
    .scalar_subquery()
)
_ROW: tuple[Any, ...] = (
    Poll.id, ForumVote.request_id, ForumVote.amendment_id, ForumVote.call, ForumVote.sitting_id, ForumVote.opens_at,
    sa.func.coalesce(Poll.closes_at, ForumVote.closes_at, type_=Poll.closes_at.type), ForumVote.text_sha256,
    ForumVote.result, ForumVote.carried_at, ForumVote.dissent_until, Poll.question, Poll.state, Poll.proclaimed_at,
    Poll.annul_reason, _SEATS, _ANSWERED,
)  # fmt: skip


def votes(actor: Actor, request_id: int) -> list[VoteRow]:
    """Every vote of a request in the order in which it was put; those not opened yet for who prepares them."""
    query = sa.select(*_ROW).join(ForumVote, ForumVote.poll_id == Poll.id).where(ForumVote.request_id == request_id)
    if not can(actor, Permission.FORUM_WATCH):
        told = sa.and_(ForumVote.opens_at.is_not(None), Poll.state == PollState.PREPARED)  # its days are announced
        query = query.where(sa.or_(Poll.opened_at.is_not(None), told))
    return [VoteRow(*row) for row in db.session.execute(query.order_by(Poll.id))]


def final(actor: Actor, request_id: int) -> VoteRow | None:
    """The last vote on the final text that was not annulled."""
    found = [one for one in votes(actor, request_id) if one.is_final and one.state is not PollState.ANNULLED]
    return found[-1] if found else None


def seats(poll_id: int, *, told: bool) -> list[SeatAnswer]:
    """The roll in the order of its seats; answers are `told` once the vote is closed, and looked for only then."""
    said = {number: one.choice for number, one in results.answers(poll_id).items()} if told else {}
    rows = db.session.execute(
        sa.select(
            PollSeat.number,
            PollSeat.key,
            PollSeat.name,
            PollSeat.body_id,
            ForumVoteSeat.category,
            PollSeat.office,
        )
        .join(ForumVoteSeat, ForumVoteSeat.seat_id == PollSeat.id)
        .where(PollSeat.poll_id == poll_id)
        .order_by(PollSeat.number)
    )
    return [
        SeatAnswer(
            r.number, r.key, r.name, r.body_id, r.category, r.office.value if r.office else None, said.get(r.number)
        )
        for r in rows
    ]


def by_family(found: list[SeatAnswer]) -> tuple[Cell, ...]:
    """The same seats counted by the six families: one count for screens, papers and exports."""
    return breakdown((seat.category, seat.choice.value if seat.choice else None) for seat in found)


@dataclass(frozen=True)
class Round:
    """Votes without a sitting that end at the same instant."""

    request_id: int
    opens_at: datetime
    closes_at: datetime
    poll_ids: tuple[int, ...]

    def name(self, hours: int) -> str:
        """The reminder is given once for each end and hour."""
        return f"forum-vote:{self.poll_ids[0]}:{self.closes_at.isoformat()}:{hours}"


def open_rounds(now: datetime) -> list[Round]:
    """What is being voted on without a sitting."""
    query = sa.select(ForumVote.request_id, Poll.opened_at, Poll.closes_at, Poll.id)
    query = query.join(ForumVote, ForumVote.poll_id == Poll.id)
    query = query.where(Poll.state == PollState.OPEN, ForumVote.closes_at.is_not(None), Poll.closes_at > now)
    groups: dict[tuple[int, datetime], list[Any]] = {}
    for row in db.session.execute(query.order_by(Poll.id)):
        groups.setdefault((row.request_id, row.closes_at), []).append(row)
    return [
        Round(request, min(r.opened_at for r in rows), closes_at, tuple(r.id for r in rows))
        for (request, closes_at), rows in groups.items()
    ]


def voters(poll_ids: tuple[int, ...], *, missing_only: bool) -> dict[int, list[str]]:
    """Who may answer, with the names of their organisations; only those for whom an answer is missing, if asked."""
    answered = sa.exists().where(Ballot.seat_id == PollSeat.id, Ballot.choice.in_(ANSWERS))
    base = sa.select(PollSeat.name, Mandate.person_id).where(PollSeat.poll_id.in_(poll_ids))
    if missing_only:
        base = base.where(~answered)
    sitting = base.join(Mandate, Mandate.id == PollSeat.mandate_id)
    besides = base.join(PollAlternate, PollAlternate.seat_id == PollSeat.id)
    besides = besides.join(Mandate, Mandate.id == PollAlternate.mandate_id)
    found: dict[int, list[str]] = {}
    for name, person_id in db.session.execute(sa.union(sitting, besides)):
        found.setdefault(person_id, []).append(name)
    return {person: sorted(set(names)) for person, names in sorted(found.items())}


def sitting_polls(request_id: int) -> dict[int, int]:
    """The sitting in which a vote is taken, by poll."""
    query = sa.select(SittingPoll.poll_id, SittingPoll.sitting_id).join(
        ForumVote, ForumVote.poll_id == SittingPoll.poll_id
    )
    return {row.poll_id: row.sitting_id for row in db.session.execute(query.where(ForumVote.request_id == request_id))}


@dataclass(frozen=True)
class Own:
    """The seat of the reader's organisation in a vote, with its answer as it stands."""

    poll_id: int
    number: int
    name: str
    choice: Choice | None
    code: str | None
    cast_at: datetime | None
    sha256: str | None


def own(body_id: int, poll_ids: list[int]) -> dict[int, Own]:
    """What an organisation has answered in these votes; those in which it holds no seat are left out."""
    columns = (Ballot.choice, Ballot.code, Ballot.cast_at, Ballot.hash)
    rows = db.session.execute(
        sa.select(PollSeat.poll_id, PollSeat.number, PollSeat.name, *columns)
        .outerjoin(Ballot, Ballot.seat_id == PollSeat.id)
        .where(PollSeat.poll_id.in_(poll_ids), PollSeat.body_id == body_id)
        .order_by(PollSeat.poll_id, Ballot.version)
    )
    return {row.poll_id: Own(*row) for row in rows}  # the last version stands
