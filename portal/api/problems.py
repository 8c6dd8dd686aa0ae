"""Refusals of the API as problem details (RFC 9457), also at addresses that are none."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from flask_babel import get_locale, gettext
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from portal.api.door import ROOT, bp, link, opened
from portal.kernel.errors import DomainError
from portal.kernel.words import N_, said

log = logging.getLogger("portal.api")
READS = ["GET", "HEAD", "OPTIONS"]
CODES = {
    400: ("bad_request", N_("The request cannot be understood.")),
    404: ("not_found", N_("There is nothing at this address, or nothing that anybody may read.")),
    405: ("read_only", N_("This is read only: use GET.")),
    429: ("too_many_requests", N_("Too many requests: wait as long as Retry-After says.")),
    500: ("fault", N_("Something broke on our side. It has been noted.")),
}


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    """What happened, for programs (type, status) and for people (title, detail)."""
    body = {
        "type": f"{link('data.api')}#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": f"urn:request:{g.get('request_id', '')}",
        **{name: value for name, value in more.items() if value is not None},
    }
    text = json.dumps(body, ensure_ascii=False)
    response = Response(text, status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return opened(response)


def _of_status(status: int) -> Response:
    known = status if status in CODES else 500 if status >= 500 else 400
    code, words = CODES[known]
    return problem(status, code, gettext(words))


@bp.errorhandler(DomainError)
def _refused(error: DomainError) -> Response:
    words = said(error.words, gettext, str(get_locale()))
    return problem(error.status, error.code, words, parameter=error.field)


@bp.errorhandler(RateLimitExceeded)
def _limited(_error: RateLimitExceeded) -> Response:
    return _of_status(429)


@bp.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    response = _of_status(error.code or 500)
    if error.code == 405:
        response.headers["Allow"] = ", ".join(READS)
    return response


@bp.errorhandler(Exception)
def _fault(error: Exception) -> Response:
    log.error("unexpected fault", exc_info=error)
    return _of_status(500)


def install(app: Flask) -> None:
    """Below our root no address and no method is known to anybody else: what was installed before has the rest."""
    elsewhere: Callable[[HTTPException], Any] = app.error_handler_spec[None][None][HTTPException]

    def unknown(error: HTTPException) -> Any:
        return _http(error) if request.path.startswith(f"{ROOT}/") else elsewhere(error)

    for status in (404, 405):
        app.register_error_handler(status, unknown)
