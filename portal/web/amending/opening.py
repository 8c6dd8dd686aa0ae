"""Naming the rapporteur, opening the text to amendments, giving more time, freezing it."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.amending import OpenForm, RapporteurForm
from portal.forms.base import options
from portal.kernel.clock import from_form, local
from portal.kernel.permissions import Permission
from portal.opinions.amending import freeze as freezing
from portal.opinions.amending import name_rapporteur, open_amendments, queries
from portal.opinions.amending.rules import Part, Phase, lacking
from portal.opinions.requests import queries as requests
from portal.web.amending.blueprint import Shown, bp, shown, text_url
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now, translate

USUAL = timedelta(days=4)


@bp.route("/forum/pareri/<int:number>/testo/relatore", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def rapporteur(number: int) -> Answer:
    """Who writes the draft."""
    row, form = requests.request(number), bind(RapporteurForm)
    known = queries.candidates(current_actor(), row.forum_id, now())
    form.rapporteur.choices = options([(one.mandate_id, f"{one.body}: {one.name}") for one in known])

    def verb() -> None:
        mandate = int(form.rapporteur.data or 0)
        name_rapporteur.name_rapporteur(current_actor(), number, mandate, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("amending/rapporteur.html", form=form, row=row, begun=queries.exists(number)),
        gettext("The rapporteur is named and can begin to write."),
        text_url(number),
    )


@bp.route("/forum/pareri/<int:number>/testo/apertura", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def opening(number: int) -> Answer:
    """Open the text to amendments, or give more time."""
    found = shown(number)
    begun = found.phase is not Phase.DRAFT
    at = found.page.closes_at + timedelta(days=1) if found.page.closes_at else now() + USUAL
    form = bind(OpenForm, closes_at=local(at).replace(second=0, microsecond=0))

    def verb() -> None:
        assert form.closes_at.data is not None  # the form asks for it
        change = open_amendments.extend if begun else open_amendments.open_amendments
        change(current_actor(), number, from_form(form.closes_at.data), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template(
            "amending/opening.html", form=form, row=found.row, found=found, begun=begun, missing=missing(found)
        ),
        gettext("There is more time for amendments.") if begun else gettext("The text is open to amendments."),
        text_url(number),
    )


@bp.post("/forum/pareri/<int:number>/testo/congelamento")
@access(Permission.FORUM_MANAGE)
def freeze(number: int) -> Response:
    """Text and list of amendments do not change any more."""
    return at_once(
        lambda: freezing.freeze(current_actor(), number, now=now()),
        text_url(number),
        gettext("The text is frozen with the amendments that are to be voted."),
    )


def missing(found: Shown) -> list[str]:
    """What the text lacks before it can be opened, in words."""
    if found.phase is not Phase.DRAFT:
        return []
    parts = [
        Part(one.id, one.role, one.heading, one.text, one.reason, one.action_id, one.paragraph_id)
        for one in found.page.sections
    ]
    cited = {one.id for one in found.page.sections if one.sources}
    return [translate(words) for words in lacking(found.page.kind, parts, cited)]
