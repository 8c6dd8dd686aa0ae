"""Files on their way, in pieces: the same for whatever they belong to. Each page says where its files begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file, url_for
from werkzeug.datastructures import FileStorage

from portal.files import examine, receive
from portal.files.examine import Examined
from portal.files.receive import OutOfStep, Progress
from portal.files.rules import MEDIA, PIECE_LIMIT, FileKind
from portal.kernel.errors import DomainError, Invalid
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.web.door import access, current_actor, now, store, translate
from portal.web.limits import limiter
from portal.web.numbers import read

bp = Blueprint("uploads", __name__)
Told = Response | tuple[Response, int]
POLICY = "default-src 'none'; sandbox"  # a file that a stranger wrote is nobody's page


@bp.get("/carichi/<int:upload_id>")
@access(Permission.SIGNED_IN)
def progress(upload_id: int) -> Told:
    """From where to go on."""
    return told(lambda: _state(receive.progress(current_actor(), upload_id, store())))


@bp.post("/carichi/<int:upload_id>")
@access(Permission.SIGNED_IN)
@limiter.limit("600 per minute")
def add(upload_id: int) -> Told:
    """The next piece, as it is."""
    if (request.content_length or 0) > PIECE_LIMIT:
        return jsonify(words=translate(N_("This piece of the file is too large."))), 413
    offset, piece = read(request.args.get("da", "")) or 0, request.get_data(cache=False)
    return told(lambda: _state(receive.add(current_actor(), upload_id, offset, piece, store=store(), now=now())))


def _state(found: Progress) -> dict[str, Any]:
    return {"received": found.received, "size": found.size}


def told(act: Callable[[], dict[str, Any]]) -> Told:
    """What a script is told: how far the file is, or in words why it is not taken."""
    try:
        return jsonify(act())
    except OutOfStep as error:
        return jsonify(words=translate(error.words), received=error.received), 409
    except DomainError as error:
        return jsonify(words=translate(error.words), code=error.code), error.status


def announced(found: Progress | int, finish: str, **more: Any) -> dict[str, Any]:
    """Where the pieces go and where to say that all are there; or that nothing is left to do."""
    if isinstance(found, int):
        return {"attached": found, **more}
    return {**_state(found), "pieces": url_for("uploads.add", upload_id=found.id), "finish": finish}


@contextmanager
def whole(upload_id: int, purpose: str) -> Iterator[tuple[Progress, Examined]]:
    """A file of which every piece is here, looked at; forgotten once it is kept, and when it is refused."""
    actor, kept = current_actor(), store()
    found = receive.progress(actor, upload_id, kept)
    if found.purpose != purpose or not found.is_whole:
        raise OutOfStep(found.received)
    try:
        with examine.examined(kept, kept.part(upload_id)) as looked_at:
            yield found, looked_at
    except Invalid:
        receive.forget(actor, upload_id, store=kept)
        raise
    receive.forget(actor, upload_id, store=kept)


@contextmanager
def posted() -> Iterator[tuple[str, Examined]]:
    """The file of a plain form with its name, looked at."""
    given: FileStorage | None = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid(N_("Choose a file."), code="no_file", field="file")
    kept = store()
    with examine.received(kept, given.stream) as path, examine.examined(kept, path) as looked_at:
        yield given.filename, looked_at


def sent(sha256: str, kind: FileKind, name: str) -> Response:
    """A kept file, to be kept again: never shown as a page of ours."""
    answer = send_file(
        store().path(sha256), MEDIA[kind], as_attachment=True, download_name=name, etag=sha256, max_age=0
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
