"""The door of the pages: who acts, may they, what did they send, how is a refusal shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, session, url_for
from flask_babel import get_locale, gettext
from flask_login import UserMixin, current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import queries as accounts
from portal.files.store import Store
from portal.forms.base import CommandForm
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission, can, require
from portal.kernel.words import Words, said
from portal.web import numbers

View = TypeVar("View", bound=Callable[..., Any])
FormT = TypeVar("FormT", bound=CommandForm)
T = TypeVar("T")


class SignedIn(UserMixin):
    """What Flask-Login carries through a request: the actor."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.id = token
        self.actor = actor


def load_user(token: str) -> SignedIn | None:
    """Flask-Login's loader: the cookie's token, hashed, must name a session that is not over."""
    actor = accounts.actor_of_session(token_hash(token), acting=session.get("acting"), now=now())
    return SignedIn(token, actor) if actor else None


def token_hash(token: str) -> str:
    """Tokens are kept as SHA-256 only."""
    return hashlib.sha256(token.encode()).hexdigest()


def now() -> datetime:
    """The instant of this request; every rule in it sees the same one."""
    if "now" not in g:
        g.now = clock.now()
    instant: datetime = g.now
    return instant


def current_actor() -> Actor:
    """The actor of this request, under the mandate the posted form names if it names one."""
    actor: Actor = current_user.actor if current_user.is_authenticated else Actor.anonymous()
    named = request.form.get("mandate", "") if request.method == "POST" else ""
    return actor.acting_under(numbers.read(named) or 0) if named else actor


def current_actor_or_visitor() -> Actor:
    """The same for what stands around a page: never refuses, whatever the form named."""
    return current_user.actor if current_user and current_user.is_authenticated else Actor.anonymous()


def access(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission it needs; without a mark a view is closed."""

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return mark


def guard() -> BaseResponse | None:
    """Before each request: deny by default, and send visitors who must sign in to the sign-in page."""
    if "\x00" in request.path:
        abort(404)
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission = getattr(current_app.view_functions[request.endpoint], "access", None)
    if permission is None:
        abort(403)
    actor = current_actor()
    if can(actor, permission):
        return None
    if actor.is_anonymous and request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    require(actor, permission)
    return None


def bind(form: type[FormT], **defaults: Any) -> FormT:
    """The form with what was posted, or with the given defaults; labels and errors in the reader's language."""
    data: MultiDict[str, Any] | None = None
    if request.method == "POST":
        data = MultiDict(request.form)
        data.update(request.files.to_dict(flat=False))
    return _form(form, data, defaults)


def fresh(form: type[FormT], **defaults: Any) -> FormT:
    """The form as it is before anything was sent, on a page where another form was."""
    return _form(form, None, defaults)


def _form(form: type[FormT], data: MultiDict[str, Any] | None, defaults: dict[str, Any]) -> FormT:
    actor = current_actor()
    defaults.setdefault("mandate", actor.acting.mandate_id if actor.acting else "")
    return form(data, data=defaults, meta={"locales": [str(get_locale()), "en"]})


def attempt(form: CommandForm, verb: Callable[[], T]) -> T | None:
    """Validate, run the verb, and put a refusal beside its field; None means: show the form again (status 422).

    A verb that returns nothing must be wrapped so that it returns something.
    """
    if not form.validate():
        return None
    try:
        return verb()
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return None


def store() -> Store:
    """Where this installation keeps its files."""
    found: Store = current_app.extensions["store"]
    return found


def safe_next(target: str | None, fallback: str) -> str:
    """Only an address of our own may follow a sign-in or a change of language."""
    try:
        parts = urlsplit(target or "")
    except ValueError:  # such as a bracket that opens an address of version 6 and never closes it
        return fallback
    inside = target and target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if inside and target and target.isprintable() and "\\" not in target else fallback


def remember_language(response: BaseResponse, code: str) -> None:
    """Keep the reader's language in a cookie for a year; over TLS alone wherever the portal is reached so."""
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie("lang", code, max_age=31_536_000, samesite="Lax", secure=secure)


def translate(words: Words | str) -> str:
    """Words of the inside in the reader's language."""
    return said(words, gettext, str(get_locale())) if isinstance(words, Words) else gettext(words)
