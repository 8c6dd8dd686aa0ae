"""What everybody reads: the list of opinions, and the home of one with its path."""

from __future__ import annotations

from flask import render_template

from portal.forum import queries as forum
from portal.kernel.permissions import Permission, can
from portal.opinions.requests import queries
from portal.opinions.requests.standing import standing
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.requests.blueprint import bp, reasons, rooms, ruler, shown
from portal.web.requests.steps import steps


@bp.get("/forum/pareri")
@access(Permission.PUBLIC_READ)
@public_page
def index() -> str:
    """All requests, latest first."""
    rows = [(row, standing(row.id, now())) for row in queries.requests()]
    keys = {row.id: row.key for row in forum.forums()}
    return render_template("requests/index.html", rows=rows, keys=keys)


@bp.get("/forum/pareri/<int:number>")
@access(Permission.PUBLIC_READ)
@public_page
def opinion(number: int) -> str:
    """The home of an opinion."""
    found = shown(number)
    edition = next((one for one in editions.shelf().editions if one.version_id == found.row.version_id), None)
    answers = list(queries.answers(number).values())
    return render_template(
        "requests/opinion.html",
        found=found,
        row=found.row,
        stands=found.stands,
        steps=steps(found),
        reasons=reasons(found.stands),
        rooms=rooms(number).values(),
        ruler=ruler(found),
        remarks=queries.remarks(number) if found.stands.transmitted_at else [],
        answers=answers,
        counts=queries.counts(answers),
        head=queries.record_head(number),
        scope=editions.address(edition) if edition else None,
        works=can(current_actor(), Permission.FORUM_WATCH),
    )
