"""Art. 12-13: what the table holds, counted apart: submissions, remarks, requests, bodies, and the residents once."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portal.comments.models import Comment, Consultation
from portal.db import db
from portal.drafting.inbox import Filters, admitted, group_of_remark, narrowed
from portal.kernel.actor import Actor
from portal.territory import queries as territory
from portal.territory.queries import SnapshotRow
from portal.territory.rules import Represented


@dataclass(frozen=True)
class Counts:
    """Figures that are never added to each other: each is of another thing."""

    submissions: int
    remarks: int
    requests: int  # remarks, those of one group of duplicates counted once
    bodies: int
    represented: Represented | None
    snapshot: SnapshotRow | None


def counts(actor: Actor, by: Filters) -> Counts:
    """Of the admitted remarks that the filters ask for; residents by the snapshot of the latest consultation."""
    columns = [
        sa.func.count(sa.distinct(Comment.submission_id)),
        sa.func.count(),
        sa.func.count(sa.distinct(sa.func.coalesce(group_of_remark(), -Comment.id))),
    ]
    submissions, remarks, requests = db.session.execute(narrowed(admitted(columns, actor), by)).one()
    spoke = narrowed(admitted([Comment.body_id, Consultation.id, Consultation.snapshot_id], actor), by).distinct()
    rows = db.session.execute(spoke).all()
    bodies = {body_id for body_id, _, _ in rows}
    if not rows:
        return Counts(submissions, remarks, requests, 0, None, None)
    _, snapshot_id = max((consultation_id, snapshot_id) for _, consultation_id, snapshot_id in rows)
    represented = territory.representativeness(snapshot_id, bodies)
    return Counts(submissions, remarks, requests, len(bodies), represented, territory.snapshot(snapshot_id))
