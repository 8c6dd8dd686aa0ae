"""Files: the proposals as CSV and JSON; the document and what the plan answers to it as PDF, CSV and JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template
from flask_babel import force_locale

from portal.kernel.actor import Actor
from portal.kernel.canonical import encode
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.opinions.proposals import paper_queries, queries
from portal.opinions.proposals.rows import PaperRow
from portal.records import forum_proposals
from portal.web import pdf
from portal.web.door import access, current_actor, now
from portal.web.limits import FILES, SUBMIT, limiter
from portal.web.proposals.blueprint import bp
from portal.web.proposals.matrix import drawn
from portal.web.proposals.papers import actions_of, chosen

LANGUAGE = "it"  # of the acts, whatever language the pages are read in
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


@bp.get("/forum/proposte.<form>")
@access(Permission.PUBLIC_READ)
@limiter.limit(FILES)
def proposals_file(form: str) -> Response:
    """Every proposal that was sent, with its terms and how late the Council was."""
    rows = forum_proposals.proposals(queries.proposals(Actor.anonymous()), now())
    return _sheet(form, "proposte-forum", forum_proposals.PROPOSAL_HEADS, rows, {"proposals": rows})


@bp.get("/forum/documento/<int:paper_id>.<form>")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def paper_file(paper_id: int, form: str) -> Response:
    """An adopted version: to print, or the very bytes whose SHA-256 stands on it."""
    row = _adopted(paper_id)
    if form == "json":
        return _sent(encode(paper_queries.content(row.id)), JSON, f"documento-forum-{row.number}", form)
    if form != "pdf":
        raise NotFound()
    with force_locale(LANGUAGE):
        html = render_template("proposals/print_paper.html", row=row, items=paper_queries.items(row.id))
    return _sent(pdf.document(html), "application/pdf", f"documento-forum-{row.number}", form)


@bp.get("/forum/documento/<int:paper_id>/copertura.<form>")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def matrix_file(paper_id: int, form: str) -> Response:
    """What the plan answers, item by item."""
    row, plan = _adopted(paper_id), chosen()
    name = f"copertura-documento-forum-{row.number}"
    if form == "pdf":
        with force_locale(LANGUAGE):
            html = render_template("proposals/print_matrix.html", **drawn(row, plan))
        return _sent(pdf.document(html), "application/pdf", name, form)
    if plan is None:
        raise NotFound()
    found = drawn(row, plan)["matrix"]
    rows = forum_proposals.coverage(found, {i: code for i, (code, _, _) in actions_of(plan).items()})
    head = forum_proposals.head(row, found, plan.version_id, plan.number, plan.title)
    return _sheet(form, name, forum_proposals.COVERAGE_HEADS, rows, {**head, "lines": rows})


def _adopted(paper_id: int) -> PaperRow:
    row = paper_queries.paper(current_actor(), paper_id)
    if row.adopted_on is None:
        raise NotFound()
    return row


def _sheet(form: str, name: str, heads: tuple[str, ...], rows: list[dict[str, Any]], whole: dict[str, Any]) -> Response:
    if form == "json":
        return _sent(encode({"demonstration": current_app.extensions["settings"].demo, **whole}), JSON, name, form)
    if form != "csv":
        raise NotFound()
    return _sent(forum_proposals.as_csv(heads, rows).encode(), CSV, name, form)


def _sent(content: bytes, kind: str, name: str, ending: str) -> Response:
    response = Response(content, content_type=kind)
    mark = "-dati-dimostrativi" if current_app.extensions["settings"].demo else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{mark}.{ending}"'
    return response
