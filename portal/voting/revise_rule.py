"""Revise a rule set: a new version from a day on, with its legal basis and the reason; the old ones stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_
from portal.voting.conditions import parse
from portal.voting.events import RuleSetRevised
from portal.voting.models import RuleSetRow, RuleSetVersion


@dataclass(frozen=True)
class Revision:
    """What the secretary general writes; `base_number` is the version that was on the page."""

    definition: Any
    legal_basis: str
    reason: str
    valid_from: date
    base_number: int


@dataclass(frozen=True)
class Revised:
    """What came of it."""

    code: str
    number: int
    valid_from: date


@atomic()
def revise_rule(actor: Actor, code: str, wanted: Revision, *, now: datetime) -> Revised:
    """Polls that are prepared keep the version they were prepared with."""
    row = db.session.scalar(sa.select(RuleSetRow).where(RuleSetRow.code == code).with_for_update())
    if row is None:
        raise NotFound()
    require(actor, Permission.RULESET_MANAGE)
    rule = parse(wanted.definition)
    latest = db.session.scalars(
        sa.select(RuleSetVersion)
        .where(RuleSetVersion.rule_set_id == row.id)
        .order_by(RuleSetVersion.number.desc())
        .limit(1)
    ).one()
    _check(wanted, latest, rule.as_data(), now)

    version = RuleSetVersion(
        rule_set_id=row.id,
        number=latest.number + 1,
        valid_from=wanted.valid_from,
        definition=rule.as_data(),
        legal_basis=typed(wanted.legal_basis, field="legal_basis", limit=300),
        reason=typed(wanted.reason, field="reason", limit=2_000),
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        written_at=now,
    )
    db.session.add(version)
    event = RuleSetRevised(row.id, row.code, version.number, version.valid_from, digest(version.definition))
    record(event, actor=actor, now=now)
    return Revised(row.code, version.number, version.valid_from)


def _check(wanted: Revision, latest: RuleSetVersion, definition: dict[str, Any], now: datetime) -> None:
    if wanted.base_number != latest.number:
        raise Conflict(N_("A colleague has revised this rule set in the meantime. Reload the page."), code="stale")
    if wanted.valid_from < max(local_day(now), latest.valid_from):
        raise Invalid(
            N_("A revision holds from today or a later day, and not before the version it replaces."),
            code="valid_from",
            field="valid_from",
        )
    if definition == latest.definition and wanted.legal_basis == latest.legal_basis:
        raise Invalid(N_("This says the same as the version in force: nothing to revise."), code="same")
