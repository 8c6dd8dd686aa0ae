"""The page of the cockpit and its panels, each also by itself for a page that is open."""

from __future__ import annotations

from flask import Response, get_flashed_messages, render_template, url_for

from portal.conferences import queries
from portal.conferences.rules import SittingState
from portal.journal import hearing
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.web.cockpit.blueprint import bp
from portal.web.cockpit.panels import COLUMNS, KINDS, PANELS, Desk
from portal.web.door import access, current_actor, now
from portal.web.numbers import asked

LEAST_SECONDS = 5  # a page without scripts may be asked to come back by itself, but not more often


@bp.get("/sedute/<int:number>/regia")
@access(Permission.SITTING_WATCH)
def cockpit(number: int) -> str:
    """Everything that whoever conducts a sitting needs, in one window."""
    desk, seconds = _desk(number), asked("ogni")
    told: list[tuple[str, str]] = list(get_flashed_messages(with_categories=True))  # type: ignore[arg-type]
    return render_template(
        "cockpit/cockpit.html",
        row=desk.row,
        desk=desk,
        columns=COLUMNS,
        panels=PANELS,
        kinds=KINDS,
        again=max(seconds, LEAST_SECONDS) if seconds else None,
        out=_out(number),
        said=" ".join(words for _category, words in told),
        bad=any(category == "error" for category, _words in told),
    )


@bp.get("/sedute/<int:number>/regia/riquadri/<names>")
@access(Permission.SITTING_WATCH)
def panels(number: int, names: str) -> Response:
    """Some panels as they stand now: `parola,ordine`."""
    wanted = names.split(",")
    if not set(wanted) <= PANELS.keys():
        raise NotFound()
    desk = _desk(number)
    drawn = render_template("cockpit/_panels.html", row=desk.row, desk=desk, panels=[PANELS[name] for name in wanted])
    return Response(drawn, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _desk(number: int) -> Desk:
    """The head of the stream is read first: what comes while the page is drawn is told again, and nothing is missed."""
    actor, seen = current_actor(), hearing.head(f"sitting:{number}")
    row = queries.sitting(actor, number)
    if row.state is SittingState.PLANNED:
        raise NotFound()  # nobody has been called yet: there is nothing to conduct
    return Desk(actor, row, now(), seen)


def _out(number: int) -> str:
    """Where one goes from the cockpit: to the desk of the sitting, or to its public page."""
    if can(current_actor(), Permission.CONFERENCE_WATCH):
        return url_for("conferences.manage", number=number)
    return url_for("conferences.sitting", number=number)
