"""Run migrations with the application's own engine; on SQLite with foreign keys off, and checked before the commit."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from portal.db import db
from portal.schema import METADATA


class BrokenReferences(RuntimeError):
    """A migration left rows that point at nothing; it was rolled back."""


def run() -> None:
    """Upgrade or downgrade in one transaction."""
    with db.engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if lite:
            _foreign_keys(connection, "OFF")
        try:
            _migrate(connection, lite)
        finally:
            if lite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Speak to the driver itself: inside a transaction SQLite ignores this."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def _migrate(connection: Connection, lite: bool) -> None:
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=lite, compare_type=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()
        if lite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise BrokenReferences(f"rows without their parent: {broken[:5]}")


if context.is_offline_mode():
    raise RuntimeError(f"{current_app.name} migrates a running database, not a script")
run()
