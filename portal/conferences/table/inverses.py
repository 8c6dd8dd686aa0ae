"""How the acts of the table are taken back within ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.comments import undo as decisions
from portal.conferences.hall.models import HallScreen
from portal.conferences.table import indicate, polls, remarks
from portal.conferences.table.models import Indication, IndicationRound, SittingPoll, SittingRemark
from portal.db import db
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.voting.models import Poll
from portal.voting.rules import PollState

Before = dict[str, Any]


def _admitted(before: Before, now: datetime) -> None:
    """The decision goes back as it would in the queue, in the name of whoever took it."""
    actor = accounts.actor_of_person(before["person"], acting=before["mandate"], now=now)
    if actor is None:
        raise Conflict()
    decisions.undo(actor, before["decision"], now=now)


def _called(before: Before, _now: datetime) -> None:
    db.session.delete(_remark(before))


def _tied(before: Before, _now: datetime) -> None:
    row = _remark(before)
    row.speech_id, row.item_id = before["speech"], before["item"]


def _read(before: Before, _now: datetime) -> None:
    _remark(before).read_at = None


def _opened(before: Before, _now: datetime) -> None:
    """Only while nobody has answered: what a body said is not thrown away."""
    row = db.session.get_one(IndicationRound, before["round"], populate_existing=True, with_for_update=True)
    if db.session.scalar(sa.select(Indication.id).where(Indication.round_id == row.id).limit(1)) is not None:
        raise Conflict(N_("Somebody has answered already: close the round instead."), code="answered")
    if db.session.scalar(sa.select(HallScreen.id).where(HallScreen.round_id == row.id).limit(1)) is not None:
        raise Conflict(N_("A screen shows this round: show something else first."), code="shown")
    db.session.delete(row)


def _closed(before: Before, _now: datetime) -> None:
    row = db.session.get_one(IndicationRound, before["round"], populate_existing=True, with_for_update=True)
    row.closed_at = None


def _poll_tied(before: Before, _now: datetime) -> None:
    poll = db.session.get_one(Poll, before["poll"], populate_existing=True, with_for_update=True)
    if poll.state is not PollState.PREPARED:
        raise Conflict(N_("The vote has been opened meanwhile."), code="state")
    db.session.delete(db.session.get_one(SittingPoll, poll.id))


def _remark(before: Before) -> SittingRemark:
    return db.session.get_one(SittingRemark, (before["remark"], before["sitting"]), populate_existing=True)


INVERSES: dict[str, Callable[[Before, datetime], None]] = {
    remarks.ADMITTED: _admitted,
    remarks.CALLED: _called,
    remarks.TIED: _tied,
    remarks.READ: _read,
    indicate.OPENED: _opened,
    indicate.CLOSED: _closed,
    polls.TIED: _poll_tied,
}
