"""Plan a sitting, or change it while nobody has been called: calls, place, link, chair, instructions, deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.conferences import locked, rule_queries, rules
from portal.conferences.accreditation_models import ConvocationRequest
from portal.conferences.events import SittingChanged, SittingPlanned
from portal.conferences.models import AgendaItem, Conference, Sitting, SittingCall
from portal.conferences.rules import ItemKind, Mode, Organ, SittingState, Visibility
from portal.conferences.ruleset import RuleSet
from portal.db import atomic, db, next_numbers
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@dataclass(frozen=True)
class Plan:
    """What the secretariat writes. Without an instant for delegations, the rule set says it."""

    title: str
    calls: Sequence[datetime]
    mode: Mode
    visibility: Visibility
    chair: str
    case_officer: str
    contacts: str
    place: str = ""
    remote_link: str = ""
    streaming_link: str = ""
    written_contributions: str = ""
    speaking: str = ""
    delegations_close_at: datetime | None = None
    request_id: int | None = None


@atomic()
def plan_sitting(actor: Actor, conference_number: int, plan: Plan, *, now: datetime) -> int:
    """Return its number; what mayors asked for becomes its first item (art. 29)."""
    conference = locked.conference(conference_number)
    require(actor, Permission.CONFERENCE_MANAGE)
    sitting = Sitting(conference_id=conference.id, planned_at=now)
    _write(sitting, conference, plan, now)
    sitting.id = next_numbers("sitting")[0]
    db.session.add(sitting)
    db.session.flush()
    _put_calls(sitting, plan.calls)
    asked = _asked(conference, plan.request_id)
    if asked:
        sitting.request_id = asked.id
        db.session.add(
            AgendaItem(
                sitting_id=sitting.id,
                position=1,
                kind=ItemKind.CONTRIBUTION,
                title=asked.subject,
                details=asked.reasons,
            )
        )
    record(SittingPlanned(sitting.id, conference.id, _fingerprint(plan)), actor=actor, now=now)
    return sitting.id


@atomic()
def change_sitting(actor: Actor, number: int, plan: Plan, *, now: datetime) -> int:
    """Change a sitting whose notice has not been sent."""
    sitting = locked.sitting(number)
    require(actor, Permission.CONFERENCE_MANAGE)
    check_planned(sitting)
    conference = locked.conference(sitting.conference_id)
    _write(sitting, conference, plan, now)
    db.session.execute(sa.delete(SittingCall).where(SittingCall.sitting_id == sitting.id))
    _put_calls(sitting, plan.calls)
    record(SittingChanged(sitting.id, _fingerprint(plan)), actor=actor, now=now)
    return sitting.id


def check_planned(sitting: Sitting) -> None:
    """Refuse once the notice has been sent: it does not change any more."""
    if sitting.state is not SittingState.PLANNED:
        raise Conflict(
            N_("The notice of this sitting has been sent and does not change any more: send an addendum."),
            code="convened",
        )


def _write(sitting: Sitting, conference: Conference, plan: Plan, now: datetime) -> None:
    rule = rule_queries.holding(conference.organ, local_day(now)).rule_set
    rules.check_calls(plan.calls, rule.most_calls, now)
    sitting.title = typed(plan.title, field="title", limit=rules.TITLE_LIMIT)
    sitting.mode, sitting.visibility = plan.mode, plan.visibility
    sitting.place = typed(plan.place, field="place", limit=rules.TITLE_LIMIT, required=False)
    sitting.remote_link = _link(plan.remote_link, "remote_link")
    sitting.streaming_link = _link(plan.streaming_link, "streaming_link")
    rules.check_place(plan.mode, sitting.place, sitting.remote_link)
    sitting.chair = typed(plan.chair, field="chair", limit=rules.LINE_LIMIT)
    sitting.case_officer = typed(plan.case_officer, field="case_officer", limit=rules.LINE_LIMIT)
    sitting.contacts = typed(plan.contacts, field="contacts", limit=rules.TITLE_LIMIT)
    for name in ("written_contributions", "speaking"):
        text = typed(getattr(plan, name), field=name, limit=rules.TEXT_LIMIT, required=False)
        setattr(sitting, name, text)
    sitting.delegations_close_at = _closes(plan, rule)


def _link(text: str, field: str) -> str:
    value = typed(text, field=field, limit=rules.LINK_LIMIT, required=False)
    rules.check_link(value, field)
    return value


def _closes(plan: Plan, rule: RuleSet) -> datetime:
    """As the rule set says, unless the notice says otherwise; never after the first call."""
    usual = plan.calls[0] - timedelta(hours=rule.delegation_hours)
    closes = plan.delegations_close_at or usual
    if closes > plan.calls[0]:
        raise Invalid(
            N_("Delegations close before the first call begins."), code="delegations", field="delegations_close_at"
        )
    return closes


def _put_calls(sitting: Sitting, calls: Sequence[datetime]) -> None:
    db.session.add_all(
        SittingCall(sitting_id=sitting.id, number=number, starts_at=at) for number, at in enumerate(calls, 1)
    )


def _asked(conference: Conference, request_id: int | None) -> ConvocationRequest | None:
    if request_id is None:
        return None
    asked = locked.request(request_id)
    taken = db.session.scalar(sa.select(Sitting.id).where(Sitting.request_id == request_id))
    if conference.organ is not Organ.MAYORS or asked.reached_at is None or taken:
        raise Invalid(N_("This request does not ask for a sitting of this body."), code="request", field="request")
    return asked


def _fingerprint(plan: Plan) -> str:
    words = [plan.title, plan.place, plan.chair, plan.case_officer, plan.mode.value, plan.visibility.value]
    return digest([*words, [call.isoformat() for call in plan.calls]])
