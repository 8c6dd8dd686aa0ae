"""Put an archive back: all of it, checked, or nothing."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from portal.backup import rows
from portal.backup.empty import empty
from portal.backup.guards import lifted
from portal.backup.manifest import Manifest, checked, chunks, damaged, opened, table_member, told
from portal.backup.write import BATCH, revision
from portal.db import atomic, db
from portal.journal.verify import verify
from portal.kernel.errors import Conflict
from portal.kernel.words import N_
from portal.schema import METADATA


def restore(path: Path, *, files: Path, force: bool = False) -> Manifest:
    """Read the whole archive first, then replace an empty database (any database with `force`) by what it holds."""
    with opened(path) as archive:
        manifest = checked(archive)
        _check_tables(manifest)
        _attachments(archive, manifest, files)
        _replace(archive, manifest, force=force)
    return manifest


def _check_tables(manifest: Manifest) -> None:
    expected = {table_member(table.name) for table in METADATA.sorted_tables}
    held = {member.name for member in manifest.members if member.rows is not None}
    here = revision()
    db.session.rollback()
    if manifest.revision != here or expected != held:
        raise Conflict(
            N_(
                "The archive was made by version %(program)s with tables at %(theirs)s; these are at %(ours)s. "
                "Restore it with that version, then upgrade."
            ),
            code="revision",
            program=manifest.program,
            theirs=manifest.revision,
            ours=here,
        )


@atomic()
def _replace(archive: zipfile.ZipFile, manifest: Manifest, *, force: bool) -> None:
    filled = [table.name for table in METADATA.sorted_tables if _count(table)]
    if filled and not force:
        raise Conflict(
            N_("The database is not empty: %(tables)s hold data. Use an empty one, or --force to replace everything."),
            code="not_empty",
            tables=", ".join(filled[:5]),
        )
    empty()
    with lifted():
        try:
            for table in METADATA.sorted_tables:
                _fill(table, archive)
        except (ValueError, SQLAlchemyError) as error:
            raise damaged(N_("The rows of the archive do not fit these tables: nothing was changed.")) from error
    _reset_sequences()
    _compare(manifest)


def _count(table: sa.Table) -> int:
    return db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _fill(table: sa.Table, archive: zipfile.ZipFile) -> None:
    """Insert in batches; where rows refer to rows of the same table, those referred to come first."""
    parent = rows.own_parent(table)
    with archive.open(table_member(table.name)) as file:
        values: Iterator[dict[str, Any]] = (rows.decode(line, list(table.columns)) for line in file)
        if parent is not None:
            values = _parents_first(list(values), parent.name)
        for batch in iter(lambda: list(itertools.islice(values, BATCH)), []):
            db.session.execute(sa.insert(table), batch)


def _parents_first(waiting: list[dict[str, Any]], parent: str) -> Iterator[dict[str, Any]]:
    placed: set[Any] = {None}
    while waiting:
        ready = [row for row in waiting if row[parent] in placed]
        if not ready:
            raise ValueError("rows refer to each other in a circle, or to none")
        yield from ready
        placed |= {row["id"] for row in ready}
        waiting = [row for row in waiting if row["id"] not in placed]


def _reset_sequences() -> None:
    if db.session.get_bind().dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            last = sa.select(sa.func.max(column)).scalar_subquery()
            db.session.execute(
                sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None))).where(
                    sequence.is_not(None)
                )
            )


def _compare(manifest: Manifest) -> None:
    said = {member.name: member.rows for member in manifest.members}
    for table in METADATA.sorted_tables:
        if _count(table) != said[table_member(table.name)]:
            raise damaged(N_("Not all rows of %(table)s could be restored: nothing was changed."), table=table.name)
    if {told(fault) for fault in verify(manifest.heads)} != set(manifest.faults):
        raise damaged(N_("The journal of the archive does not hold together: nothing was changed."))


def _attachments(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Attachments bear their hash as name: writing them twice changes nothing."""
    for member in manifest.members:
        if member.rows is not None:
            continue
        inside = PurePosixPath(member.name).relative_to("files")
        if ".." in inside.parts or inside.is_absolute():
            raise damaged(N_("The archive names a file outside its folder: %(name)s."), name=member.name)
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        with archive.open(member.name) as source, part.open("wb") as file:
            for chunk in chunks(source):
                file.write(chunk)
        part.replace(target)
