"""What can be taken away from a closed vote: its result as CSV, JSON and PDF, the whole to verify, the verifier."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import force_locale, gettext

from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.kernel.words import said
from portal.records.export import safe_cell
from portal.voting import export, queries, results, verifier, wording
from portal.voting.queries import PollPage
from portal.web import pdf
from portal.web.door import access, current_actor, now
from portal.web.limits import SUBMIT, limiter
from portal.web.voting.blueprint import bp
from portal.web.voting.reading import conditions
from portal.web.voting.sheet import Sheet, sheet

COLUMNS = ("seat", "key", "name", "residents", "title", "answer", "channel", "versions", "cast_at", "code", "sha256")


@bp.get("/votazioni/<int:number>/risultato.csv")
@access(Permission.PUBLIC_READ)
def result_csv(number: int) -> Response:
    """One line for each seat of the roll, with the answer that counts."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    for row in _rows(_closed(number)):
        out.writerow([safe_cell(v) if isinstance(v, str) else "" if v is None else v for v in row.values()])
    return _file(number, "csv", "\ufeff" + text.getvalue(), "text/csv; charset=utf-8")


@bp.get("/votazioni/<int:number>/risultato.json")
@access(Permission.PUBLIC_READ)
def result_json(number: int) -> Response:
    """The outcome with its words, and the answer of each seat."""
    found = _closed(number)
    page = found.page
    text = json.dumps(
        {
            "poll": page.id,
            "question": page.question,
            "state": page.state.value,
            "closed_at": _instant(page.closed_at),
            "demonstration": _demo(),
            "rule": page.rule,
            "outcome": page.outcome_data,
            "words": _words(page),
            "population_base": page.population_base,
            "population_source": page.snapshot_source,
            "population_date": page.snapshot_date.isoformat() if page.snapshot_date else None,
            "root_hash": page.root_hash,
            "seats": _rows(found),
        },
        ensure_ascii=False,
        indent=1,
    )
    return _file(number, "json", text, "application/json; charset=utf-8")


@bp.get("/votazioni/<int:number>/risultato.pdf")
@access(Permission.PUBLIC_READ)
@limiter.limit(SUBMIT)
def result_pdf(number: int) -> Response:
    """The same page as a tagged document to print and file."""
    found = _closed(number)
    html = render_template(
        "voting/result_print.html",
        page=found.page,
        sheet=found,
        conditions=conditions(found.page),
        printed_at=found.page.annulled_at or found.page.proclaimed_at or found.page.closed_at or now(),
    )
    return _file(number, "pdf", pdf.document(html), "application/pdf")


@bp.get("/votazioni/<int:number>/esportazione.json")
@access(Permission.PUBLIC_READ)
def whole(number: int) -> Response:
    """Roll, ballots, rule set, outcome, fingerprints and record: what the verifier reads."""
    actor = current_actor()
    found = _closed(number)
    document = export.document(actor, number, said=_words(found.page), demonstration=_demo())
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return _file(number, "json", text, "application/json; charset=utf-8", name="voto")


@bp.get("/votazioni/verify.py")
@access(Permission.PUBLIC_READ)
def verifier_file() -> Response:
    """One file that needs only Python."""
    response = Response(
        Path(verifier.__file__).read_text(encoding="utf-8"), content_type="text/x-python; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


def _closed(number: int) -> Sheet:
    """The poll as it is shown; before the closing there is nothing to take away."""
    page = queries.poll(current_actor(), number)
    if page.closed_at is None or page.outcome_data is None:
        raise NotFound(results.UNKNOWN)
    return sheet(page)


def _rows(found: Sheet) -> list[dict[str, Any]]:
    rows = []
    for tile in found.tiles:
        seat, answer = tile.seat, tile.answer
        values = (
            seat.number,
            seat.key,
            seat.name,
            seat.population,
            seat.office.value if seat.office else None,
            answer.choice.value if answer else None,
            answer.channel.value if answer else None,
            tile.versions,
            _instant(answer.cast_at) if answer else None,
            answer.code if answer else None,
            answer.sha256 if answer else None,
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def _words(page: PollPage) -> dict[str, list[str]]:
    """The computation in words, in each language."""
    lines = wording.lines(page.outcome) if page.outcome else []
    found = {}
    for language in export.LANGUAGES:
        with force_locale(language):
            found[language] = [said(line, gettext, language) for line in lines]
    return found


def _instant(at: Any) -> str | None:
    return at.isoformat() if at else None


def _demo() -> bool:
    return bool(current_app.extensions["settings"].demo)


def _file(number: int, kind: str, content: str | bytes, mimetype: str, name: str = "risultato") -> Response:
    response = Response(content, content_type=mimetype)
    mark = "-dati-dimostrativi" if _demo() else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{number}{mark}.{kind}"'
    return response
