"""The triggers that keep a public text as it is stand aside while all of it is put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from portal.db import db, dialect
from portal.schema import METADATA


@contextmanager
def lifted() -> Iterator[None]:
    """Within the caller's transaction: whoever else is connected meets them as ever."""
    if dialect() == "sqlite":
        found = db.session.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        _run(f'DROP TRIGGER "{name}"' for name, _ in found)
        yield
        _run(sql for _, sql in found)
        return
    names = [table.name for table in METADATA.sorted_tables]
    _run(f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in names)
    yield
    _run(f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in names)


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        db.session.connection().exec_driver_sql(statement)
