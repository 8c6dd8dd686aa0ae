"""Take every row out of every table, within the caller's transaction."""

from __future__ import annotations

import sqlalchemy as sa

from portal.backup.guards import lifted
from portal.db import atomic, db
from portal.schema import METADATA


@atomic()
def empty() -> None:
    """Children first; rows that refer to rows of the same table go with them, in one statement."""
    with lifted():
        for table in reversed(METADATA.sorted_tables):
            db.session.execute(sa.delete(table))
    db.session.expunge_all()
