"""The desk of minutes: every call that was held, and what is still to be done about it."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.minutes import desk_queries
from portal.conferences.minutes.rules import MinutesState
from portal.kernel.permissions import Permission
from portal.records.minutes import draw
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, current_actor, now
from portal.web.minutes.blueprint import bp


@bp.get("/segreteria/verbali")
@access(Permission.CONFERENCE_WATCH)
def desk() -> str:
    """Latest first."""
    return render_template("minutes/desk.html", rows=desk_queries.held(current_actor()))


@bp.get("/scrivania/verbali")
@access(Permission.MINUTES_SIGN)
def to_sign() -> str:
    """What whoever presides, or the secretary general, has still to sign."""
    rows = [row for row in desk_queries.held(current_actor()) if row.state is MinutesState.DRAFT]
    return render_template("minutes/to_sign.html", rows=rows)


@bp.post("/sedute/<int:number>/verbale/<int:call>/redazione")
@access(Permission.MINUTES_WRITE)
def draw_up(number: int, call: int) -> Response:
    """Write them now, where nobody has heard yet that the call ended."""
    return at_once(
        lambda: draw.write(current_actor(), number, call, now=now()),
        url_for(".desk"),
        gettext("The minutes are drawn up."),
    )
