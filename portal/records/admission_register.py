"""Statute art. 9 and 12: the register of admission as CSV: numbers, acts, reasons and instants, nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC

from portal.comments import register

PIECE = 32 * 1024


def lines() -> Iterator[str]:
    """The file in pieces, newest first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["remark", "decision", "reason_code", "decided_at"])
    for row in register.everything():
        at = row.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        writer.writerow([row.number, row.act.value, row.reason_code.value if row.reason_code else "", at])
        if buffer.tell() >= PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
