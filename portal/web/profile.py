"""Pages of one's own data: correct, export and erase them, end sessions, choose a password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, json, redirect, render_template, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import correct_person, end_session, erase_person, personal_data, queries, set_password
from portal.conferences.follow import help as help_lines
from portal.drafting import written
from portal.forms import accounts as forms
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission
from portal.records import of_person
from portal.web import device
from portal.web.door import access, attempt, bind, current_actor, now, remember_language, translate

bp = Blueprint("profile", __name__)
Answer = str | BaseResponse | tuple[str, int]


def _page(**given: Any) -> str:
    actor = current_actor()
    own = queries.own_data(actor)
    given.setdefault("own_form", _own_form(own))
    given.setdefault("password_form", forms.PasswordForm())
    given.setdefault("remove_form", forms.RemovePasswordForm())
    return render_template(
        "accounts/profile.html",
        own=own,
        rows=queries.mandates_of_person(own.id, now()),
        sessions=[(row, device.name(row.device)) for row in queries.sessions_of(own.id, now())],
        **given,
    )


def _own_form(own: queries.OwnData) -> forms.OwnDataForm:
    return forms.OwnDataForm(data={"name": own.name, "language": own.language})


def _done(message: str) -> BaseResponse:
    flash(translate(message))
    return redirect(url_for("profile.show"), 303)


@bp.get("/profilo")
@access(Permission.SIGNED_IN)
def show() -> str:
    """Who one is here, for whom one acts, and where one is signed in."""
    return _page()


@bp.post("/profilo")
@access(Permission.SIGNED_IN)
def correct() -> Answer:
    """Correct one's name and choose one's language."""
    form = bind(forms.OwnDataForm)
    name, language = str(form.name.data), str(form.language.data)
    if attempt(form, lambda: correct_person.correct_own_data(current_actor(), name, language, now=now())) is None:
        return _page(own_form=form), 422
    response = _done(forms.SAID["corrected"])
    remember_language(response, language)
    return response


@bp.post("/profilo/password")
@access(Permission.SIGNED_IN)
def choose_password() -> Answer:
    """Choose or change the password."""
    form = bind(forms.PasswordForm)
    new, current = str(form.password.data), str(form.current.data or "")
    if attempt(form, lambda: set_password.set_password(current_actor(), new, current, now=now())) is None:
        return _page(password_form=form), 422
    return _done(forms.SAID["password_set"])


@bp.post("/profilo/password/togli")
@access(Permission.SIGNED_IN)
def remove_password() -> Answer:
    """Go back to signing in by link only."""
    form = bind(forms.RemovePasswordForm)
    verb = set_password.remove_password
    if attempt(form, lambda: verb(current_actor(), str(form.current.data), now=now())) is None:
        return _page(remove_form=form), 422
    return _done(forms.SAID["password_removed"])


@bp.post("/profilo/sessioni/<int:session_id>/chiudi")
@access(Permission.SIGNED_IN)
def end_one(session_id: int) -> BaseResponse:
    """End one session; if it is this one, one is signed out."""
    actor = current_actor()
    end_session.end_session(actor, session_id, now=now())
    if session_id != actor.session_id:
        return _done(forms.SAID["session_ended"])
    return _leave(forms.SAID["session_ended"])


@bp.post("/profilo/sessioni/chiudi-altre")
@access(Permission.SIGNED_IN)
def end_others() -> BaseResponse:
    """End every session but this one."""
    end_session.end_other_sessions(current_actor(), now=now())
    return _done(forms.SAID["others_ended"])


def _leave(message: str) -> BaseResponse:
    logout_user()
    session.clear()
    flash(translate(message))
    return redirect(url_for("site.home"), 303)


@bp.get("/profilo/dati.json")
@access(Permission.SIGNED_IN)
def export() -> Response:
    """Everything that is kept about the person, as a file."""
    actor = current_actor()
    known = personal_data.personal_data(actor, now())
    said = {"votes": of_person.votes(actor), "forum": of_person.in_the_forum(actor)}
    data = {**known, "written": written.written_by(actor), "asked_of_the_desk": help_lines.of_person(actor), **said}
    text = json.dumps(data, indent=2, ensure_ascii=False)
    headers = {"Content-Disposition": 'attachment; filename="parere-dati-personali.json"', "Cache-Control": "no-store"}
    return Response(text, mimetype="application/json", headers=headers)


@bp.route("/profilo/cancella", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def erase() -> Answer:
    """What is erased, what is kept and why; then do it."""
    form = bind(forms.EraseForm)
    actor = current_actor()
    if request.method == "GET":
        return _erasure(form, actor)
    if attempt(form, lambda: erase_person.erase_person(actor, now=now())) is None:
        return _erasure(form, actor), 422
    return _leave(forms.SAID["erased"])


def _erasure(form: forms.EraseForm, actor: Actor) -> str:
    rows = queries.mandates_of_person(actor.person_id or 0, now())
    return render_template("accounts/erase.html", form=form, held=[row for row in rows if row.is_open])
