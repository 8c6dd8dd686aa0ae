"""Rows as lines of JSON that both databases can read: instants in UTC, enums by value."""

from __future__ import annotations

import enum
import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from portal.db import Instant


def encode(row: sa.Row[Any]) -> bytes:
    """One line."""
    return (json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value


def decode(line: bytes, columns: list[sa.Column[Any]]) -> dict[str, Any]:
    """The values of one line, by column, ready to be inserted."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError("a row with another number of values")
    return {column.name: _typed(value, column.type) for column, value in zip(columns, values, strict=True)}


def _typed(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    if isinstance(kind, sa.JSON):
        return sa.null() if value is None and kind.none_as_null else value
    if value is None:
        return None
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return kind.enum_class(value)
    return value


def own_parent(table: sa.Table) -> sa.Column[Any] | None:
    """The column by which rows of a table refer to other rows of it, if there is one."""
    for column in table.columns:
        if any(key.column.table is table for key in column.foreign_keys):
            return column
    return None
