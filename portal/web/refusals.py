"""Refusals as pages: what happened, what to do, and the request's id; never a trace."""

from __future__ import annotations

import logging

from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from portal.comments.consultation_queries import Shelf
from portal.files.store import FULL
from portal.kernel.errors import DomainError
from portal.web import kept
from portal.web.door import current_actor_or_visitor, translate

log = logging.getLogger("portal.web")


def install(app: Flask) -> None:
    """Show every refusal and every fault through the same few templates."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def page(status: int, reason: str = "") -> Response:
    """The error page of a status, with the reason if there is a better one than the page's own."""
    if status >= 500:
        g.shelf = Shelf(())  # the database may be what failed: the page around the fault asks it nothing
    try:
        body = render_template(f"errors/{status}.html", reason=reason, request_id=g.get("request_id", ""))
    except TemplateNotFound:
        known = 400 if status < 500 else 500
        body = render_template(f"errors/{known}.html", reason=reason, request_id=g.get("request_id", ""))
    return make_response(body, status)


def _refused(error: DomainError) -> Response:
    signed_out = request.method == "POST" and current_actor_or_visitor().is_anonymous
    return (kept.page(error.status) if signed_out else None) or page(error.status, translate(error.words))


def _stale(_error: CSRFError) -> Response:
    return kept.page(400) or page(400)


def _limited(error: RateLimitExceeded) -> Response:
    return page(429)


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    if error.code == 404 and (known := _without_slash()):
        return make_response(redirect(known, 308))
    answer = page(error.code or 500)
    if error.code == 405:
        answer.headers.extend(h for h in error.get_headers() if h[0] == "Allow")
    return answer


def _addresses() -> MapAdapter:
    return current_app.create_url_adapter(request) or current_app.url_map.bind("")


def _without_slash() -> str | None:
    """The address that was meant, if only a slash too many stands at its end."""
    path = request.path.rstrip("/")
    if path == request.path or not path or path.startswith("//") or request.method not in {"GET", "HEAD"}:
        return None
    if _addresses().test(path, "GET"):
        return path + (f"?{request.query_string.decode('latin-1')}" if request.query_string else "")
    return None


def _is_full(error: BaseException | None) -> bool:
    """True if a disk without room is what stopped it, be it under a file or under the database."""
    told = str(error)
    full = getattr(error, "errno", None) in FULL or "disk is full" in told or "No space left" in told
    return full or (error is not None and error.__cause__ is not None and _is_full(error.__cause__))


def _without_room() -> Response:
    """The words of a draft that could not be stored are shown, to be sent again; anything else is told."""
    g.shelf = Shelf(())
    if _by_script():
        words = gettext(
            "There is no room left on the server, so it could not be saved yet. Leave this page open and save the draft"
            " again in a few minutes."
        )
        return make_response(jsonify(words=words), 507)
    return kept.page(507) or page(507)


def _by_script() -> bool:
    """True if a page saves by itself, and shows what it is told beside the field."""
    return request.accept_mimetypes.best == "application/json"


def _fault(error: Exception) -> Response:
    log.error("unexpected fault", exc_info=error)
    try:
        return _without_room() if _is_full(error) else page(500)
    except Exception:  # a fault in the page around the fault: say it plainly
        log.exception("the error page failed")
        return Response(f"500 ({g.get('request_id', '')})", 500, mimetype="text/plain")
