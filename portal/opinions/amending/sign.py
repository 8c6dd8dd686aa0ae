"""Other organisations ask for an amendment too; whoever proposed it can take it back."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db
from portal.forum.members import Member, standing
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, NotFound
from portal.kernel.words import N_
from portal.opinions.amending import locked
from portal.opinions.amending.events import ForumAmendmentSigned, ForumAmendmentUnsigned, ForumAmendmentWithdrawn
from portal.opinions.amending.models import Amendment, AmendmentSigner
from portal.opinions.amending.rules import MACHINE, AmendmentState
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import check_running


@atomic()
def sign(actor: Actor, request_id: int, number: int, *, now: datetime) -> int:
    """How many have signed beside the proposer; an organisation signs once, whoever of its persons does."""
    row, member = _open(actor, request_id, number, now)
    known = locked.signers(row.id)
    if member.body_id == row.body_id:
        raise Conflict(N_("Your organisation proposed this amendment: others sign it."), code="own")
    if any(one.body_id == member.body_id for one in known):
        raise Conflict(N_("Your organisation has signed this amendment already."), code="signed")
    facts = {"amendment_id": row.id, "body_id": member.body_id, "person_id": member.person_id}
    db.session.add(AmendmentSigner(**facts, mandate_id=member.mandate_id, signed_at=now))
    event = ForumAmendmentSigned(request_id, number, member.body_id, len(known) + 1)
    record(event, actor=actor, now=now)
    return len(known) + 1


@atomic()
def unsign(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """An organisation takes its signature back while nobody has disposed of the amendment."""
    row, member = _open(actor, request_id, number, now)
    known = locked.signers(row.id)
    own = next((one for one in known if one.body_id == member.body_id), None)
    if own is None:
        raise NotFound()
    db.session.delete(own)
    record(ForumAmendmentUnsigned(request_id, number, member.body_id, len(known) - 1), actor=actor, now=now)


@atomic()
def withdraw(actor: Actor, request_id: int, number: int, *, now: datetime) -> None:
    """The organisation that proposed it takes it back, until the text is frozen."""
    locked.disposed(request_id, now)
    member = standing(actor, requests.request(request_id).forum_id, now)
    row = locked.amendment(request_id, number)
    if member.body_id != row.body_id:
        raise Forbidden(N_("Only the organisation that proposed an amendment takes it back."), code="not_own")
    row.state = MACHINE.advance(row.state, AmendmentState.WITHDRAWN)
    row.decided_at = now
    record(ForumAmendmentWithdrawn(request_id, number, member.body_id), actor=actor, now=now)


def _open(actor: Actor, request_id: int, number: int, now: datetime) -> tuple[Amendment, Member]:
    locked.amended(request_id, now)
    member = standing(actor, requests.request(request_id).forum_id, now)
    check_running(request_id, now)
    row = locked.amendment(request_id, number)
    if row.state is not AmendmentState.PROPOSED:
        raise Conflict(N_("This amendment has been disposed of: signatures do not change any more."), code="state")
    return row, member
