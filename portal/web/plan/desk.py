"""The drafting team's page of versions: read a file, see what it would do, import it, publish."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

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
from portal.plan.blocks import Unit, Why
from portal.plan.outline import place
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.labels import label
from portal.web.plan import uploads
from portal.web.plan.blueprint import bp
from portal.web.plan.uploads import Upload

Answer = str | BaseResponse | tuple[str, int]


@bp.get("/redazione/piano")
@access(Permission.PLAN_IMPORT)
def versions() -> str:
    """Every version with its figures, and where the next one comes in."""
    return _desk(bind(ImportPlan))


def _desk(form: ImportPlan, again: bool = False) -> str:
    rows = consultation_queries.version_counts()[::-1]
    earlier = {new.version_id: old for new, old in pairwise(rows) if new.slug == old.slug}
    return render_template("plan/versions.html", form=form, versions=rows, earlier=earlier, again=again)


@bp.post("/redazione/piano/anteprima")
@access(Permission.PLAN_IMPORT)
def preview() -> Answer:
    """Read the file and show what it would do; nothing is written yet."""
    form = bind(ImportPlan)
    upload = attempt(form, lambda: uploads.uploaded(form))
    if upload is None:
        return _refused(form)
    page = attempt(form, lambda: _preview(form, upload))
    return page if page is not None else _refused(form, upload)


def _preview(form: ImportPlan, upload: Upload) -> str:
    seen = import_plan.preview(current_actor(), upload.data, upload.name, form.choices)
    made = uploads.carry(form, upload, seen)
    return render_template("plan/preview.html", form=made, seen=seen, left=[_left(item) for item in seen.unplaced])


def _refused(form: ImportPlan, upload: Upload | None = None) -> Answer:
    """The page of versions with what was wrong; a document that can be read at all can be read otherwise."""
    return _desk(form, upload is not None and uploads.keep(form, upload)), 422


@dataclass(frozen=True)
class Left:
    """Something of the file that has no field: where it stood, why, and what it says."""

    place: str
    is_path: bool
    why: str
    text: str


def _left(item: dict[str, Any]) -> Left:
    text, reason = str(item["value"]), item.get("reason")
    if "unit" in item and reason in set(Why):
        at = int(item["path"]) if str(item["path"]).isdecimal() else 0
        return Left(translate(place(Unit(item["unit"]), at)), False, label(Why(reason)).text, text)
    if reason:
        return Left(item["path"], True, gettext("No Comune is registered under these codes:"), text)
    return Left(item["path"], True, "", text)


@bp.post("/redazione/piano/importa")
@access(Permission.PLAN_IMPORT)
def import_file() -> Answer:
    """Import what the preview showed, as a draft version."""
    form = bind(ImportPlan)
    if form.seen.data and form.seen.data != form.mark:
        flash(gettext("You changed how the document is read: look at it again, then import it."), "warning")
        return preview()
    upload = attempt(form, lambda: uploads.carried(form))
    if upload is None:
        return _refused(form)
    version = attempt(form, lambda: _import(form, upload))
    if version is None:
        return _refused(form, upload)
    flash(gettext("Imported as draft version %(number)s. Read it, then publish it.", number=version))
    return redirect(url_for(".versions"), 303)


def _import(form: ImportPlan, upload: Upload) -> int:
    return import_plan.import_plan(current_actor(), upload.data, upload.name, form.choices, now=now()).number


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
