"""Write an archive of everything, as it is at one instant."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from portal.backup import rows
from portal.backup.manifest import NAME, Hashing, Manifest, Member, checked, chunks, opened, table_member, told
from portal.db import db
from portal.journal import verify
from portal.schema import METADATA

BATCH = 500


def write(path: Path, *, files: Path, program: str, now: datetime) -> Manifest:
    """Write the archive beside its name, read it again, and only then give it its name."""
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                _one_instant()
                members = (*_tables(archive), *_attachments(archive, files))
                manifest = Manifest(
                    program=program,
                    revision=revision(),
                    made_at=now.isoformat(),
                    members=members,
                    heads=tuple(verify.heads()),
                    faults=tuple(told(fault) for fault in verify.verify()),
                )
                archive.writestr(NAME, manifest.encode())
            file.flush()
            os.fsync(file.fileno())
        with opened(part) as archive:
            checked(archive)
        part.replace(path)
    finally:
        db.session.rollback()
        part.unlink(missing_ok=True)
    return manifest


def _one_instant() -> None:
    """All tables are read in one transaction that sees none of what is written meanwhile."""
    session = db.session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def revision() -> str:
    """The migration that the database stands at."""
    version = sa.table("alembic_version", sa.column("version_num", sa.String))
    return str(db.session.execute(sa.select(version.c.version_num)).scalar_one())


def _tables(archive: zipfile.ZipFile) -> Iterator[Member]:
    for table in METADATA.sorted_tables:
        name = table_member(table.name)
        query = sa.select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
        with archive.open(name, "w", force_zip64=True) as file:
            out = Hashing(file)
            for row in db.session.execute(query):
                out.write(rows.encode(row))
        yield out.member(name, is_table=True)


def _attachments(archive: zipfile.ZipFile, folder: Path) -> Iterator[Member]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = f"files/{path.relative_to(folder).as_posix()}"
        with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as file:
            out = Hashing(file)
            for chunk in chunks(source):
                out.write(chunk)
        yield out.member(name, is_table=False)
