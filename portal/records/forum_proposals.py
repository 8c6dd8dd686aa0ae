"""The Forum's proposals, its document and what the plan answers to it, as rows of files (art. 14 c.2-3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from portal.opinions.proposals.coverage import Matrix
from portal.opinions.proposals.rows import PaperRow, ProposalRow
from portal.opinions.proposals.rules import Degree, standing
from portal.records.export import safe_cell

PROPOSAL_HEADS = (
    "number", "forum", "body", "body_name", "title", "text", "reason", "text_sha256", "stage", "vote", "sent_on",
    "register", "agenda_term", "agenda_on", "agenda_days_late", "agenda_reference", "decision_term", "decided_on",
    "decision_days_late", "overdue", "answer", "decision_act", "decision_reason", "withdrawn_at", "withdrawn_reason",
)  # fmt: skip
COVERAGE_HEADS = ("item", "title", "axis", "item_degree", "action", "degree", "reason")


def proposals(found: Iterable[ProposalRow], now: datetime) -> list[dict[str, Any]]:
    """One row a proposal, oldest first."""
    return [_proposal(row, now) for row in sorted(found, key=lambda row: row.number)]


def _proposal(row: ProposalRow, now: datetime) -> dict[str, Any]:
    stands = standing(row.facts, now)
    agenda, decision = stands.terms or (None, None)
    values = (
        row.number, row.forum.value, row.body_key, row.body_name, row.title, row.text, row.reason, row.text_hash,
        stands.stage.value, row.poll_id, row.sent_on, row.sent_register, agenda and agenda.last_day, row.agenda_on,
        agenda and agenda.late, row.agenda_reference, decision and decision.last_day, row.decided_on,
        decision and decision.late, stands.overdue, row.answer and row.answer.value, row.decision_act,
        row.decision_reason, row.withdrawn_at, row.withdrawn_reason,
    )  # fmt: skip
    return dict(zip(PROPOSAL_HEADS, values, strict=True))


def coverage(matrix: Matrix, codes: dict[int, str]) -> list[dict[str, Any]]:
    """One row for each action that answers to an item; one for an item to which none does."""
    found = []
    for line in matrix.lines:
        item, degree = line.item, line.degree.value if line.degree else "not_looked_at"
        cells: list[tuple[str | None, str | None, str]] = [
            (codes.get(one.action_id), one.degree.value, one.reason) for one in line.cells
        ]
        for cell in cells or [(None, None, line.why_none)]:
            values = (item.number, item.title, item.axis_code, degree, *cell)
            found.append(dict(zip(COVERAGE_HEADS, values, strict=True)))
    return found


def head(row: PaperRow, matrix: Matrix, version_id: int, number: int, title: str) -> dict[str, Any]:
    """Which document against which version of the plan, and how many items are what."""
    return {
        "forum": row.forum.value,
        "document": {"version": row.number, "title": row.title, "adopted_on": row.adopted_on, "sha256": row.sha256},
        "plan": {"version_id": version_id, "number": number, "title": title},
        "items": matrix.items,
        "covered": matrix.counts[Degree.COVERED],
        "partly": matrix.counts[Degree.PARTLY],
        "not_covered": matrix.counts[Degree.NOT_COVERED],
        "not_looked_at": matrix.counts[None],
    }


def as_csv(heads: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    """A sheet with the names of its columns; cells that a spreadsheet could take for formulas are guarded."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(heads)
    out.writerows([_cell(row[name]) for name in heads] for row in rows)
    return "\ufeff" + text.getvalue()


def _cell(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return safe_cell(value)
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
    return value
