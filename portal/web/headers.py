"""What every answer carries: a strict content policy, no sniffing, no framing, a request id."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, current_app, g, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
_FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Give each request an id and each answer its headers."""
    app.before_request(_identify)
    app.after_request(_dress)
    app.before_request_funcs.setdefault(None, []).sort(key=lambda f: f is not _identify)


def _identify() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _ID.match(given) else secrets.token_hex(8)


def _dress(response: Response) -> Response:
    for name, value in _FIXED.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if request.method != "GET" else "private, no-cache")
    return response
