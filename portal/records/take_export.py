"""Take a reserved file away: who did, and when, stands in the journal before the first line is handed out."""

from __future__ import annotations

from datetime import datetime

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, require
from portal.records.columns import Format
from portal.records.events import ReservedExportTaken


@atomic()
def take_export(actor: Actor, form: Format, *, now: datetime) -> None:
    """Write down that the remarks were exported with names and what is hidden.

    Reg. (EU) 2016/679 art. 5 and 32: files with personal data leave a trace.
    """
    require(actor, Permission.EXPORT_RESERVED)
    record(ReservedExportTaken(form.value, "remarks"), actor=actor, now=now)
