"""The bare route a vote is held against: Flask, one row inserted, one commit, on the same server and database."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from portal.db import Instant, db

BARE_INSERT = "/-/bare-insert"
_TABLES = sa.MetaData()
_ROW = sa.Table(
    "bench_row",
    _TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("poll", sa.Integer, nullable=False),
    sa.Column("seat", sa.Integer, nullable=False),
    sa.Column("choice", sa.String(40), nullable=False),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("at", Instant, nullable=False),
)


class WithInsert:
    """Answers `/-/bare-insert` from a Flask application that does nothing else, and passes everything else on."""

    def __init__(self, inner: Any, beside: Flask) -> None:
        self._inner, self._beside = inner, beside

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """One request."""
        return (self._beside if environ["PATH_INFO"] == BARE_INSERT else self._inner)(environ, start)


def add_bare_insert(app: Flask) -> None:
    """Put the route in front of the application, with a table of its own."""
    beside = Flask("beside")
    with app.app_context():
        engine = db.engine
        _TABLES.create_all(engine)

    @beside.post(BARE_INSERT)
    def insert() -> tuple[str, int]:
        values = {"poll": 1, "seat": 1, "choice": "yes", "key": secrets.token_hex(16), "at": datetime.now(UTC)}
        with engine.connect().execution_options(write=True) as connection:
            connection.execute(sa.insert(_ROW), values)
            connection.commit()
        return "", 204

    app.wsgi_app = WithInsert(app.wsgi_app, beside)  # type: ignore[method-assign, assignment]
