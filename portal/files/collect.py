"""Collect what nobody refers to: uploads that were given up, files without a use, files without a row.

A file is removed a day after the last reference to it has gone, so that a backup made meanwhile is whole.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.db import Base, atomic, db
from portal.files.models import StoredFile, Upload
from portal.files.rules import UNFINISHED_LIFE, UNUSED_LIFE
from portal.files.store import Store

BATCH = 200


def collect(store: Store, *, now: datetime) -> int:
    """Do all of it once; return how many files were removed."""
    mark_unused(now=now)
    return drop_uploads(store, now=now) + drop_unused(store, now=now) + _drop_strays(store, now)


@atomic()
def mark_unused(*, now: datetime) -> None:
    """Note since when nothing has referred to a file; forget it where something does again."""
    used = _is_used()
    files = sa.update(StoredFile).execution_options(synchronize_session=False)
    db.session.execute(files.where(used, StoredFile.unused_since.is_not(None)).values(unused_since=None))
    db.session.execute(files.where(~used, StoredFile.unused_since.is_(None)).values(unused_since=now))


@atomic()
def drop_unused(store: Store, *, now: datetime) -> int:
    """Remove files that have been of no use for a day; their rows are held meanwhile."""
    due = (
        sa.select(StoredFile)
        .where(StoredFile.unused_since <= now - UNUSED_LIFE, ~_is_used())
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = list(db.session.execute(due.execution_options(populate_existing=True)).scalars())
    for row in rows:
        db.session.delete(row)
        store.drop(row.sha256)
    return len(rows)


@atomic()
def drop_uploads(store: Store, *, now: datetime) -> int:
    """Remove files on their way that nobody has touched for a day."""
    due = sa.select(Upload).where(Upload.touched_at <= now - UNFINISHED_LIFE).limit(BATCH)
    rows = list(db.session.execute(due.with_for_update(skip_locked=True)).scalars())
    for row in rows:
        db.session.delete(row)
        store.drop_part(row.id)
    return len(rows)


def _is_used() -> sa.ColumnElement[bool]:
    """True where a row of any table refers to the file: tables of higher floors are found by their foreign keys."""
    sha256 = StoredFile.__table__.c.sha256
    uses = [
        sa.select(sa.literal(1)).where(key.parent == StoredFile.sha256).exists()
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is sha256
    ]
    return sa.or_(*uses) if uses else sa.false()


def _drop_strays(store: Store, now: datetime) -> int:
    """Files without a row are what an act left that did not come to its end."""
    old = [sha256 for sha256, since in store.all() if since <= now - UNUSED_LIFE]
    removed = 0
    for start in range(0, len(old), BATCH):
        some = old[start : start + BATCH]
        known = set(db.session.execute(sa.select(StoredFile.sha256).where(StoredFile.sha256.in_(some))).scalars())
        for sha256 in set(some) - known:
            store.drop(sha256)
            removed += 1
    db.session.rollback()
    return removed
