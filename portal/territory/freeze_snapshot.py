"""Freeze a population snapshot: a procedure counts with it from now on."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require
from portal.territory.events import SnapshotFrozen
from portal.territory.models import PopulationSnapshot


@atomic()
def freeze_snapshot(actor: Actor, snapshot_id: int, *, now: datetime) -> None:
    """Keep the figures as they are for good; freezing twice changes nothing."""
    require(actor, Permission.TERRITORY_MANAGE)
    snapshot = db.session.scalar(
        sa.select(PopulationSnapshot).where(PopulationSnapshot.id == snapshot_id).with_for_update()
    )
    if snapshot is None:
        raise NotFound()
    if snapshot.frozen_at is None:
        snapshot.frozen_at = now
        record(SnapshotFrozen(snapshot.id), actor=actor, now=now)
