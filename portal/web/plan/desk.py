"""The drafting team's page of versions: read a file, see what it would do, import it, publish."""

from __future__ import annotations

from contextlib import closing

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import consultation_queries
from portal.comments.consultation_queries import VersionCounts
from portal.forms.plan import ImportPlan, PublishVersion
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.plan import import_plan, publish
from portal.plan.import_plan import Preview
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.plan.blueprint import bp

MOST_BYTES = 2 * 2**20
Answer = str | BaseResponse | tuple[str, int]


@bp.get("/redazione/piano")
@access(Permission.PLAN_IMPORT)
def versions() -> str:
    """Every version with its figures, and where the next one comes in."""
    return _versions(bind(ImportPlan))


def _versions(form: ImportPlan) -> str:
    return render_template("plan/versions.html", form=form, versions=consultation_queries.version_counts()[::-1])


@bp.post("/redazione/piano/anteprima")
@access(Permission.PLAN_IMPORT)
def preview() -> Answer:
    """Read the file and show what it would do; nothing is written yet."""
    form = bind(ImportPlan)
    done = attempt(form, lambda: _preview(form))
    if done is None:
        return _versions(form), 422
    data, seen = done
    carried = ImportPlan(data={"content": data.decode("utf-8-sig"), "mandate": form.mandate.data})
    return render_template("plan/preview.html", form=carried, seen=seen)


def _preview(form: ImportPlan) -> tuple[bytes, Preview]:
    if not form.file.data:
        raise Invalid(N_("Choose a plan file."), field="file")
    with closing(form.file.data) as file:
        data: bytes = file.read(MOST_BYTES + 1)
    if not data:
        raise Invalid(N_("Choose a plan file."), field="file")
    if len(data) > MOST_BYTES:
        raise Invalid(N_("The file is larger than 2 MB. Import it from the console: parere plan import"), field="file")
    return data, import_plan.preview(current_actor(), data)


@bp.post("/redazione/piano/importa")
@access(Permission.PLAN_IMPORT)
def import_file() -> Answer:
    """Import what the preview showed, as a draft version."""
    form = bind(ImportPlan)
    data = str(form.content.data or "").encode()
    version = attempt(form, lambda: import_plan.import_plan(current_actor(), data, now=now()))
    if version is None:
        return _versions(form), 422
    flash(gettext("Imported as draft version %(number)s. Read it, then publish it.", number=version.number))
    return redirect(url_for(".versions"), 303)


@bp.get("/redazione/piano/<int:version_id>/pubblicazione")
@access(Permission.PLAN_PUBLISH)
def confirm(version_id: int) -> str:
    """What publishing means, before it is done."""
    return _confirm(version_id, bind(PublishVersion))


def _confirm(version_id: int, form: PublishVersion) -> str:
    version = _draft(version_id)
    running = [e for e in editions.shelf().editions if e.slug == version.slug and e.is_open(now())]
    return render_template("plan/publish.html", form=form, version=version, running=running)


@bp.post("/redazione/piano/<int:version_id>/pubblicazione")
@access(Permission.PLAN_PUBLISH)
def publish_version(version_id: int) -> Answer:
    """Publish a draft version: from then on its text never changes."""
    form = bind(PublishVersion)
    done = attempt(form, lambda: _publish(form, version_id))
    if done is None:
        return _confirm(version_id, form), 422
    flash(gettext("Version %(number)s is published.", number=done))
    return redirect(url_for(".versions"), 303)


def _publish(form: PublishVersion, version_id: int) -> int:
    if not form.confirmed.data:
        raise Invalid(N_("Confirm that you have read the draft."), field="confirmed")
    return publish.publish(current_actor(), version_id, now=now()).number


def _draft(version_id: int) -> VersionCounts:
    found = next((v for v in consultation_queries.version_counts() if v.version_id == version_id), None)
    if found is None:
        raise NotFound()
    if found.state is not VersionState.DRAFT:
        raise DomainError(N_("This version is already published."), code="state")
    return found
