"""Reading about files: what is kept, and whether it is still what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from portal.db import db
from portal.files.models import StoredFile
from portal.files.rules import FileKind
from portal.files.store import Store


@dataclass(frozen=True)
class Wrong:
    """A file that is missing or not what its fingerprint says."""

    sha256: str
    is_missing: bool


@dataclass(frozen=True)
class Totals:
    """How many files are kept, and how large they are together."""

    count: int
    size: int


def totals() -> Totals:
    """What the installation keeps."""
    count, size = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(StoredFile.size), 0)).select_from(StoredFile)
    ).one()
    return Totals(count, size)


def kind_of(sha256: str) -> FileKind:
    """What a kept file is."""
    return db.session.execute(sa.select(StoredFile.kind).where(StoredFile.sha256 == sha256)).scalar_one()


def wrong(store: Store) -> Iterator[Wrong]:
    """Every kept file whose content is missing or was changed, by reading all of them."""
    for sha256 in db.session.execute(sa.select(StoredFile.sha256).order_by(StoredFile.sha256)).scalars():
        path = store.path(sha256)
        if not path.is_file():
            yield Wrong(sha256, True)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield Wrong(sha256, False)
