"""Keep a file with the act that it belongs to."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic, db, upsert
from portal.files.examine import Examined
from portal.files.models import StoredFile
from portal.files.store import Store


@atomic()
def keep(store: Store, found: Examined, *, now: datetime) -> str:
    """Store what was examined, once however often it comes, and return its fingerprint.

    The row comes first and is held until the commit, so that nobody collects the file meanwhile.
    """
    values = {"sha256": found.sha256, "kind": found.kind, "size": found.size, "stored_at": now}
    insert = upsert(StoredFile).values(**values)
    again = insert.on_conflict_do_update(index_elements=["sha256"], set_={"unused_since": None})
    db.session.execute(again)
    store.put(found.clean, found.sha256)
    return found.sha256
