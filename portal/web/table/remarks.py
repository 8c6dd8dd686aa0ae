"""Remarks of a sitting: the list for everybody, and what the desk does with each."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import spoken
from portal.conferences import queries as sittings
from portal.conferences.table import board, queries
from portal.conferences.table import remarks as desk
from portal.conferences.table.rules import Order
from portal.forms.table import CallForm
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.table.blueprint import back, bp


@bp.get("/sedute/<int:number>/osservazioni")
@access(Permission.PUBLIC_READ)
def remarks(number: int) -> str:
    """What was said in writing at this sitting, for whoever may read it."""
    actor = current_actor()
    row = sittings.sitting(actor, number)
    order = Order.PLACE if request.args.get("ordine") == "testo" else Order.ARRIVAL
    rows = queries.remarks(actor, number, order)
    watches = can(actor, Permission.SITTING_WATCH)
    return render_template(
        "table/remarks.html",
        row=row,
        rows=rows,
        order=order,
        orders=[(one, url_for(".remarks", number=number, ordine=SLUGS[one])) for one in Order],
        quotes=spoken.quotes(one.remark.id for one in rows),
        board=board.table_board(actor, number, now()) if watches else None,
        items=sittings.announced(actor, number).items if watches else (),
        form=fresh(CallForm),
    )


SLUGS = {Order.ARRIVAL: None, Order.PLACE: "testo"}


@bp.post("/sedute/<int:number>/osservazioni/chiama")
@access(Permission.SITTING_CONDUCT)
def call_up(number: int) -> Response:
    """Bring a remark that was sent before into the sitting."""
    form, actor = bind(CallForm), current_actor()
    item, remark = form.wanted

    def verb() -> None:
        if not remark:
            raise Invalid(N_("Write the number of the remark."), code="number", field="number")
        desk.call_up(actor, number, item, remark, now=now())

    said = gettext("Remark no. %(number)s is before the sitting.", number=remark)
    return at_once(verb, back(number, "osservazioni"), said)


@bp.post("/sedute/<int:number>/osservazioni/<int:comment_id>/ammetti")
@access(Permission.SITTING_CONDUCT)
def admit(number: int, comment_id: int) -> Response:
    """Let it stand; what is not admitted goes through the queue, with its reason."""
    actor = current_actor()
    target = back(number, "osservazioni")
    return at_once(lambda: desk.admit(actor, number, comment_id, now=now()), target, gettext("The remark is admitted."))


@bp.post("/sedute/<int:number>/osservazioni/<int:comment_id>/intervento")
@access(Permission.SITTING_CONDUCT)
def tie(number: int, comment_id: int) -> Response:
    """Put it beside the speech that goes on."""
    actor = current_actor()
    target, said = back(number, "osservazioni"), gettext("The remark is beside the speech.")
    return at_once(lambda: desk.tie_to_speech(actor, number, comment_id, now=now()), target, said)


@bp.post("/sedute/<int:number>/osservazioni/<int:comment_id>/letta")
@access(Permission.SITTING_CONDUCT)
def mark_read(number: int, comment_id: int) -> Response:
    """It was read aloud."""
    actor = current_actor()
    target, said = back(number, "osservazioni"), gettext("Written down: read aloud.")
    return at_once(lambda: desk.mark_read(actor, number, comment_id, now=now()), target, said)
