"""What a delegate has before them: the item and the paragraph in question, then what they are asked and may do."""

from __future__ import annotations

from flask import render_template, request

from portal.conferences import queries as sittings
from portal.conferences.follow import queries
from portal.conferences.follow.queries import Own
from portal.conferences.queries import Announced
from portal.forms.base import CommandForm
from portal.journal import hearing
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access, current_actor, now
from portal.web.follow.blueprint import bp
from portal.web.follow.panels import PANELS, Here


@bp.get("/sedute/<int:number>/partecipa")
@access(Permission.SIGNED_IN)
def seat(number: int) -> str:
    """The page of one's seat, or some panels of it; for whoever holds none, what is missing and what to do."""
    wanted = request.args.get("riquadri", "").split(",")
    return page(number, [name for name in PANELS if name in wanted])


def page(number: int, parts: list[str] | None = None, *, help_form: CommandForm | None = None) -> str:
    """The same with a form that was sent and could not be carried out."""
    actor = current_actor()
    seen = hearing.head(f"sitting:{number}")  # first: what happens while the rest is read is told twice, never missed
    own = queries.own(actor, number)
    found = _announced(actor, number, own)
    if found is None or not own.takes_part or own.place is None:
        return render_template("follow/why.html", number=number, own=own, found=found)
    acting = actor.acting_under(own.place.mandate_id)
    here = Here(acting, number, own.place, found, queries.course(number, now()), now(), help_form)
    if parts:
        return render_template("follow/_panels.html", panels=parts, **here.facts(parts))
    return render_template("follow/seat.html", seen=seen, seats=queries.seats(number), **here.facts(list(PANELS)))


def _announced(actor: Actor, number: int, own: Own) -> Announced | None:
    """The sitting as announced; nothing where one may know what became of the accreditation, and no more."""
    try:
        return sittings.announced(actor, number)
    except NotFound:
        if own.place is None:
            raise
        return None
