"""Requests to convene the mayors' conference (art. 29): asking, joining, leaving, the count."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences import ask_to_convene, requests
from portal.forms.conferences import AskForm
from portal.kernel.permissions import Permission, can
from portal.web.conferences.blueprint import Answer, at_once, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now


@bp.get("/conferenze/richieste")
@access(Permission.PUBLIC_READ)
def request_list() -> str:
    """What mayors ask for: everybody reads what was reached, mayors and staff also what is being gathered."""
    actor = current_actor()
    return render_template(
        "conferences/requests.html",
        rows=requests.requests(actor, now=now()),
        may_ask=can(actor, Permission.CONVOCATION_ASK),
    )


@bp.route("/conferenze/richieste/nuova", methods=["GET", "POST"])
@access(Permission.CONVOCATION_ASK)
def ask() -> Answer:
    """Ask for a sitting with one's own object."""
    form = bind(AskForm)

    def verb() -> int:
        return ask_to_convene.ask(current_actor(), str(form.subject.data), str(form.reasons.data), now=now())

    return carried_out(
        form,
        verb,
        drawn("conferences/ask.html", form=form),
        gettext("The request is open: the other mayors can join it."),
        lambda number: url_for(".request_page", number=number),
    )


@bp.get("/conferenze/richieste/<int:number>")
@access(Permission.PUBLIC_READ)
def request_page(number: int) -> str:
    """One request with its count and who joined."""
    actor = current_actor()
    return render_template(
        "conferences/request.html",
        row=requests.request(actor, number, now=now()),
        supporters=requests.supporters(number),
        may_join=can(actor, Permission.CONVOCATION_ASK),
    )


@bp.post("/conferenze/richieste/<int:number>/adesione")
@access(Permission.CONVOCATION_ASK)
def join(number: int) -> Response:
    """Join for one's Comune, or leave again while the number is not reached."""
    leave = request.form.get("act") == "leave"
    verb = ask_to_convene.withdraw if leave else ask_to_convene.support
    said = gettext("Your Comune has left the request.") if leave else gettext("Your Comune has joined the request.")
    target = url_for(".request_page", number=number)
    return at_once(lambda: verb(current_actor(), number, now=now()), target, said)
