"""Set up the two Forums with the rules that come with the program; one that is there already stays as it is."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.forum.events import ForumRulesRevised
from portal.forum.models import Forum, ForumRuleVersion
from portal.forum.rules import ForumKey
from portal.forum.ruleset import ForumRules
from portal.forum.shipped import LEGAL_BASIS, STATUTE_IN_FORCE
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.canonical import digest
from portal.kernel.permissions import Permission, require


@atomic()
def install(actor: Actor, *, now: datetime) -> list[ForumKey]:
    """Return the Forums that had no rules yet."""
    require(actor, Permission.RULESET_MANAGE)
    known = {row.key: row for row in db.session.scalars(sa.select(Forum))}
    ruled = set(db.session.scalars(sa.select(ForumRuleVersion.forum_id)))
    missing = [key for key in ForumKey if key not in known or known[key].id not in ruled]
    for key in missing:
        _install(actor, known.get(key) or Forum(key=key, made_at=now), now)
    return missing


def _install(actor: Actor, forum: Forum, now: datetime) -> None:
    db.session.add(forum)
    db.session.flush()
    definition = ForumRules().as_data()
    version = ForumRuleVersion(
        forum_id=forum.id,
        number=1,
        valid_from=STATUTE_IN_FORCE,
        definition=definition,
        legal_basis=LEGAL_BASIS[forum.key],
        person_id=actor.person_id,
        mandate_id=actor.acting.mandate_id if actor.acting else None,
        written_at=now,
    )
    db.session.add(version)
    record(ForumRulesRevised(forum.id, 1, version.valid_from, digest(definition)), actor=actor, now=now)
