"""Minutes to take away: tagged PDF, Word, plain text, and the JSON whose fingerprint is signed."""

from __future__ import annotations

from flask import Response, render_template

from portal.kernel.permissions import Permission
from portal.records.minutes.document import as_json, as_text
from portal.records.minutes.docx import docx
from portal.web import pdf
from portal.web.door import access
from portal.web.limits import SUBMIT, limiter
from portal.web.minutes.blueprint import bp, found, written

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/sedute/<int:number>/verbale/<int:call>.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def as_pdf(number: int, call: int) -> Response:
    """The document to print and file."""
    page = found(number, call)
    html = render_template("minutes/print.html", page=page, doc=written(page))
    return _sent(pdf.document(html), "application/pdf", number, call, "pdf")


@bp.get("/sedute/<int:number>/verbale/<int:call>.docx")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def as_word(number: int, call: int) -> Response:
    """The same for a word processor."""
    return _sent(docx(written(found(number, call))), WORD, number, call, "docx")


@bp.get("/sedute/<int:number>/verbale/<int:call>.json")
@access(Permission.PUBLIC_READ)
def as_data(number: int, call: int) -> Response:
    """The bytes whose SHA-256 stands on the document."""
    return _sent(as_json(found(number, call)), "application/json; charset=utf-8", number, call, "json")


@bp.get("/sedute/<int:number>/verbale/<int:call>.txt")
@access(Permission.PUBLIC_READ)
def as_plain(number: int, call: int) -> Response:
    """Plain text."""
    shown = as_text(written(found(number, call))).encode()
    return _sent(shown, "text/plain; charset=utf-8", number, call, "txt")


def _sent(content: bytes, kind: str, number: int, call: int, ending: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="verbale-seduta-{number}-{call}.{ending}"'
    return response
