"""Pages of open data: what can be downloaded, what its columns mean; the reserved export of the offices."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, stream_with_context
from werkzeug.exceptions import NotFound

from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.records import columns
from portal.records.columns import Format, Profile
from portal.records.export import export
from portal.web.door import access, current_actor, now

bp = Blueprint("data", __name__)

TYPES = {Format.CSV: "text/csv; charset=utf-8", Format.JSON: "application/json; charset=utf-8"}


@bp.get("/dati")
@access(Permission.PUBLIC_READ)
def index() -> str:
    """What can be downloaded, under which licence, and what each column means."""
    return render_template("data/index.html", columns=columns.of(Profile.PUBLIC), formats=list(Format))


@bp.get("/dati/osservazioni.<form>")
@access(Permission.PUBLIC_READ)
def download(form: str) -> Response:
    """The remarks that anybody may read, as CSV or JSON."""
    return _file(form, Profile.PUBLIC)


@bp.get("/redazione/esporta")
@access(Permission.EXPORT_RESERVED)
def reserved() -> str:
    """The reserved export and its columns."""
    return render_template("data/reserved.html", columns=columns.of(Profile.RESERVED), formats=list(Format))


@bp.get("/redazione/esporta/osservazioni.<form>")
@access(Permission.EXPORT_RESERVED)
def download_reserved(form: str) -> Response:
    """The remarks that the office of the reader may read, with decisions and officers."""
    return _file(form, Profile.RESERVED)


def _file(form: str, profile: Profile) -> Response:
    if form not in set(Format):
        raise NotFound()
    demo = bool(current_app.extensions["settings"].demo)
    pieces = export(current_actor(), Format(form), profile, demonstration=demo, now=now(), mark=True)
    name = (
        "osservazioni" + ("-riservato" if profile is Profile.RESERVED else "") + ("-dati-dimostrativi" if demo else "")
    )
    response = Response(stream_with_context(pieces), content_type=TYPES[Format(form)])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{local_day(now()).isoformat()}.{form}"'
    return response
