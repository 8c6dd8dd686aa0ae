"""Documents to read and to take away: the page, the tagged PDF, and the JSON whose fingerprint is published."""

from __future__ import annotations

from flask import Response, current_app, render_template
from flask_babel import force_locale

from portal.kernel.canonical import encode
from portal.kernel.permissions import Permission
from portal.opinions.requests import queries
from portal.opinions.requests.rows import ForumDocumentRow
from portal.opinions.requests.rules import DocumentKind
from portal.opinions.requests.standing import standing
from portal.web import pdf
from portal.web.cache import public_page
from portal.web.door import access, now
from portal.web.limits import SUBMIT, limiter
from portal.web.requests.blueprint import bp
from portal.web.requests.papers import bars_of

LANGUAGE = "it"  # of the act, whatever language the pages are read in


@bp.get("/forum/pareri/<int:number>/documenti/<int:which>")
@access(Permission.PUBLIC_READ)
@public_page
def document(number: int, which: int) -> str:
    """The document as a page."""
    return _drawn("requests/document.html", queries.document(number, which))


@bp.get("/forum/pareri/<int:number>/documenti/<int:which>.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def as_pdf(number: int, which: int) -> Response:
    """The document to print, sign and file."""
    html = _drawn("requests/print.html", queries.document(number, which))
    return _sent(pdf.document(html), "application/pdf", number, which, "pdf")


@bp.get("/forum/pareri/<int:number>/documenti/<int:which>.json")
@access(Permission.PUBLIC_READ)
def as_data(number: int, which: int) -> Response:
    """The very bytes whose SHA-256 stands on the document."""
    content = encode(queries.document(number, which).content)
    return _sent(content, "application/json; charset=utf-8", number, which, "json")


def _drawn(template: str, row: ForumDocumentRow) -> str:
    with force_locale(LANGUAGE):
        doc = row.content
        return render_template(template, row=row, doc=doc, bars=bars_of(doc), holds=_holds(row))


def _holds(row: ForumDocumentRow) -> bool:
    stands = standing(row.request, now())
    return row.id == (stands.certificate if row.kind is DocumentKind.CERTIFICATE else stands.opinion)


def _sent(content: bytes, kind: str, number: int, which: int, ending: str) -> Response:
    response = Response(content, content_type=kind)
    mark = "-dati-dimostrativi" if current_app.extensions["settings"].demo else ""
    name = f"parere-forum-{number}-{which}{mark}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
