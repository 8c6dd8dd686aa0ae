"""Write down what a body that did not agree declared in the sitting; it stands in the document."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions import locked, queries
from portal.opinions.events import OpinionDissentNoted
from portal.opinions.models import OpinionDissent
from portal.opinions.pending import last_poll
from portal.opinions.rules import REASON_LIMIT
from portal.opinions.standing import standing
from portal.voting.rules import PollState


@atomic()
def note_dissent(actor: Actor, request_id: int, body_id: int, text: str, *, now: datetime) -> None:
    """For a body of the last vote that did not say yes; written again, it replaces what it said."""
    locked.request(request_id)
    require(actor, Permission.OPINION_MANAGE)
    if standing(request_id, now).document is not None:
        raise Conflict(N_("The document is drawn up: nothing is added to it."), code="drawn")
    poll = last_poll(request_id)
    if poll is None or poll.state is not PollState.PROCLAIMED:
        raise Conflict(N_("Dissent is written down once the vote is proclaimed."), code="vote")
    if body_id not in dict(queries.dissenters(request_id)):
        raise Invalid(N_("Choose a body that did not vote in favour."), code="body", field="body")
    said = typed(text, field="text", limit=REASON_LIMIT)
    same = sa.select(OpinionDissent).where(OpinionDissent.poll_id == poll.id, OpinionDissent.body_id == body_id)
    row = db.session.scalars(same).one_or_none()
    if row is None:
        row = OpinionDissent(request_id=request_id, poll_id=poll.id, body_id=body_id)
        db.session.add(row)
    row.text, row.noted_at = said, now
    record(OpinionDissentNoted(request_id, poll.id, body_id, text_digest(said)), actor=actor, now=now)
