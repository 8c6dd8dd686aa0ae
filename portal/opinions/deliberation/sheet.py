"""The results of a discussion as CSV: a line for each statement as a whole, and one for each category that is told."""

from __future__ import annotations

import csv
import io

from portal.opinions.deliberation.results import Results, content

HEADS = (
    "statement", "text", "origin", "organisation", "state", "merged_into", "category", "answers", "agree", "disagree",
    "pass", "marks",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def lines(found: Results) -> str:
    """The file; what begins like a formula is kept from being one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in content(found)["statements"]:
        head = [one["number"], _plain(one["text"]), one["origin"], _plain(one["organisation"]), one["state"]]
        for cell in ({**one, "category": "all"}, *one["categories"]):
            figures = [cell[name] for name in ("category", "answers", "agree", "disagree", "pass")]
            writer.writerow([*head, one["merged_into"] or "", *figures, " ".join(one["marks"])])
    return buffer.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text
