"""Confirm who sits, or name a delegate for this very sitting (art. 30 c.7); take a proposal back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.conferences import accreditation_rules as rules
from portal.conferences import locked, seats
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import MACHINE, AccreditationState, Presence
from portal.conferences.events import AccreditationEnded, AccreditationProposed
from portal.conferences.models import Sitting, SittingSeat
from portal.conferences.rules import SittingState
from portal.conferences.ruleset import RuleSet, parse
from portal.conferences.seats import Holder
from portal.db import atomic, db
from portal.files.examine import Examined
from portal.files.keep import keep
from portal.files.rules import tidy_name
from portal.files.store import Store
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

REPLACED = "replaced"  # a reason that the house writes by itself
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposal:
    """Who comes, how, and by which act if somebody is sent; the document waits to be kept."""

    mandate_id: int
    presence: Presence
    title: str = ""
    document: Examined | None = None
    document_name: str = ""


@atomic()
def propose(actor: Actor, sitting_id: int, wanted: Proposal, *, store: Store, now: datetime) -> int:
    """Return the accreditation's id; a proposal that was waiting for the same seat is replaced."""
    sitting = locked.sitting(sitting_id)
    acting = actor.acting
    seat = _own_seat(actor, sitting_id)
    require(actor, Permission.ACCREDITATION_NAME, None if seat.reserved_for_id else seat.body_id)
    _check_open(sitting, now)
    rule = parse((sitting.rule or {}).get("definition"))
    chosen = _chosen(seat, rule, wanted.mandate_id, now)
    delegated = rules.is_delegated(rule, chosen.office)
    assert acting is not None  # the permission asks for it
    rules.check_names(rule, acting.office, delegated=delegated)
    if not delegated and chosen.person_id != actor.person_id:
        raise Invalid(N_("Who sits by right confirms for himself or herself."), code="own", field="candidate")
    title = typed(wanted.title, field="title", limit=200, required=False) if delegated else ""
    rules.check_act(delegated=delegated, title=title, has_document=wanted.document is not None)
    rules.check_presence(wanted.presence, sitting.mode.value)

    _replace_waiting(actor, seat, now)
    row = Accreditation(
        sitting_id=sitting_id,
        seat_id=seat.id,
        person_id=chosen.person_id,
        mandate_id=chosen.mandate_id,
        office=chosen.office,
        delegated=delegated,
        title=title,
        presence=wanted.presence,
        state=AccreditationState.PROPOSED,
        named_by_id=actor.person_id,
        named_at=now,
    )
    if delegated and wanted.document is not None:
        row.document_sha256 = keep(store, wanted.document, now=now)
        row.document_name = tidy_name(wanted.document_name, wanted.document.kind)
    db.session.add(row)
    db.session.flush()
    event = AccreditationProposed(sitting_id, row.id, seat.number, row.mandate_id, delegated, text_digest(title))
    record(event, actor=actor, now=now)
    return row.id


@atomic()
def take_back(actor: Actor, sitting_id: int, *, now: datetime) -> None:
    """The body takes back a proposal that the secretariat has not decided on."""
    locked.sitting(sitting_id)
    seat = _own_seat(actor, sitting_id)
    require(actor, Permission.ACCREDITATION_NAME, None if seat.reserved_for_id else seat.body_id)
    if not _end_waiting(actor, seat, WITHDRAWN, now):
        raise Conflict(N_("No proposal is waiting: the secretariat may have decided on it."), code="none")


def _own_seat(actor: Actor, sitting_id: int) -> SittingSeat:
    """The seat of the body that the actor acts for; a councillor's own."""
    acting = actor.acting
    for seat in locked.seats(sitting_id):
        if acting and seat.body_id == acting.body_id and seat.reserved_for_id in {None, acting.mandate_id}:
            return seat
    raise NotFound()


def _check_open(sitting: Sitting, now: datetime) -> None:
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(N_("Only a sitting that is convened takes accreditations."), code="not_convened")
    rules.check_in_time(sitting.delegations_close_at, now)


def _chosen(seat: SittingSeat, rule: RuleSet, mandate_id: int, now: datetime) -> Holder:
    """The holder of a mandate of this body that the rule set names, and that is in force today."""
    held = seats.holders([seat.body_id], (*rule.sits, *rule.by_delegation), now)
    if seat.reserved_for_id is not None:
        held = [one for one in held if one.mandate_id == seat.reserved_for_id]
    chosen = next((one for one in held if one.mandate_id == mandate_id), None)
    if chosen is None:
        raise Invalid(rules.NOT_NAMED, code="office", field="candidate")
    return chosen


def _replace_waiting(actor: Actor, seat: SittingSeat, now: datetime) -> None:
    _end_waiting(actor, seat, REPLACED, now)


def _end_waiting(actor: Actor, seat: SittingSeat, reason: str, now: datetime) -> bool:
    row = db.session.scalar(
        sa.select(Accreditation)
        .where(Accreditation.seat_id == seat.id, Accreditation.state == AccreditationState.PROPOSED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return False
    row.state = MACHINE.advance(row.state, AccreditationState.ENDED)
    row.ended_at = now
    db.session.flush()
    event = AccreditationEnded(seat.sitting_id, row.id, seat.number, text_digest(reason))
    record(event, actor=actor, now=now)
    return True
