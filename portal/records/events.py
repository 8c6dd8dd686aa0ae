"""What happened to the records; stream `exports:reserved`."""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.events import Event


@dataclass(frozen=True)
class ReservedExportTaken(Event):
    """Somebody took a file of the reserved profile with them."""

    STREAM = "exports:reserved"
    form: str
    what: str
