"""Take every row out of every table, within the caller's transaction."""

from __future__ import annotations

import sqlalchemy as sa

from portal.backup import rows
from portal.db import atomic, db
from portal.schema import METADATA


@atomic()
def empty() -> None:
    """References between rows of one table are cut first, so that the order of rows does not matter."""
    for table in reversed(METADATA.sorted_tables):
        parent = rows.own_parent(table)
        if parent is not None:
            db.session.execute(sa.update(table).values({parent: None}))
        db.session.execute(sa.delete(table))
    db.session.expunge_all()
