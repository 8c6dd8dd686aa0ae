"""Pages about the portal itself: home, language, health."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.journal import health
from portal.kernel.permissions import Permission
from portal.web.door import access, safe_next
from portal.web.pages import LANGUAGES

bp = Blueprint("site", __name__)


@bp.get("/")
@access(Permission.PUBLIC_READ)
def home() -> str:
    """What is open now, what has become of it, and for those who work here what is to be done."""
    return render_template("site/home.html")


@bp.get("/lingua/<code>")
@access(Permission.PUBLIC_READ)
def language(code: str) -> BaseResponse:
    """Remember the reader's language in a cookie and go back."""
    response = redirect(safe_next(request.args.get("next"), url_for(".home")))
    if code in LANGUAGES:
        response.set_cookie("lang", code, max_age=31_536_000, samesite="Lax", secure=request.is_secure)
    return response


@bp.get("/healthz")
@access(Permission.PUBLIC_READ)
def healthz() -> Response:
    """The process lives."""
    return jsonify(status="ok")


@bp.get("/readyz")
@access(Permission.PUBLIC_READ)
def readyz() -> tuple[Response, int]:
    """The database answers and has the tables this program expects."""
    ready = health.database_answers()
    return jsonify(status="ready" if ready else "not ready"), 200 if ready else 503


@bp.get("/accessibilita")
@access(Permission.PUBLIC_READ)
def accessibility() -> str:
    """The page that the footer links to."""
    return render_template("site/accessibility.html")


@bp.get("/privacy")
@access(Permission.PUBLIC_READ)
def privacy() -> str:
    """The page that the footer links to."""
    return render_template("site/privacy.html")


@bp.get("/regole")
@access(Permission.PUBLIC_READ)
def rules() -> str:
    """The page that the footer links to."""
    return render_template("site/rules.html")
