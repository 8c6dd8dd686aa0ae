"""Letting the Council go on without the sittings that are missing: one asks, another person confirms."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.opinions import OverrideForm
from portal.kernel.permissions import Permission
from portal.opinions import override, queries
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.opinions.blueprint import bp, reasons, shown


@bp.route("/segreteria/pareri/<int:number>/deroga", methods=["GET", "POST"])
@access(Permission.OPINION_MANAGE)
def ask(number: int) -> Answer:
    """Ask for it, with a reason that everybody reads."""
    row, form = queries.request(number), bind(OverrideForm)
    return carried_out(
        form,
        lambda: override.ask(current_actor(), number, str(form.reason.data or ""), now=now()),
        lambda: render_template("opinions/override.html", form=form, row=row, reasons=reasons(shown(number).stands)),
        gettext("Asked for. Another person confirms it; one of the two is the secretary general."),
        url_for(".manage", number=number) + "#deroga",
    )


@bp.post("/segreteria/pareri/<int:number>/deroga/<int:which>/conferma")
@access(Permission.OPINION_MANAGE)
def confirm(number: int, which: int) -> Response:
    """The second person agrees."""
    return at_once(
        lambda: override.confirm(current_actor(), number, which, now=now()),
        url_for(".manage", number=number) + "#deroga",
        gettext("Confirmed: the Council may go on, and the reason is public."),
    )


@bp.post("/segreteria/pareri/<int:number>/deroga/<int:which>/rifiuto")
@access(Permission.OPINION_MANAGE)
def refuse(number: int, which: int) -> Response:
    """The second person does not agree, or who asked thinks again."""
    return at_once(
        lambda: override.refuse(current_actor(), number, which, now=now()),
        url_for(".manage", number=number) + "#deroga",
        gettext("Refused: nothing changes."),
    )
