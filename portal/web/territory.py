"""Pages of the register of bodies: for everybody to read, for the secretariat to keep."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.comments import queries as comments
from portal.drafting import queries as drafting
from portal.forms.territory import BodyForm, ImportForm, JoinForm, LeaveForm
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.offices import BodyKind, ForumCategory
from portal.kernel.permissions import Permission
from portal.territory import import_bodies, join_group, queries, register_body
from portal.territory.compare import Preview
from portal.territory.facts import BodyFacts
from portal.territory.rules import GROUPS, IMPORTED
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.labels import label, options
from portal.web.numbers import asked

bp = Blueprint("territory", __name__)
Answer = str | Response | tuple[str, int]


@bp.get("/enti")
@access(Permission.PUBLIC_READ)
def index() -> str:
    """All bodies with the residents they stand for, on a map and in a list."""
    everybody = [row for row in queries.bodies() if not row.ended_on]
    kind, text = request.args.get("tipo", ""), request.args.get("q", "").strip()[:100]
    rows = [row for row in everybody if kind in ("", row.kind.value) and text.casefold() in row.name.casefold()]
    known = queries.snapshots()
    chosen = asked("popolazione")
    snapshot = next((s for s in known if s.id == chosen), known[0] if known else None)
    residents = queries.population_of(snapshot.id, [row.id for row in everybody]) if snapshot else {}
    comuni = [row for row in everybody if row.kind is BodyKind.MUNICIPALITY]
    return render_template(
        "territory/index.html",
        rows=rows,
        comuni=comuni,
        residents=residents,
        total=sum(residents.get(row.id, 0) for row in comuni),
        kinds=[(k, n) for k, n in sorted(Counter(row.kind for row in everybody).items(), key=_order)],
        kind=kind,
        text=text,
        snapshot=snapshot,
        snapshots=known,
        points=_points(rows, residents),
    )


def _order(item: tuple[BodyKind, int]) -> int:
    return list(BodyKind).index(item[0])


@dataclass(frozen=True)
class Point:
    """A body on the map."""

    name: str
    lat: float | None
    lon: float | None
    population: int | None
    tone: str
    words: str
    url: str


def _points(rows: list[queries.BodyRow], residents: dict[int, int]) -> list[Point]:
    return [
        Point(
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            population=residents.get(row.id),
            tone="brand" if row.kind is BodyKind.MUNICIPALITY else "quiet",
            words=options([row.kind])[0].label,
            url=url_for(".body", key=row.key),
        )
        for row in rows
        if row.lat is not None and row.lon is not None
    ]


@bp.get("/enti/<key>")
@access(Permission.PUBLIC_READ)
def body(key: str) -> str:
    """One body: codes, what it is part of, residents by date and source, its remarks."""
    row = queries.body(key)
    ties = queries.ties_of(row.id)
    remarks = comments.remarks_of_body(current_actor(), row.id)
    return render_template(
        "territory/body.html",
        body=row,
        ties=ties,
        populations=queries.populations_of_body(row.id, ties),
        is_group=row.kind in GROUPS,
        remarks=remarks,
        outcomes={i: label(o) for i, o in drafting.outcomes_of([r.id for r in remarks]).items()},
    )


@bp.route("/segreteria/enti/importa", methods=["GET", "POST"])
@access(Permission.TERRITORY_MANAGE)
def import_file() -> Answer:
    """First the file, then what it would change, then the import: what was seen is what is imported."""
    form = bind(ImportForm)
    form.kind.choices = options(sorted(IMPORTED))
    if request.method == "GET":
        return render_template("territory/import.html", form=form)
    confirmed = request.form.get("act") == "import"
    done = attempt(form, lambda: _import(form, confirmed))
    if done is None:
        return render_template("territory/import.html", form=form), 422
    if not confirmed:
        content = base64.b64encode(_content(form)).decode()
        return render_template("territory/preview.html", form=form, preview=done, content=content)
    flash(gettext("%(rows)s rows were imported.", rows=done.rows))
    return redirect(url_for(".index"), 303)


def _import(form: ImportForm, confirmed: bool) -> Preview:
    column = str(form.population.data or "").strip()
    assert form.date.data  # the form asks for it
    batch = import_bodies.Batch(
        data=_content(form),
        source=str(form.source.data),
        reference_date=form.date.data,
        mapping={"population": column} if column else {},
        kind=BodyKind(form.kind.data),
    )
    verb = import_bodies.import_bodies if confirmed else import_bodies.preview_import
    return verb(current_actor(), batch, now=now())


def _content(form: ImportForm) -> bytes:
    """The file that was sent, or the one that the page of the preview gave back."""
    given = request.files.get("file")
    if given is not None and given.filename:
        given.stream.seek(0)
        return bytes(given.stream.read())
    try:
        return base64.b64decode(str(form.content.data or ""), validate=True)
    except binascii.Error as error:
        raise Invalid(code="content", field="file") from error


@bp.route("/segreteria/enti/nuovo", methods=["GET", "POST"])
@access(Permission.TERRITORY_MANAGE)
def register() -> Answer:
    """Add a body by hand."""
    form = _offer(bind(BodyForm))
    if request.method == "GET":
        return render_template("territory/edit.html", form=form, body=None)
    done = attempt(form, lambda: register_body.register_body(current_actor(), _facts(form), now=now()))
    if done is None:
        return render_template("territory/edit.html", form=form, body=None), 422
    flash(gettext("The body was registered."))
    return redirect(url_for(".edit", key=done.key), 303)


@bp.route("/segreteria/enti/<key>", methods=["GET", "POST"])
@access(Permission.TERRITORY_MANAGE)
def edit(key: str) -> Answer:
    """Correct a body, and say what it is part of or who is part of it."""
    row = queries.body(key)
    form = _offer(bind(BodyForm, **_fields(row)))
    if request.method == "GET":
        return _editor(row, form)
    form.kind.data = row.kind.value
    done = attempt(
        form, lambda: register_body.change_body(current_actor(), row.id, _facts(form, row.area_km2), now=now())
    )
    if done is None:
        return _editor(row, form), 422
    flash(gettext("The body was corrected."))
    return redirect(url_for(".body", key=key), 303)


def _editor(row: queries.BodyPage, form: BodyForm, join: JoinForm | None = None) -> str:
    join = join or _join_form()
    return render_template(
        "territory/edit.html", form=form, body=row, join=join, ties=queries.ties_of(row.id), is_group=row.kind in GROUPS
    )


def _fields(row: queries.BodyPage) -> dict[str, Any]:
    family = row.forum_category.value if row.forum_category else ""
    return {**row.__dict__, "kind": row.kind.value, "forum_category": family, "parent": row.parent_id or 0}


def _offer(form: BodyForm) -> BodyForm:
    form.kind.choices = options(BodyKind)
    form.forum_category.choices = options(ForumCategory, empty="—")
    comuni = queries.bodies(BodyKind.MUNICIPALITY)
    form.parent.choices = [SelectChoice(0, "—"), *(SelectChoice(b.id, b.name) for b in comuni)]
    return form


def _facts(form: BodyForm, area: float | None = None) -> BodyFacts:
    lat, lon = form.lat.data, form.lon.data
    return BodyFacts(
        kind=BodyKind(form.kind.data),
        name=str(form.name.data),
        istat_code=str(form.istat_code.data or "").strip() or None,
        cadastral_code=str(form.cadastral_code.data or "").strip() or None,
        ipa_code=str(form.ipa_code.data or "").strip() or None,
        forum_category=ForumCategory(form.forum_category.data) if form.forum_category.data else None,
        parent_id=form.parent.data or None,
        lat=None if lat is None else float(lat),
        lon=None if lon is None else float(lon),
        area_km2=area,
        ended_on=form.ended_on.data,
    )


def _join_form() -> JoinForm:
    form = bind(JoinForm, starts_on=local_day(now()))
    comuni = queries.bodies(BodyKind.MUNICIPALITY)
    form.member.choices = [SelectChoice(b.id, b.name) for b in comuni if not b.ended_on]
    return form


@bp.post("/segreteria/enti/<key>/comuni")
@access(Permission.TERRITORY_MANAGE)
def join(key: str) -> Answer:
    """Say that a Comune is part of this Unione or zone."""
    row = queries.body(key)
    form = _join_form()
    verb = join_group.add_membership
    data = form.data
    if attempt(
        form,
        lambda: verb(current_actor(), row.id, data["member"], data["starts_on"], data["ends_on"], now=now()),
    ):
        flash(gettext("The Comune was added."))
        return redirect(url_for(".edit", key=key), 303)
    return _editor(row, _offer(BodyForm(data=_fields(row))), form), 422


@bp.post("/segreteria/enti/<key>/comuni/<int:membership_id>/termina")
@access(Permission.TERRITORY_MANAGE)
def leave(key: str, membership_id: int) -> Answer:
    """Say on which day a Comune is part of a group for the last time."""
    form = bind(LeaveForm)
    if not form.validate() or form.ends_on.data is None:
        raise Invalid(code="required", field="ends_on")
    join_group.end_membership(current_actor(), membership_id, form.ends_on.data, now=now())
    flash(gettext("The end was recorded."))
    return redirect(url_for(".edit", key=key), 303)
