"""The documents in which a letter came: by plain form, in pieces, and back to whoever may have them."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import attach_letter, letter_sources, registrations
from portal.comments.attach_letter import purpose
from portal.kernel.errors import Conflict, DomainError, Invalid
from portal.kernel.permissions import Permission
from portal.web import uploads
from portal.web.comments.blueprint import bp
from portal.web.door import access, current_actor, now, store, translate
from portal.web.limits import SUBMIT, limiter
from portal.web.numbers import read

HERE = "documenti"


@bp.get("/documenti/<int:document_id>/<path:name>")
@access(Permission.SIGNED_IN)
def document(document_id: int, name: str) -> Response:
    """One document, for the secretariat and the body's own people."""
    found = letter_sources.document(current_actor(), document_id)
    return uploads.sent(found.sha256, found.kind, found.name)


@bp.post("/segreteria/registrazioni/<int:letter_id>/documenti")
@access(Permission.LETTER_REGISTER)
@limiter.limit(SUBMIT)
def add_document(letter_id: int) -> Response:
    """Keep the document of a plain form."""
    try:
        with uploads.posted() as (name, found):
            key = secrets.token_hex(16)
            attach_letter.attach(current_actor(), letter_id, found, name, key, store=store(), now=now())
        flash(gettext("The document is attached."))
    except DomainError as error:
        if not isinstance(error, Invalid | Conflict) and error.status < 500:
            raise
        flash(translate(error.words), "error")
    return redirect(url_for(".letter", letter_id=letter_id, _anchor=HERE), 303)


@bp.post("/segreteria/registrazioni/documenti/<int:document_id>/togli")
@access(Permission.LETTER_REGISTER)
def remove_document(document_id: int) -> Response:
    """Take a document away from a letter that is not registered yet."""
    letter_id = attach_letter.remove(current_actor(), document_id, now=now())
    flash(gettext("The document is not attached any more."))
    return redirect(url_for(".letter", letter_id=letter_id, _anchor=HERE), 303)


@bp.post("/segreteria/registrazioni/<int:letter_id>/documenti/annuncio")
@access(Permission.LETTER_REGISTER)
@limiter.limit(SUBMIT)
def announce_document(letter_id: int) -> uploads.Told:
    """A script says which document it is going to send."""

    def act() -> dict[str, Any]:
        said, size = request.form, read(request.form.get("size", "")) or 0
        found = attach_letter.announce(
            current_actor(), letter_id, said.get("key", ""), said.get("name", ""), size, now=now()
        )
        finish = url_for(".finish_document", letter_id=letter_id, upload_id=getattr(found, "id", 0))
        return uploads.announced(found, finish, **_shown(letter_id))

    return uploads.told(act)


@bp.post("/segreteria/registrazioni/<int:letter_id>/documenti/carichi/<int:upload_id>")
@access(Permission.LETTER_REGISTER)
@limiter.limit(SUBMIT)
def finish_document(letter_id: int, upload_id: int) -> uploads.Told:
    """Every piece is there: look at the document and keep it."""

    def act() -> dict[str, Any]:
        with uploads.whole(upload_id, purpose(letter_id)) as (sent, found):
            attach_letter.attach(
                current_actor(), letter_id, found, sent.name, sent.client_key, store=store(), now=now()
            )
        return _shown(letter_id)

    return uploads.told(act)


def _shown(letter_id: int) -> dict[str, Any]:
    """The list as it is now, for the page that is open."""
    found = registrations.letter(current_actor(), letter_id)
    return {"list": render_template("comments/_letter_files.html", letter=found)}
