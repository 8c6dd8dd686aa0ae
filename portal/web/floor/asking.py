"""Asking for the floor: from one's own phone, at the desk; giving it up, refusing it."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.floor import ask, settle
from portal.conferences.floor.rules import FloorKind
from portal.forms.floor import AskForm, DeskForm, RefuseForm
from portal.kernel.permissions import Permission
from portal.web.door import access, bind, current_actor, now
from portal.web.floor.blueprint import bp, own, pressed
from portal.web.limits import SUBMIT, limiter


@bp.post("/sedute/<int:number>/parola/richieste")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=own)
def ask_it(number: int) -> Response:
    """Whoever is present asks; sent again, it asks once."""
    form = bind(AskForm)
    return pressed(
        number,
        "partecipa",
        lambda: ask.ask(current_actor(), number, FloorKind(str(form.kind.data)), form.key, now=now()),
        gettext("You have asked for the floor."),
        form,
    )


@bp.post("/sedute/<int:number>/parola/iscrizione")
@access(Permission.SITTING_CONDUCT)
def write_down(number: int) -> Response:
    """The desk writes down whoever raised a hand."""
    form = bind(DeskForm)
    return pressed(
        number,
        "parola",
        lambda: ask.ask_for(current_actor(), number, form.number, FloorKind(str(form.kind.data)), form.key, now=now()),
        gettext("It is in the queue."),
        form,
    )


@bp.post("/sedute/<int:number>/parola/richieste/<int:request_id>/ritiro")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=own)
def withdraw(number: int, request_id: int) -> Response:
    """One's own at any time, anybody's for whoever conducts."""
    return pressed(
        number,
        "partecipa",
        lambda: settle.withdraw(current_actor(), number, request_id, now=now()),
        gettext("The request is withdrawn."),
    )


@bp.post("/sedute/<int:number>/parola/richieste/<int:request_id>/rifiuto")
@access(Permission.SITTING_CONDUCT)
def refuse(number: int, request_id: int) -> Response:
    """For a reason that whoever asked reads."""
    form = bind(RefuseForm)
    return pressed(
        number,
        "parola",
        lambda: settle.refuse(current_actor(), number, request_id, str(form.reason.data), now=now()),
        gettext("The request is refused."),
        form,
    )
