"""What a discussion gives to the opinion: tables with approved notes and proposals, and how statements were weighed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.kernel.clock import now as present
from portal.opinions.deliberation import queries
from portal.opinions.deliberation.results import content as counted
from portal.opinions.deliberation.results import results
from portal.opinions.deliberation.rows import TableRow


def content(request_id: int, now: datetime | None = None) -> dict[str, Any]:
    """Plain values for the document; empty where there was no discussion."""
    at = now or present()
    found = queries.discussion(request_id, at)
    if found is None:
        return {}
    weighed = results(request_id, at)
    return {
        "begins_at": found.begins_at.isoformat(),
        "ends_at": found.ends_at.isoformat(),
        "sha256": found.sha256,
        "tables": [_table(request_id, row) for row in queries.tables(request_id)],
        "weighing": counted(weighed) if weighed else None,
    }


def _table(request_id: int, row: TableRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "section": row.section,
        "coordinator": row.coordinator,
        "members": [one.name for one in queries.members(row.id)],
        "notes": [{"day": one.held_on.isoformat(), "text": one.text} for one in queries.notes(row.id)],
        "proposals": [
            {"number": one.number, "by": one.body, "request": one.request, "reason": one.reason}
            for one in queries.proposals(request_id, table=row.number)
        ],
    }
