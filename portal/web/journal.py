"""Pages of the record: its chains, what stands in them, and whether they hold."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.journal import queries
from portal.journal.verify import verify
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access
from portal.web.numbers import asked

bp = Blueprint("journal", __name__, url_prefix="/segreteria/registro")
PAGE = 50


@bp.get("")
@access(Permission.JOURNAL_READ)
def index() -> str:
    """Every chain with its head; checked from the first entry to the last when asked."""
    checked = "controllo" in request.args
    return render_template(
        "journal/index.html", chains=queries.chains(), checked=checked, faults=verify() if checked else []
    )


@bp.get("/<stream>")
@access(Permission.JOURNAL_READ)
def stream(stream: str) -> str:
    """The entries of one chain, newest first."""
    before = asked("prima")
    found = queries.lines(stream, before=before, limit=PAGE + 1)
    if not found and before is None:
        raise NotFound()
    older = found[PAGE - 1].seq if len(found) > PAGE else None
    return render_template("journal/stream.html", stream=stream, lines=found[:PAGE], older=older, first=before is None)
