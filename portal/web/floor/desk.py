"""The desk of the floor, on a laptop or a phone: who speaks, who waits, whose turn it is; and each part by itself."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from portal.conferences import queries
from portal.conferences.floor import board
from portal.journal import hearing
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access, current_actor, now
from portal.web.floor.blueprint import bp

PANELS = {
    "intervento": "floor/_speaking.html",
    "coda": "floor/_queue.html",
    "banco": "floor/_desk.html",
    "spazi": "floor/_shares.html",
    "interventi": "floor/_speeches.html",
}


@bp.get("/sedute/<int:number>/parola")
@access(Permission.SITTING_WATCH)
def desk(number: int) -> str:
    """Everything of the floor on one page."""
    return render_template("floor/desk.html", panels=PANELS, **_seen(number))


@bp.get("/sedute/<int:number>/parola/riquadri/<names>")
@access(Permission.SITTING_WATCH)
def panels(number: int, names: str) -> Response:
    """Some parts as they stand now: `coda,spazi`."""
    wanted = names.split(",")
    if not set(wanted) <= PANELS.keys():
        raise NotFound()
    drawn = render_template("floor/_panels.html", panels={name: PANELS[name] for name in wanted}, **_seen(number))
    return Response(drawn, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _seen(number: int) -> dict[str, Any]:
    """The head of the stream is read first: what comes meanwhile is told again, and nothing is missed."""
    actor, seen = current_actor(), hearing.head(f"sitting:{number}")
    return {
        "row": queries.sitting(actor, number),
        "board": board.floor_board(actor, number, now()),
        "speeches": board.speeches(actor, number, now()),
        "seen": seen,
        "back": "parola",
    }
