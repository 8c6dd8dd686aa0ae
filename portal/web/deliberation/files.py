"""How statements were weighed, as files: the same count as on the page, once the discussion is over."""

from __future__ import annotations

from flask import Response, current_app

from portal.kernel.canonical import encode
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.opinions.deliberation import results, sheet
from portal.opinions.deliberation.results import Results
from portal.web.deliberation.blueprint import bp
from portal.web.door import access, now
from portal.web.limits import FILES, limiter


@bp.get("/forum/pareri/<int:number>/affermazioni.csv")
@access(Permission.PUBLIC_READ)
@limiter.limit(FILES)
def as_csv(number: int) -> Response:
    """A line for each statement and category."""
    return _sent(sheet.lines(_counted(number)).encode(), "text/csv; charset=utf-8", number, "csv")


@bp.get("/forum/pareri/<int:number>/affermazioni.json")
@access(Permission.PUBLIC_READ)
@limiter.limit(FILES)
def as_data(number: int) -> Response:
    """The very bytes whose SHA-256 was recorded at the end."""
    return _sent(encode(results.content(_counted(number))), "application/json; charset=utf-8", number, "json")


def _counted(number: int) -> Results:
    found = results.results(number, now())
    if found is None:
        raise NotFound()
    return found


def _sent(content: bytes, kind: str, number: int, ending: str) -> Response:
    response = Response(content, content_type=kind)
    mark = "-dati-dimostrativi" if current_app.extensions["settings"].demo else ""
    response.headers["Content-Disposition"] = f'attachment; filename="affermazioni-{number}{mark}.{ending}"'
    return response
