"""Pages of people: signing in and out, for whom one acts, one's own data."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from portal.accounts import end_session
from portal.kernel.permissions import Permission
from portal.web.door import access, current_actor, now, safe_next

bp = Blueprint("accounts", __name__)


@bp.get("/accesso")
@access(Permission.PUBLIC_READ)
def sign_in() -> str:
    """Ask for an address to send a link to, or for a password."""
    return render_template("accounts/sign_in.html")


@bp.post("/accesso/uscita")
@access(Permission.SIGNED_IN)
def sign_out() -> Response:
    """End this session here and in the database."""
    actor = current_actor()
    if actor.session_id is not None:
        end_session.end_session(actor, actor.session_id, now=now())
    logout_user()
    session.clear()
    return redirect(url_for("site.home"))


@bp.post("/agisci-per")
@access(Permission.SIGNED_IN)
def act_for() -> Response:
    """Choose the mandate under which one acts from now on."""
    actor = current_actor()  # refuses a mandate that is not in force
    if actor.acting:
        session["acting"] = actor.acting.mandate_id
    return redirect(safe_next(request.form.get("next"), url_for("site.home")))
