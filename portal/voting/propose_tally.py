"""Enter answers given by a show of hands or on paper: they wait until a second person has checked them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from portal.accounts import two_persons
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.voting import locked, rules, seating, tallies
from portal.voting.events import TallyProposed
from portal.voting.models import Ballot, PollSeat
from portal.voting.rules import Channel, Choice, PollState
from portal.voting.tallies import OnRoll


@atomic()
def propose_tally(
    actor: Actor,
    poll_id: int,
    answers: Mapping[int, Choice],
    channel: Channel,
    *,
    replace: bool = False,
    now: datetime,
) -> int:
    """Return the number of the request (seat number to choice); seats that have answered are replaced only if said."""
    poll = locked.poll_for_update(poll_id)
    require(actor, Permission.POLL_OPERATE, poll)
    seats = locked.seats_of(poll_id)
    rules.check_no_seat(actor.person_id, seating.voters_of(poll_id))
    if poll.state is not PollState.OPEN:
        raise Conflict(N_("Not recorded: the poll is not open."), code="not_open")
    if channel not in tallies.BY_HAND:
        raise Invalid(N_("Say whether hands were shown or papers counted."), code="channel", field="channel")
    tallies.check(answers, [OnRoll(s.number, s.key, s.name, not s.asked) for s in seats])
    _check_unanswered(seats, answers, replace)

    payload = {"channel": channel.value, "answers": {str(n): c.value for n, c in sorted(answers.items())}}
    request = two_persons.ask(actor, tallies.KIND, f"poll:{poll_id}", payload, now=now)
    event = TallyProposed(poll_id, request.id, channel.value, len(answers), request.payload_hash)
    record(event, actor=actor, now=now)
    return request.id


def _check_unanswered(seats: Sequence[PollSeat], answers: Mapping[int, Choice], replace: bool) -> None:
    if replace:
        return
    ids = {seat.id: seat for seat in seats if seat.number in answers}
    answered = db.session.execute(sa.select(Ballot.seat_id).where(Ballot.seat_id.in_(ids)).distinct()).scalars()
    names = sorted(ids[seat_id].name for seat_id in answered)
    if names:
        raise Conflict(
            N_("Some seats have answered already: %(names)s. Leave them out, or say that these replace them."),
            code="answered",
            field="replace",
            names=", ".join(names[:10]),
        )
