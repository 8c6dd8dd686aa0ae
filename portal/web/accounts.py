"""Pages of people: signing in and out, for whom one acts, the privacy notice."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import force_locale, gettext
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from portal.accounts import accept_notice, end_session, enter_with_password, queries, request_link
from portal.accounts import use_link as use_link_verb
from portal.accounts.request_link import Letter
from portal.accounts.rules import LINK_LIFE, NOTICE_VERSION, REFUSED_LINKS, LinkState
from portal.config import Settings
from portal.forms.accounts import EnterForm, LinkForm, NoticeForm
from portal.kernel.errors import Gone
from portal.kernel.permissions import Permission
from portal.web.door import (
    SignedIn,
    access,
    attempt,
    bind,
    current_actor,
    now,
    remember_language,
    safe_next,
    token_hash,
)
from portal.web.limits import SIGN_IN, SIGN_IN_ADDRESS, limiter, posted_address

bp = Blueprint("accounts", __name__)
Answer = str | Response | tuple[str, int]
PASSES = {"accounts.notice", "accounts.sign_out", "site.language", "site.privacy", "site.accessibility", "static"}


@bp.before_app_request
def show_notice_first() -> Response | None:
    """Whoever has not yet read the privacy notice in force reads it before anything else."""
    if session.get("notice") and request.endpoint not in PASSES:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else url_for("site.home")
        return redirect(url_for("accounts.notice", next=wanted), 303)
    return None


def _next() -> str:
    return safe_next(request.values.get("next"), url_for("site.home"))


@bp.get("/accesso")
@access(Permission.PUBLIC_READ)
def sign_in() -> Answer:
    """Ask for an address to send a link to, or for a password."""
    if not current_actor().is_anonymous:
        return redirect(_next())
    return render_template("accounts/sign_in.html", link=bind(LinkForm), enter=bind(EnterForm), next=_next())


@bp.post("/accesso/collegamento")
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN)
@limiter.limit(SIGN_IN_ADDRESS, key_func=posted_address)
def send_link() -> Answer:
    """Send a link, if the address is known; the page says the same if it is not."""
    form = bind(LinkForm)
    target = _next()

    def queue() -> bool:
        request_link.request_link(str(form.email.data), lambda letter: _compose(letter, target), now=now())
        return True

    if attempt(form, queue) is None:
        return render_template("accounts/sign_in.html", link=form, enter=EnterForm(), next=target), 422
    return render_template("accounts/link_sent.html", email=form.email.data, minutes=LINK_LIFE.seconds // 60)


def _compose(letter: Letter, target: str) -> tuple[str, str]:
    settings: Settings = current_app.extensions["settings"]
    with force_locale(letter.language):
        address = settings.public_url + url_for("accounts.use_link", token=letter.token, next=target)
        minutes = LINK_LIFE.seconds // 60
        text = render_template("mail/sign_in_link.txt", letter=letter, address=address, minutes=minutes)
    subject, _, body = text.partition("\n")
    return subject, body.lstrip("\n")


@bp.route("/accesso/<token>", methods=["GET", "POST"])
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN, methods=["POST"])
def use_link(token: str) -> Answer:
    """Show a button, as programs that read mail open addresses by themselves; only the button signs in."""
    if request.method == "GET":
        state = queries.state_of_link(token_hash(token), now())
        return _button(state)
    try:
        opened = use_link_verb.use_link(token, _device(), now=now())
    except Gone as refusal:
        return _button(LinkState(refusal.code.removeprefix("link_")))
    return _enter(opened)


def _button(state: LinkState) -> Answer:
    reason = REFUSED_LINKS.get(state)
    page = render_template(
        "accounts/use_link.html", reason=gettext(reason) if reason else None, link=LinkForm(), next=_next()
    )
    return (page, 410) if reason else page


@bp.post("/accesso/password")
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN)
@limiter.limit(SIGN_IN_ADDRESS, key_func=posted_address)
def password() -> Answer:
    """Sign in with a password."""
    form = bind(EnterForm)
    token = attempt(
        form,
        lambda: enter_with_password.enter_with_password(
            str(form.email.data), str(form.password.data), _device(), now=now()
        ),
    )
    if token is None:
        return render_template("accounts/sign_in.html", link=LinkForm(), enter=form, next=_next()), 422
    return _enter(token)


def _device() -> str:
    return request.user_agent.string or "?"


def _enter(token: str) -> Response:
    return enter(token, _next())


def enter(token: str, target: str, *, acting: int | None = None) -> Response:
    """A new cookie for a new session: nothing of the visitor's old one is kept."""
    session.clear()
    if acting is not None:
        session["acting"] = acting
    actor = queries.actor_of_session(token_hash(token), acting=None, now=now())
    assert actor is not None
    login_user(SignedIn(token, actor))
    own = queries.own_data(actor)
    if own.notice_version != NOTICE_VERSION:
        session["notice"] = True
        target = url_for("accounts.notice", next=target)
    response = make_response(redirect(target, 303))
    remember_language(response, own.language)
    return response


@bp.route("/accesso/informativa", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def notice() -> Answer:
    """The privacy notice, before the first act."""
    form = bind(NoticeForm)
    if request.method == "GET":
        return render_template("accounts/notice.html", form=form, next=_next())
    if attempt(form, lambda: accept_notice.accept_notice(current_actor(), now=now())) is None:
        return render_template("accounts/notice.html", form=form, next=_next()), 422
    session.pop("notice", None)
    return redirect(_next(), 303)


@bp.post("/accesso/uscita")
@access(Permission.SIGNED_IN)
def sign_out() -> Response:
    """End this session here and in the database."""
    actor = current_actor()
    if actor.session_id is not None:
        end_session.end_session(actor, actor.session_id, now=now())
    logout_user()
    session.clear()
    flash(gettext("You have signed out."))
    return redirect(url_for("site.home"), 303)


@bp.post("/agisci-per")
@access(Permission.SIGNED_IN)
def act_for() -> Response:
    """Choose the mandate under which one acts from now on."""
    actor = current_actor()  # refuses a mandate that is not in force
    if actor.acting:
        session["acting"] = actor.acting.mandate_id
    return redirect(_next(), 303)
