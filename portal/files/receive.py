"""Receive a file in pieces: where the network was cut one goes on from what has been acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from portal.db import atomic, db, upsert
from portal.files.models import Upload
from portal.files.rules import NAME_LIMIT, PIECE_LIMIT, UNFINISHED_LIMIT, check_size
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.text import CONTROL
from portal.kernel.words import N_


@dataclass(frozen=True)
class Progress:
    """How far a file has come."""

    id: int
    received: int
    size: int
    name: str
    purpose: str
    client_key: str

    @property
    def is_whole(self) -> bool:
        """True if every piece is here."""
        return self.received == self.size


class OutOfStep(Conflict):
    """A piece that does not begin where the last one ended; `received` says where to go on."""

    code = "out_of_step"
    default = N_("The file goes on from another place: it is being sent from there.")

    def __init__(self, received: int) -> None:
        super().__init__()
        self.received = received


@atomic()
def begin(actor: Actor, purpose: str, client_key: str, name: str, size: int, *, now: datetime) -> Progress:
    """Announce a file; announced before under the same key, it goes on from where it stopped."""
    if actor.person_id is None:
        raise Forbidden()
    check_size(size)
    if not 8 <= len(client_key) <= 64 or not client_key.isascii() or not client_key.isalnum():
        raise Invalid(N_("This form has lost its key. Open the page again."), code="client_key")
    _check_unfinished(actor, purpose, client_key)
    values = {
        "person_id": actor.person_id,
        "purpose": purpose,
        "client_key": client_key,
        "name": CONTROL.sub("", name)[-NAME_LIMIT * 2 :] or "-",
        "size": size,
        "received": 0,
        "touched_at": now,
    }
    insert = upsert(Upload).values(**values)
    known = ["person_id", "purpose", "client_key"]
    db.session.execute(insert.on_conflict_do_update(index_elements=known, set_={"touched_at": now}))
    row = _row(actor, Upload.purpose == purpose, Upload.client_key == client_key)
    if row.size != size:  # another file under the same key: begin it anew
        row.size, row.received = size, 0
    return _progress(row)


@atomic()
def add(actor: Actor, upload_id: int, offset: int, piece: bytes, *, store: Store, now: datetime) -> Progress:
    """Add a piece that begins at an offset; a piece that is here already changes nothing."""
    if len(piece) > PIECE_LIMIT:
        raise Invalid(N_("This piece of the file is too large."), code="piece_too_large", field="file")
    row = _row(actor, Upload.id == upload_id)
    here = min(row.received, store.received(row.id))  # after a crash of the machine less may be here than was told
    if offset + len(piece) <= here and offset >= 0:
        return _progress(row)
    if offset != here or offset + len(piece) > row.size:
        raise OutOfStep(here)
    store.write(row.id, offset, piece)
    row.received = offset + len(piece)
    row.touched_at = now
    return _progress(row)


@atomic()
def forget(actor: Actor, upload_id: int, *, store: Store) -> None:
    """The file is kept or given up: its pieces are not needed any more."""
    row = _row(actor, Upload.id == upload_id)
    db.session.delete(row)
    store.drop_part(upload_id)


def progress(actor: Actor, upload_id: int, store: Store) -> Progress:
    """How far a file has come, by what is here."""
    row = db.session.execute(
        sa.select(Upload).where(Upload.id == upload_id, Upload.person_id == actor.person_id)
    ).scalar_one_or_none()
    if row is None:
        raise NotFound()
    known = _progress(row)
    here = min(known.received, store.received(row.id))
    return Progress(known.id, here, known.size, known.name, known.purpose, known.client_key)


def _row(actor: Actor, *which: sa.ColumnElement[bool]) -> Upload:
    """An upload of one's own, locked; a stranger's finds nothing."""
    found = db.session.execute(
        sa.select(Upload)
        .where(Upload.person_id == actor.person_id, *which)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def _progress(row: Upload) -> Progress:
    return Progress(row.id, row.received, row.size, row.name, row.purpose, row.client_key)


def _check_unfinished(actor: Actor, purpose: str, client_key: str) -> None:
    others = sa.or_(Upload.purpose != purpose, Upload.client_key != client_key)
    count = db.session.execute(
        sa.select(sa.func.count()).select_from(Upload).where(Upload.person_id == actor.person_id, others)
    ).scalar_one()
    if count >= UNFINISHED_LIMIT:
        raise Conflict(
            N_("%(count)d files are still on their way: finish them first, or try again tomorrow."),
            code="too_many_uploads",
            count=count,
        )
