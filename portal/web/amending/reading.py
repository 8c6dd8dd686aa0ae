"""The text for everybody, and the wordings that a section had before."""

from __future__ import annotations

from itertools import pairwise

from flask import render_template

from portal.comments.difference import difference
from portal.forms.amending import KindForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.opinions.amending import queries
from portal.opinions.amending.rules import AmendmentState, Phase
from portal.opinions.requests import queries as requests
from portal.web.amending.blueprint import bp, section_name, shown
from portal.web.amending.opening import missing
from portal.web.door import access, current_actor, fresh

CHANGES = 20  # wordings whose difference to the one before is worked out


@bp.get("/forum/pareri/<int:number>/testo")
@access(Permission.PUBLIC_READ)
def text(number: int) -> str:
    """The text, section by section; before it is open to all, that it is being written."""
    row = requests.request(number)
    try:
        found = shown(number)
    except NotFound:
        return render_template("amending/nothing.html", row=row, begun=queries.exists(number))
    amendments = queries.amendments(number) if found.page.opened_at else []
    return render_template(
        "amending/text.html",
        found=found,
        row=row,
        page=found.page,
        amendments=amendments,
        alive={one.id: [a for a in amendments if a.section_id == one.id] for one in found.page.sections},
        waiting=[one for one in amendments if one.state is AmendmentState.TO_VOTE],
        kind=fresh(KindForm, kind=found.page.kind.value) if found.drafts else None,
        missing=missing(found) if found.drafts else [],
    )


@bp.get("/forum/pareri/<int:number>/testo/sezioni/<int:section>/storia")
@access(Permission.PUBLIC_READ)
def history(number: int, section: int) -> str:
    """Every wording of a section, newest first, with what it changed in the one before."""
    found = shown(number)
    one = found.section(section)
    wordings = queries.wordings(current_actor(), number, section)
    changes = [difference(older.text, newer.text) for newer, older in pairwise(wordings[: CHANGES + 1])]
    reasons = [difference(older.reason, newer.reason) for newer, older in pairwise(wordings[: CHANGES + 1])]
    return render_template(
        "amending/history.html",
        found=found,
        row=found.row,
        section=one,
        name=section_name(one.role, one.label),
        wordings=wordings,
        changes=changes,
        reasons=reasons,
        public=found.phase is not Phase.DRAFT,
    )
