"""Put the text to the vote in a sitting: it is frozen with its fingerprint, and the vote prepared (art. 30 c.5-6)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.rules import SeatRole
from portal.conferences.table import polls
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions import locked
from portal.opinions.events import OpinionPutToVote
from portal.opinions.models import OpinionPoll, OpinionRequest, OpinionSitting, OpinionText
from portal.opinions.pending import check_no_vote
from portal.opinions.rules import OpinionKind
from portal.opinions.standing import attempts
from portal.opinions.write_text import content
from portal.territory.models import Body
from portal.voting.prepare import Question
from portal.voting.roll import Place
from portal.voting.rules import Matter, Mode


@atomic()
def put_to_vote(
    actor: Actor, request_id: int, sitting_id: int, question: str, mode: Mode = Mode.ROLL_CALL, *, now: datetime
) -> int:
    """The number of the vote. A repeat keeps seats, residents and rule set of the first one."""
    request = locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    tied = db.session.get(OpinionSitting, (request_id, sitting_id))
    if tied is None:
        raise NotFound()
    earlier = check_no_vote(request_id)
    today = local_day(now)
    if any(one.sitting == sitting_id and one.day == today for one in attempts(request_id)):
        raise Conflict(N_("The vote has been taken in this sitting: it is repeated in a further one."), code="voted")
    text = _frozen(request_id, now)
    asked = Question(
        question,
        Matter.CONFERENCE_OPINION,
        mode=mode,
        version_id=request.version_id,
        follows_id=earlier.id if earlier else None,
        snapshot_id=_snapshot(request),
        places=() if earlier else _places(request),
    )
    poll_id = polls.prepare_poll(actor, sitting_id, tied.item_id, asked, now=now)
    db.session.add(OpinionPoll(poll_id=poll_id, request_id=request_id, text_id=text.id))
    facts = (text.id, text.kind.value, text.sha256 or "", len(locked.remarks(text.id)), sitting_id, poll_id)
    record(OpinionPutToVote(request_id, *facts), actor=actor, now=now)
    return poll_id


def _frozen(request_id: int, now: datetime) -> OpinionText:
    """The text written last; from here on it does not change."""
    known = locked.texts(request_id)
    if not known:
        raise Conflict(N_("Write the text before it is put to the vote."), code="no_text")
    text = known[-1]
    if text.frozen_at is not None:
        return text
    remarks = locked.remarks(text.id)
    if text.kind is OpinionKind.WITH_REMARKS and not remarks:
        raise Invalid(N_("A favourable opinion with remarks has at least one numbered remark."), code="no_remark")
    if text.kind is OpinionKind.FAVOURABLE and remarks:
        raise Invalid(
            N_("This text has remarks: say that it is favourable with remarks, or take them away."), code="has"
        )
    text.frozen_at, text.sha256 = now, digest(content(text, remarks))
    return text


def _snapshot(request: OpinionRequest) -> int | None:
    return db.session.scalar(sa.select(Sitting.snapshot_id).where(Sitting.id == request.base_sitting_id))


def _places(request: OpinionRequest) -> tuple[Place, ...]:
    """The bodies and residents that the first notice fixed, whoever has come or gone since."""
    rows = db.session.execute(
        sa.select(Body.key, SittingSeat.name, SittingSeat.body_id, SittingSeat.population)
        .join(Body, Body.id == SittingSeat.body_id)
        .where(SittingSeat.sitting_id == request.base_sitting_id, SittingSeat.role == SeatRole.ENTITLED)
        .order_by(SittingSeat.name, SittingSeat.body_id)
    )
    return tuple(Place(row.key, row.name, row.body_id, row.population, row.key) for row in rows)
