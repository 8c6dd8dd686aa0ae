"""Revise how a body sits: a new version from a day on, with its legal basis and the reason; the old ones stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.conferences.events import SittingRulesRevised
from portal.conferences.models import SittingRuleSet, SittingRuleVersion
from portal.conferences.rules import Organ
from portal.conferences.ruleset import parse
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_


@dataclass(frozen=True)
class Revision:
    """What the secretary general writes; `base_number` is the version that was on the page."""

    definition: Any
    legal_basis: str
    reason: str
    valid_from: date
    base_number: int


@atomic()
def revise_rules(actor: Actor, organ: Organ, wanted: Revision, *, now: datetime) -> int:
    """Return the number of the new version; sittings that are convened keep the one they were convened by."""
    row = db.session.scalar(sa.select(SittingRuleSet).where(SittingRuleSet.organ == organ).with_for_update())
    if row is None:
        raise NotFound()
    require(actor, Permission.RULESET_MANAGE)
    definition = parse(wanted.definition).as_data()
    latest = db.session.scalars(
        sa.select(SittingRuleVersion)
        .where(SittingRuleVersion.rule_set_id == row.id)
        .order_by(SittingRuleVersion.number.desc())
        .limit(1)
    ).one()
    _check(wanted, latest, definition, now)

    version = SittingRuleVersion(
        rule_set_id=row.id,
        number=latest.number + 1,
        valid_from=wanted.valid_from,
        definition=definition,
        legal_basis=typed(wanted.legal_basis, field="legal_basis", limit=300),
        reason=typed(wanted.reason, field="reason", limit=2_000),
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        written_at=now,
    )
    db.session.add(version)
    event = SittingRulesRevised(organ.value, version.number, version.valid_from, digest(definition))
    record(event, actor=actor, now=now)
    return version.number


def _check(wanted: Revision, latest: SittingRuleVersion, definition: dict[str, Any], now: datetime) -> None:
    if wanted.base_number != latest.number:
        raise Conflict(N_("A colleague has revised this rule set in the meantime. Reload the page."), code="stale")
    if wanted.valid_from < max(local_day(now), latest.valid_from):
        raise Invalid(
            N_("A revision holds from today or a later day, and not before the version it replaces."),
            code="valid_from",
            field="valid_from",
        )
    if definition == parse(latest.definition).as_data() and wanted.legal_basis.strip() == latest.legal_basis:
        raise Invalid(N_("This says the same as the version in force: nothing to revise."), code="same")
