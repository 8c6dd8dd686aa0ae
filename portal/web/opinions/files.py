"""Documents to read and to take away: the page, the tagged PDF, and the JSON whose fingerprint is published."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, render_template
from flask_babel import force_locale

from portal.kernel.canonical import encode
from portal.kernel.permissions import Permission
from portal.opinions import queries
from portal.opinions.rows import DocumentRow
from portal.opinions.standing import standing
from portal.voting import thresholds
from portal.web import pdf
from portal.web.cache import public_page
from portal.web.door import access, now
from portal.web.limits import SUBMIT, limiter
from portal.web.opinions.blueprint import bp
from portal.web.voting.sheet import bars

LANGUAGE = "it"  # of the act, whatever language the pages are read in


@bp.get("/pareri/<int:number>/documenti/<int:which>")
@access(Permission.PUBLIC_READ)
@public_page
def document(number: int, which: int) -> str:
    """The document as a page."""
    return _drawn("opinions/document.html", queries.document(number, which))


@bp.get("/pareri/<int:number>/documenti/<int:which>.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def as_pdf(number: int, which: int) -> Response:
    """The document to print, sign and file."""
    html = _drawn("opinions/print.html", queries.document(number, which))
    return _sent(pdf.document(html), "application/pdf", number, which, "pdf")


@bp.get("/pareri/<int:number>/documenti/<int:which>.json")
@access(Permission.PUBLIC_READ)
def as_data(number: int, which: int) -> Response:
    """The very bytes whose SHA-256 stands on the document."""
    content = encode(queries.document(number, which).content)
    return _sent(content, "application/json; charset=utf-8", number, which, "json")


def _drawn(template: str, row: DocumentRow) -> str:
    vote = row.content["vote"]
    with force_locale(LANGUAGE):
        return render_template(
            template,
            row=row,
            doc=row.content,
            bars=bars(thresholds.outcome_of(vote["outcome"]).results) if vote else [],
            tallies=_tallies(row.content["sittings"]),
            holds=standing(row.request, now()).document == row.id,
        )


def _tallies(sittings: list[dict[str, Any]]) -> dict[int, Any]:
    """What was counted in each vote, by its number."""
    return {one["poll"]: thresholds.outcome_of(one["tally"]) for one in sittings if one["tally"]}


def _sent(content: bytes, kind: str, number: int, which: int, ending: str) -> Response:
    response = Response(content, content_type=kind)
    mark = "-dati-dimostrativi" if current_app.extensions["settings"].demo else ""
    response.headers["Content-Disposition"] = f'attachment; filename="parere-{number}-{which}{mark}.{ending}"'
    return response
