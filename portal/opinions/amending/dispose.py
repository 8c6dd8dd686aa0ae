"""What is to become of an amendment: taken in by the rapporteur, voted by the Forum, or inadmissible for a reason."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Forbidden, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.opinions.amending import locked, put_in
from portal.opinions.amending.edits import combine, edits
from portal.opinions.amending.events import ForumAmendmentAccepted, ForumAmendmentInadmissible, ForumAmendmentToVote
from portal.opinions.amending.models import Amendment, ForumText
from portal.opinions.amending.rules import MACHINE, SAID_LEAST, SAID_LIMIT, AmendmentKind, AmendmentState, meet
from portal.opinions.amending.support import is_supported, needed
from portal.opinions.amending.writers import check_writer, is_rapporteur
from portal.opinions.requests.standing import check_running


@atomic()
def accept(actor: Actor, request_id: int, number: int, said: str = "", *, now: datetime) -> None:
    """The rapporteur takes it into the text at once; what it makes impossible lapses, the rest is carried over."""
    text, row = _disposable(actor, request_id, number, now)
    if not (is_rapporteur(actor, text.rapporteur_id) or actor.is_system):
        raise Forbidden(N_("The rapporteur accepts an amendment; you can put it to the vote."), code="no_rapporteur")
    _decide(actor, row, AmendmentState.ACCEPTED, said, now)
    put_in.accepted(actor, text, row, now)
    event = ForumAmendmentAccepted(request_id, number, row.section_id, text_digest(row.text))
    record(event, actor=actor, now=now)


@atomic()
def put_to_vote(actor: Actor, request_id: int, number: int, said: str = "", *, now: datetime) -> None:
    """The Forum decides; the rapporteur may say why it was not accepted."""
    _, row = _disposable(actor, request_id, number, now)
    _bring_forward(row)
    _decide(actor, row, AmendmentState.TO_VOTE, said, now)
    record(ForumAmendmentToVote(request_id, number), actor=actor, now=now)


@atomic()
def refuse(actor: Actor, request_id: int, number: int, said: str, *, now: datetime) -> None:
    """It cannot be voted, for a reason that everybody reads; the secretariat says so."""
    _, row = _disposable(actor, request_id, number, now, supported=False)
    require(actor, Permission.FORUM_MANAGE)
    if len(said.strip()) < SAID_LEAST:
        raise Invalid(N_("Write the reason: everybody reads it."), code="reason", field="said")
    _decide(actor, row, AmendmentState.INADMISSIBLE, said, now)
    record(ForumAmendmentInadmissible(request_id, number, text_digest(row.said)), actor=actor, now=now)


def _disposable(
    actor: Actor, request_id: int, number: int, now: datetime, *, supported: bool = True
) -> tuple[ForumText, Amendment]:
    text = locked.disposed(request_id, now)
    check_writer(actor, text, now)
    check_running(request_id, now)
    row = locked.amendment(request_id, number)
    if supported and not is_supported(row):
        raise Conflict(
            N_("This amendment needs the signatures of %(needed)d other organisations first."),
            code="signers",
            needed=needed(request_id),
        )
    return text, row


def _decide(actor: Actor, row: Amendment, state: AmendmentState, said: str, now: datetime) -> None:
    row.state = MACHINE.advance(row.state, state)
    row.said = typed(said, field="said", limit=SAID_LIMIT, required=False)
    row.decided_at, row.decided_by_id = now, actor.person_id


def _bring_forward(row: Amendment) -> None:
    """One that had been called inadmissible stands over the wording of that day: put it over the present one."""
    section = locked.section(row.request_id, row.section_id, gone=True)
    if row.apart or row.base_revision == section.revision:
        return
    base = locked.wording(section.id, row.base_revision).text
    since, own = edits(base, section.text), edits(base, row.text)
    if section.removed_at is not None or meet(row.kind, own, AmendmentKind.MODIFYING, since):
        raise Conflict(N_("The text has changed in the same place since: this cannot be voted any more."), code="base")
    if row.kind is not AmendmentKind.SUPPRESSIVE:
        row.text = combine(base, since, own)
    row.base_revision = section.revision
