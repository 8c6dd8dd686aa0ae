"""Install the rule sets that come with the program; those that are there already stay as they are."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.permissions import Permission, require
from portal.voting.events import RuleSetRevised
from portal.voting.models import RuleSetRow, RuleSetVersion
from portal.voting.shipped import RULES, STATUTE_IN_FORCE, Shipped


@atomic()
def install_rules(actor: Actor, *, now: datetime) -> list[str]:
    """Return the codes of those that were missing."""
    require(actor, Permission.RULESET_MANAGE)
    known = set(db.session.execute(sa.select(RuleSetRow.code)).scalars())
    missing = [shipped for shipped in RULES if shipped.code not in known]
    for shipped in missing:
        _install(actor, shipped, now)
    return [shipped.code for shipped in missing]


def _install(actor: Actor, shipped: Shipped, now: datetime) -> None:
    row = RuleSetRow(code=shipped.code, matter=shipped.matter, electorate=shipped.electorate)
    db.session.add(row)
    db.session.flush()
    version = RuleSetVersion(
        rule_set_id=row.id,
        number=1,
        valid_from=STATUTE_IN_FORCE,
        definition=shipped.definition,
        legal_basis=shipped.legal_basis,
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        written_at=now,
    )
    db.session.add(version)
    fingerprint = digest(shipped.definition)
    record(RuleSetRevised(row.id, row.code, 1, version.valid_from, fingerprint), actor=actor, now=now)
