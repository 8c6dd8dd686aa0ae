"""The badge of whoever is accredited, with its code to be read by a camera, and the personal address that opens it."""

from __future__ import annotations

import io

import segno
from flask import Response, current_app, render_template, request, url_for
from markupsafe import Markup

from portal.conferences import accreditation_queries, badge, queries
from portal.conferences.accreditation_queries import Row
from portal.config import Settings
from portal.kernel.errors import Gone
from portal.kernel.permissions import Permission
from portal.web import pdf
from portal.web.accounts import enter as open_session
from portal.web.conferences.blueprint import Answer, bp
from portal.web.door import access, current_actor, now, translate
from portal.web.limits import SUBMIT, limiter


@bp.get("/sedute/<int:number>/tessera")
@access(Permission.SIGNED_IN)
def own_badge(number: int) -> str:
    """The reader's own badge."""
    actor = current_actor()
    row = accreditation_queries.badge_of(actor, number)
    found = queries.announced(actor, number)
    return render_template("conferences/badge.html", row=row, found=found, code=drawn_code(row))


@bp.get("/sedute/<int:number>/tessera.pdf")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT)
def own_badge_pdf(number: int) -> Response:
    """The same to print."""
    actor = current_actor()
    row = accreditation_queries.badge_of(actor, number)
    return printed(row, number)


def printed(row: Row, number: int) -> Response:
    """A badge on paper, for its holder or for the desk."""
    found = queries.announced(current_actor(), number)
    html = render_template("conferences/badge_print.html", row=row, found=found, code=drawn_code(row))
    response = Response(pdf.document(html), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="seduta-{number}-tessera.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def drawn_code(row: Row) -> Markup:
    """The code as a drawing: it names the page on which the desk checks the badge, and opens nothing by itself."""
    settings: Settings = current_app.extensions["settings"]
    address = settings.public_url + url_for(".badge_page", code=row.badge_code or "")
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, nl=False, border=4, svgclass="qr", lineclass=None
    )
    return Markup(out.getvalue().decode())  # noqa: S704  (drawn by us from an address of ours)


def _address() -> str:
    return f"badge:{(request.view_args or {}).get('token', '')[:64]}"


@bp.route("/sedute/accesso/<token>", methods=["GET", "POST"])
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT, key_func=_address, methods=["POST"])  # all of a hall may come from one place
def enter(token: str) -> Answer:
    """Show a button, as programs that read mail open addresses by themselves; only the button signs in."""
    if request.method == "GET":
        return render_template("conferences/enter.html", reason=None)
    try:
        entered = badge.use(token, request.user_agent.string or "?", now=now())
    except Gone as refused:
        return render_template("conferences/enter.html", reason=translate(refused.words)), 410
    return open_session(entered.token, url_for(".own_badge", number=entered.sitting_id), acting=entered.mandate_id)
