"""The database: typed base with named constraints, instants in UTC, and `atomic()`, the only place that commits."""

from __future__ import annotations

import enum
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.kernel.errors import Conflict

_WRITER = threading.Lock()
_MET_ANOTHER = {"23505", "40001", "40P01"}  # PostgreSQL: the same row made twice at once, a deadlock broken
P = ParamSpec("P")
R = TypeVar("R")


class Base(DeclarativeBase):
    """Every table; every constraint has a name that migrations and errors can cite."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False})


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both databases; a naive value is a bug and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_of(kind: type[enum.Enum], name: str) -> sa.Enum:
    """A column that holds the values of an enum, checked by the database under `name`."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda e: [m.value for m in e],
    )


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _on_begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _turn(dialect: str) -> AbstractContextManager[Any]:
    """SQLite has one writer at a time: the threads of this process wait in line here, instead of asking again."""
    return _WRITER if dialect == "sqlite" else nullcontext()


def atomic() -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Commit what the verb did as one whole, or nothing of it; a verb called by a verb joins the outer one."""

    def wrap(verb: Callable[P, R]) -> Callable[P, R]:
        @wraps(verb)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            session = db.session()
            if session.info.get("atomic"):
                return verb(*args, **kwargs)
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("something was changed outside a verb")
            session.rollback()
            with _turn(session.get_bind().dialect.name):
                session.connection(execution_options={"write": True})
                session.info["atomic"] = True
                try:
                    result = verb(*args, **kwargs)
                    session.commit()
                except sa.exc.DBAPIError as fault:
                    session.rollback()
                    if getattr(fault.orig, "sqlstate", None) in _MET_ANOTHER:
                        raise Conflict from fault
                    raise
                except BaseException:
                    session.rollback()
                    raise
                finally:
                    session.info.pop("atomic", None)
            return result

        return run

    return wrap


class Counter(Base):
    """Numbers given out one after the other, without gaps."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[int]


def next_numbers(name: str, how_many: int = 1) -> range:
    """Reserve numbers inside the running verb; they are given back if it fails."""
    last = db.session.execute(_counting(dialect()), {"name": name, "value": how_many}).scalar_one()
    return range(last - how_many + 1, last + 1)


def numbers_of(wanted: dict[str, int]) -> dict[str, range]:
    """The same from several counters in one statement, always in one order, so that nobody waits crosswise."""
    names = sorted(wanted)
    given = {f"name_{i}": name for i, name in enumerate(names)} | {f"value_{i}": wanted[n] for i, n in enumerate(names)}
    rows = db.session.execute(_counting_all(dialect(), len(names)), given)
    return {name: range(last - wanted[name] + 1, last + 1) for name, last in rows}


@cache
def _counting(_dialect: str) -> Any:
    insert = upsert(Counter)
    more = {"value": Counter.value + insert.excluded.value}
    return insert.on_conflict_do_update(index_elements=[Counter.name], set_=more).returning(Counter.value)


@cache
def _counting_all(_dialect: str, how_many: int) -> Any:
    wanted = (  # selected, as statements with several rows of values are built anew each time
        sa.select(sa.bindparam(f"name_{i}", type_=sa.String), sa.bindparam(f"value_{i}", type_=sa.Integer)).where(
            sa.true()
        )
        for i in range(how_many)
    )
    insert = upsert(Counter).from_select(["name", "value"], sa.union_all(*wanted))
    more = {"value": Counter.value + insert.excluded.value}
    return insert.on_conflict_do_update(index_elements=[Counter.name], set_=more).returning(Counter.name, Counter.value)


def dialect() -> str:
    """Which database is in use: `sqlite` or `postgresql`."""
    return str(db.session.get_bind().dialect.name)


def upsert(model: Any) -> Any:
    """An INSERT of the database in use, which offers ON CONFLICT; it goes past the objects the session holds."""
    insert = pg_insert if dialect() == "postgresql" else lite_insert
    return insert(model.__table__)
