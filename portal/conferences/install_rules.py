"""Install the rule sets of sittings that come with the program; those that are there already stay as they are."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from portal.conferences.events import SittingRulesRevised
from portal.conferences.models import SittingRuleSet, SittingRuleVersion
from portal.conferences.rules import Organ
from portal.conferences.shipped import RULES, Shipped
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.permissions import Permission, require

STATUTE_IN_FORCE = date(2015, 6, 11)


@atomic()
def install_rules(actor: Actor, *, now: datetime) -> list[Organ]:
    """Return the bodies whose rule sets were missing."""
    require(actor, Permission.RULESET_MANAGE)
    known = set(db.session.execute(sa.select(SittingRuleSet.organ)).scalars())
    missing = [shipped for shipped in RULES if shipped.organ not in known]
    for shipped in missing:
        _install(actor, shipped, now)
    return [shipped.organ for shipped in missing]


def _install(actor: Actor, shipped: Shipped, now: datetime) -> None:
    row = SittingRuleSet(organ=shipped.organ)
    db.session.add(row)
    db.session.flush()
    version = SittingRuleVersion(
        rule_set_id=row.id,
        number=1,
        valid_from=STATUTE_IN_FORCE,
        definition=shipped.definition,
        legal_basis=shipped.legal_basis,
        reason="",
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        written_at=now,
    )
    db.session.add(version)
    fingerprint = digest(shipped.definition)
    record(SittingRulesRevised(shipped.organ.value, 1, version.valid_from, fingerprint), actor=actor, now=now)
