"""What everybody reads: the list of requests, one request with its path, and its documents."""

from __future__ import annotations

from flask import render_template

from portal.conferences.rules import REPEAT_DAYS
from portal.kernel.permissions import Permission
from portal.opinions import queries
from portal.opinions.rules import ALARMS
from portal.opinions.standing import standing
from portal.web import editions
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.opinions.blueprint import bp, reasons, shown, target_of, targets
from portal.web.opinions.steps import steps


@bp.get("/pareri")
@access(Permission.PUBLIC_READ)
@public_page
def index() -> str:
    """All requests, latest first."""
    rows = queries.requests()
    return render_template("opinions/index.html", rows=[(row, standing(row.number, now())) for row in rows])


@bp.get("/pareri/<int:number>")
@access(Permission.PUBLIC_READ)
@public_page
def opinion(number: int) -> str:
    """One request: where it stands, what is still missing, its texts, sittings and votes."""
    found = shown(number)
    tied, polls = queries.sittings(number), queries.polls(number)
    known = targets(found.row.version_id)
    frozen = [text for text in found.texts if text.frozen_at]
    edition = next((e for e in editions.shelf().editions if e.version_id == found.row.version_id), None)
    return render_template(
        "opinions/opinion.html",
        found=found,
        row=found.row,
        stands=found.stands,
        course=found.stands.course,
        steps=steps(found, tied, polls),
        reasons=reasons(found.stands),
        text=frozen[-1] if frozen else None,
        earlier=frozen[:-1],
        places=[(one, target_of(one, known)) for one in frozen[-1].remarks] if frozen else [],
        sittings={one.number: one for one in tied},
        polls=polls,
        dissent=queries.dissent(number),
        documents=queries.documents(number),
        override=queries.override(number),
        head=queries.record_head(number),
        scope=editions.address(edition) if edition else {},
        works=queries.sees_texts(current_actor()),
        term=REPEAT_DAYS,
        alarms=ALARMS,
    )
