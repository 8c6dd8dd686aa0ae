"""Files that go with a remark: by plain form, in pieces by a script, and back to whoever may have them."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import attach, attachments, open_hidden_file
from portal.comments.attach import purpose
from portal.comments.attachments import Attached
from portal.files.rules import COUNT_LIMIT
from portal.forms.moderation import OpenForm
from portal.kernel.errors import Conflict, DomainError, Invalid
from portal.kernel.permissions import Permission
from portal.web import uploads
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, now, store, translate
from portal.web.limits import SUBMIT, limiter
from portal.web.numbers import read

HERE = "allegati"


@bp.get("/allegati/<int:attachment_id>/<path:name>")
@access(Permission.PUBLIC_READ)
def attachment(attachment_id: int, name: str) -> Response:
    """One file, for whoever may read its remark; its name is there for people, the number decides."""
    found = attachments.attached(current_actor(), attachment_id)
    if attachments.needs_reason(current_actor(), found):
        return make_response(render_template("comments/hidden_file.html", form=OpenForm(), found=found))
    return uploads.sent(found.sha256, found.kind, found.name)


@bp.post("/allegati/<int:attachment_id>/<path:name>")
@access(Permission.ORIGINAL_OPEN)
def hidden_attachment(attachment_id: int, name: str) -> Response | tuple[str, int]:
    """A file that was hidden, once, for whoever says why."""
    form, actor = bind(OpenForm), current_actor()
    opened = attempt(
        form, lambda: open_hidden_file.open_hidden_file(actor, attachment_id, form.reason.data or "", now=now())
    )
    if opened is None:
        found = attachments.attached(actor, attachment_id)
        return render_template("comments/hidden_file.html", form=form, found=found), 422
    answer = uploads.sent(opened.sha256, opened.kind, opened.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/allegati")
@access(Permission.COMMENT_DRAFT)
@limiter.limit(SUBMIT)
def add_file(submission_id: int, comment_id: int) -> Response:
    """Attach the file of a plain form."""
    try:
        with uploads.posted() as (name, found):
            key = secrets.token_hex(16)
            attach.attach(current_actor(), comment_id, found, name, key, store=store(), now=now())
        flash(gettext("The file is attached."))
    except DomainError as error:
        if not isinstance(error, Invalid | Conflict) and error.status < 500:
            raise
        flash(translate(error.words), "error")
    return redirect(url_for(".edit", submission_id=submission_id, comment_id=comment_id, _anchor=HERE), 303)


@bp.post("/osservazioni/bozze/<int:submission_id>/allegati/<int:attachment_id>/togli")
@access(Permission.COMMENT_DRAFT)
def remove_file(submission_id: int, attachment_id: int) -> Response:
    """Take a file away from a draft."""
    comment_id = attach.remove(current_actor(), attachment_id, now=now())
    flash(gettext("The file is not attached any more."))
    return redirect(url_for(".edit", submission_id=submission_id, comment_id=comment_id, _anchor=HERE), 303)


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/allegati/annuncio")
@access(Permission.COMMENT_DRAFT)
@limiter.limit(SUBMIT)
def announce_file(submission_id: int, comment_id: int) -> uploads.Told:
    """A script says which file it is going to send."""

    def act() -> dict[str, Any]:
        said = request.form
        found = attach.announce(
            current_actor(), comment_id, said.get("key", ""), said.get("name", ""), _size(), now=now()
        )
        finish = url_for(".finish_file", submission_id=submission_id, comment_id=comment_id, upload_id=_id(found))
        return uploads.announced(found, finish, **_shown(submission_id, comment_id))

    return uploads.told(act)


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/allegati/carichi/<int:upload_id>")
@access(Permission.COMMENT_DRAFT)
@limiter.limit(SUBMIT)
def finish_file(submission_id: int, comment_id: int, upload_id: int) -> uploads.Told:
    """Every piece is there: look at the file and attach it."""

    def act() -> dict[str, Any]:
        with uploads.whole(upload_id, purpose(comment_id)) as (sent, found):
            attach.attach(current_actor(), comment_id, found, sent.name, sent.client_key, store=store(), now=now())
        return _shown(submission_id, comment_id)

    return uploads.told(act)


def _size() -> int:
    return read(request.form.get("size", "")) or 0


def _id(found: Any) -> int:
    return getattr(found, "id", 0)


def _shown(submission_id: int, comment_id: int) -> dict[str, Any]:
    """The list as it is now, for the page that is open."""
    return {"list": render_template("comments/_files.html", draft_id=submission_id, **files_of(comment_id))}


def files_of(comment_id: int | None) -> dict[str, Any]:
    """What a page needs to show the files of a draft's point."""
    files: list[Attached] = attachments.of_remark(current_actor(), comment_id) if comment_id else []
    return {"files": files, "point_id": comment_id, "files_limit": COUNT_LIMIT}
