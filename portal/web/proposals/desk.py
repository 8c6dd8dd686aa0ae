"""The desk of proposals: what waits for the Forum's secretary, what the Council owes, what is being written."""

from __future__ import annotations

from flask import render_template

from portal.kernel.permissions import Permission
from portal.opinions.proposals import paper_queries, queries
from portal.opinions.proposals.rules import ProposalStage
from portal.web.door import access, current_actor
from portal.web.proposals.blueprint import Shown, bp, shown

_OVER = frozenset({ProposalStage.DECIDED, ProposalStage.WITHDRAWN})


@bp.get("/segreteria/forum/proposte")
@access(Permission.FORUM_WATCH)
def desk() -> str:
    """By how soon a term is over; what is over comes last."""
    rows = [shown(row) for row in queries.proposals(current_actor())]
    rows.sort(
        key=lambda one: (one.stands.stage in _OVER, one.stands.left is None, one.stands.left or 0, -one.row.number)
    )
    return render_template(
        "proposals/desk.html",
        rows=rows,
        supports=queries.support_counts(),
        papers=paper_queries.papers(current_actor()),
    )


def _urgency(one: Shown) -> tuple[bool, bool, int, int]:
    left = one.stands.left
    return one.stands.stage in _OVER, left is None, left or 0, -one.row.number
