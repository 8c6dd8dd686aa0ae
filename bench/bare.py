"""What a vote is held against: one row and its commit, by plain SQL and through the ORM, on a route and on a socket."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from portal.db import Instant, db

BARE_INSERT, BARE_ORM = "/-/bare-insert", "/-/bare-orm"
BARE_EVENT = "bare"


class _Beside(DeclarativeBase):
    """Tables that no migration knows."""


class _Row(_Beside):
    """As wide as a ballot."""

    __tablename__ = "bench_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll: Mapped[int]
    seat: Mapped[int]
    choice: Mapped[str] = mapped_column(sa.String(40))
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(Instant)


class WithInsert:
    """Answers the bare routes from a Flask application that does nothing else, and passes everything else on."""

    def __init__(self, inner: Any, beside: Flask) -> None:
        self._inner, self._beside = inner, beside

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """One request."""
        return (self._beside if environ["PATH_INFO"] in {BARE_INSERT, BARE_ORM} else self._inner)(environ, start)


def _values() -> dict[str, Any]:
    key = secrets.token_hex(16)
    return {"poll": 1, "seat": 1, "choice": "yes", "key": key, "hash": 2 * key, "at": datetime.now(UTC)}


def add_bare_insert(app: Flask) -> None:
    """Put the routes in front of the application, with a table of its own."""
    beside = Flask("beside")
    with app.app_context():
        engine = db.engine.execution_options(write=True)
        _Beside.metadata.create_all(engine)

    statement = sa.insert(_Row.__table__)  # type: ignore[arg-type]

    @beside.post(BARE_INSERT)
    def insert() -> tuple[str, int]:
        with engine.connect() as connection:
            connection.execute(statement, _values())
            connection.commit()
        return "", 204

    @beside.post(BARE_ORM)
    def through_orm() -> tuple[str, int]:
        with Session(engine) as session:
            session.add(_Row(**_values()))
            session.commit()
        return "", 204

    app.wsgi_app = WithInsert(app.wsgi_app, beside)  # type: ignore[method-assign, assignment]


def add_bare_event(app: Flask) -> None:
    """Let sockets insert a row and commit by themselves, with nothing around it but Flask-SocketIO."""
    with app.app_context():
        engine = db.engine.execution_options(write=True)
        _Beside.metadata.create_all(engine)
    statement = sa.insert(_Row.__table__)  # type: ignore[arg-type]

    def insert(_data: Any) -> dict[str, bool]:
        with engine.connect() as connection:
            connection.execute(statement, _values())
            connection.commit()
        return {"ok": True}

    app.extensions["hub"].sockets.on_event(BARE_EVENT, insert)
