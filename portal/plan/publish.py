"""Publish a draft version: from then on its text never changes (art. 32 c.1)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.plan.events import VersionPublished
from portal.plan.models import PlanVersion
from portal.plan.rules import VERSION_MACHINE, VersionState


@atomic()
def publish(actor: Actor, version_id: int, *, now: datetime) -> PlanVersion:
    """Make a draft the public text of its plan; the version published before is superseded."""
    version = db.session.scalar(sa.select(PlanVersion).where(PlanVersion.id == version_id).with_for_update())
    if version is None:
        raise NotFound()
    require(actor, Permission.PLAN_PUBLISH)

    state = VERSION_MACHINE.advance(version.state, VersionState.PUBLISHED)
    earlier = db.session.scalar(
        sa.select(PlanVersion)
        .where(PlanVersion.plan_id == version.plan_id, PlanVersion.state == VersionState.PUBLISHED)
        .with_for_update()
    )
    if earlier:
        earlier.state = VERSION_MACHINE.advance(earlier.state, VersionState.SUPERSEDED)
    version.state, version.published_at = state, now
    version.plan.title = version.title

    superseded = earlier.id if earlier else None
    facts = (version.plan_id, version.id, version.number, version.text_hash, superseded)
    record(VersionPublished(*facts), actor=actor, now=now)
    return version
