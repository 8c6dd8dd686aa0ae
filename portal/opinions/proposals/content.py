"""What the fingerprint of the Forum's document covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.opinions.proposals.models import Paper, PaperItem


def paper_content(row: Paper, items: Sequence[PaperItem]) -> dict[str, Any]:
    """The words of a version and of its items, in order."""
    said = [
        {
            "number": one.number,
            "key": one.key,
            "title": one.title,
            "text": one.text,
            "reason": one.reason,
            "axis": one.axis_code,
        }
        for one in items
    ]
    return {"version": row.number, "title": row.title, "preamble": row.preamble, "items": said}
