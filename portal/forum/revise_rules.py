"""Revise how a Forum works: a new version from a day on, with its legal basis and the reason; the old ones stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import atomic, db
from portal.forum import locked
from portal.forum.events import ForumRulesRevised
from portal.forum.models import ForumRuleVersion
from portal.forum.ruleset import parse
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Invalid
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
def revise_rules(actor: Actor, forum_id: int, wanted: Revision, *, now: datetime) -> int:
    """Return the number of the new version; terms that run already keep the days they were given."""
    require(actor, Permission.RULESET_MANAGE)
    forum = locked.forum(forum_id)
    definition = parse(wanted.definition).as_data()
    latest = db.session.scalars(
        sa.select(ForumRuleVersion)
        .where(ForumRuleVersion.forum_id == forum.id)
        .order_by(ForumRuleVersion.number.desc())
        .limit(1)
    ).one()
    _check(wanted, latest, definition, now)
    version = ForumRuleVersion(
        forum_id=forum.id,
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
    record(ForumRulesRevised(forum.id, version.number, version.valid_from, digest(definition)), actor=actor, now=now)
    return version.number


def _check(wanted: Revision, latest: ForumRuleVersion, definition: dict[str, Any], now: datetime) -> None:
    if wanted.base_number != latest.number:
        raise Conflict(N_("A colleague has revised these rules in the meantime. Reload the page."), code="stale")
    if wanted.valid_from < max(local_day(now), latest.valid_from):
        raise Invalid(
            N_("A revision holds from today or a later day, and not before the version it replaces."),
            code="valid_from",
            field="valid_from",
        )
    if definition == parse(latest.definition).as_data() and wanted.legal_basis.strip() == latest.legal_basis:
        raise Invalid(N_("This says the same as the version in force: nothing to revise."), code="same")
