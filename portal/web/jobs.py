"""The dispatch log: what was written to whom, and whether it left. Subjects only: texts may hold sign-in addresses."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.jobs import queries
from portal.kernel.permissions import Permission
from portal.web.door import access, now
from portal.web.numbers import asked

bp = Blueprint("jobs", __name__, url_prefix="/segreteria/posta")
PAGE = 50


@bp.get("")
@access(Permission.DISPATCH_READ)
def index() -> str:
    """The newest messages, to everybody or to one address."""
    recipient = request.args.get("a", "")[:254]
    before = asked("prima")
    found = queries.messages(recipient, before=before, limit=PAGE + 1)
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "jobs/index.html",
        lines=found[:PAGE],
        waiting=queries.waiting(now()),
        recipient=recipient,
        older=older,
        first=before is None,
    )
