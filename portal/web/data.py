"""Pages of open data: what can be downloaded, what its columns mean; the reserved export of the offices."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, render_template, stream_with_context
from flask_babel import get_locale, gettext
from werkzeug.exceptions import NotFound

from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.records import columns, ods, take_export, vocabulary
from portal.records.columns import Format, Profile
from portal.records.export import export, sheet
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.labels import label
from portal.web.limits import FILES, limiter

bp = Blueprint("data", __name__)

TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: ods.MIME,
}
DICTIONARY = (Format.CSV.value, Format.JSON.value)
PIECE = 64 * 1024


@bp.get("/dati")
@access(Permission.PUBLIC_READ)
def index() -> str:
    """What can be downloaded, under which licence, and what each column means."""
    return render_template("data/index.html", columns=columns.of(Profile.PUBLIC), formats=list(Format))


@bp.get("/dati/api")
@access(Permission.PUBLIC_READ)
@public_page
def api() -> str:
    """How programs read the same data: addresses, examples, feeds, annotations."""
    return render_template("data/api.html", root=current_app.extensions["settings"].public_url)


@bp.get("/dati/osservazioni.<form>")
@access(Permission.PUBLIC_READ)
@limiter.limit(FILES)
def download(form: str) -> Response:
    """The remarks that anybody may read, as CSV or JSON."""
    return _file(form, Profile.PUBLIC)


@bp.get("/dati/dizionario.<form>")
@access(Permission.PUBLIC_READ)
def dictionary(form: str) -> Response:
    """What every column means and which codes it can hold, as a file, in the reader's language."""
    if form not in DICTIONARY:
        raise NotFound()
    said = vocabulary.entries(gettext, lambda value: label(value).text)
    text = vocabulary.as_csv(said) if form == "csv" else vocabulary.as_json(said)
    response = Response(text, content_type=TYPES[Format(form)])
    response.headers["Content-Disposition"] = f'attachment; filename="dizionario-{get_locale()}.{form}"'
    return response


@bp.get("/redazione/esporta")
@access(Permission.EXPORT_RESERVED)
def reserved() -> str:
    """The reserved export and its columns."""
    return render_template("data/reserved.html", columns=columns.of(Profile.RESERVED), formats=list(Format))


@bp.post("/redazione/esporta/osservazioni.<form>")
@access(Permission.EXPORT_RESERVED)
def download_reserved(form: str) -> Response:
    """The remarks that the office of the reader may read, with decisions and officers; the record says who took it."""
    if form not in set(Format):
        raise NotFound()
    take_export.take_export(current_actor(), Format(form), now=now())
    return _file(form, Profile.RESERVED)


def _file(form: str, profile: Profile) -> Response:
    if form not in set(Format):
        raise NotFound()
    wanted, demo = Format(form), bool(current_app.extensions["settings"].demo)
    options: dict[str, Any] = {"demonstration": demo, "now": now()}
    if wanted in columns.TEXTS:
        pieces: Any = stream_with_context(export(current_actor(), wanted, profile, mark=True, **options))
        return _named(Response(pieces, content_type=TYPES[wanted]), form, profile, demo)
    file = sheet(current_actor(), wanted, profile, say=gettext, **options)
    response = Response(iter(partial(file.read, PIECE), b""), content_type=TYPES[wanted])
    response.call_on_close(file.close)
    return _named(response, form, profile, demo)


def _named(response: Response, form: str, profile: Profile, demo: bool) -> Response:
    name = "osservazioni" + ("-riservato" if profile is Profile.RESERVED else "")
    mark = "-dati-dimostrativi" if demo else ""
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}{mark}-{local_day(now()).isoformat()}.{form}"'
    )
    return response
