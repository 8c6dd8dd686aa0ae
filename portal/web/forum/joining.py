"""Ask to join without an account: the form, the address that is confirmed, and the personal page of the request."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from portal.config import Settings
from portal.forms.base import CommandForm
from portal.forms.forum import AnswerForm, JoinForm
from portal.forum import answer as answering
from portal.forum import application_queries, apply, queries, settings
from portal.forum.answer import Enclosed
from portal.forum.apply import Compose, Letter, Wanted
from portal.forum.rules import OPEN_STATES, ApplicationState
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, DomainError
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once, file_if_any
from portal.web.door import access, attempt, bind, fresh, now, store, translate
from portal.web.forum.blueprint import bp, chosen, facts_of
from portal.web.limits import SIGN_IN, SIGN_IN_ADDRESS, limiter


def posted_contact() -> str:
    """The address that a request to join is written from."""
    return f"join:{request.form.get('contact_email', '').strip().lower()[:254]}"


@bp.route("/forum/adesione", methods=["GET", "POST"])
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN, methods=["POST"])
@limiter.limit(SIGN_IN_ADDRESS, key_func=posted_contact, methods=["POST"])
def join() -> Answer:
    """Write the request; a letter goes to the address, and nothing is read before it is confirmed."""
    forum, form = chosen(), bind(JoinForm)
    is_open = settings.of(forum.id, local_day(now())).accepts_requests
    if request.method == "GET":
        return render_template("forum/join.html", form=form, forum=forum, is_open=is_open)
    if attempt(form, lambda: _ask(forum.id, form)) is None:
        return render_template("forum/join.html", form=form, forum=forum, is_open=is_open), 422
    known = {"days": apply.TO_CONFIRM.days, "most": apply.MOST_OPEN}
    return render_template("forum/sent.html", email=form.contact_email.data, **known)


def _ask(forum_id: int, form: JoinForm) -> int:
    """Nobody learns from the answer whether an address has asked already: that goes to the address alone."""
    try:
        return apply.apply(forum_id, _wanted(form), composer("mail/forum/confirm.txt"), now=now())
    except Conflict as refused:
        if refused.code != "too_many":
            raise
        return 0


def _wanted(form: JoinForm) -> Wanted:
    return Wanted(facts_of(form), str(form.purpose.data or ""), str(form.contact_name.data or ""))


def composer(template: str) -> Compose:
    """Writes a letter to the applicant, with the personal address."""
    public: Settings = current_app.extensions["settings"]

    def compose(letter: Letter) -> tuple[str, str]:
        link = public.public_url + url_for("forum.application_page", token=letter.token)
        subject, _, text = render_template(template, it=letter, link=link).strip().partition("\n")
        return subject, text.lstrip("\n") + "\n"

    return compose


@bp.get("/forum/adesione/<token>")
@access(Permission.PUBLIC_READ)
def application_page(token: str) -> Answer:
    """The request as it stands: a button to confirm it, then questions, answers and the decision."""
    try:
        row = application_queries.own(token, now())
    except DomainError as refusal:
        return render_template("forum/over.html", reason=translate(refusal.words)), refusal.status
    return Response(_page(token, row, fresh(AnswerForm)), headers={"Cache-Control": "no-store"})


def _page(token: str, row: application_queries.ApplicationRow, form: AnswerForm) -> str:
    return render_template(
        "forum/application_page.html",
        row=row,
        token=token,
        form=form,
        plain=fresh(CommandForm),
        forum=queries.forum(row.forum_id),
        to_confirm=row.state is ApplicationState.WRITTEN,
        is_open=row.state in OPEN_STATES,
    )


@bp.post("/forum/adesione/<token>/conferma")
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN)
def confirm(token: str) -> Answer:
    """The button, as programs that read mail open addresses by themselves."""
    said = gettext("The request is confirmed: the secretariat of the Forum examines it and writes to you.")
    return at_once(lambda: apply.confirm(token, now=now()), url_for(".application_page", token=token), said)


@bp.post("/forum/adesione/<token>/risposta")
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN)
def answer(token: str) -> Answer:
    """Answer what the secretariat asked, with a document."""
    row, form = application_queries.own(token, now()), bind(AnswerForm)

    def verb() -> int:
        with file_if_any() as (found, name):
            enclosed = Enclosed(name, found) if found else None
            return answering.answer(token, str(form.text.data or ""), enclosed, store=store(), now=now())

    if attempt(form, verb) is None:
        return _page(token, row, form), 422
    flash(gettext("Your answer has been sent to the secretariat."))
    return redirect(url_for(".application_page", token=token), 303)


@bp.post("/forum/adesione/<token>/ritiro")
@access(Permission.PUBLIC_READ)
@limiter.limit(SIGN_IN)
def withdraw(token: str) -> Answer:
    """Take the request back."""
    said = gettext("The request is withdrawn.")
    return at_once(lambda: answering.withdraw(token, now=now()), url_for(".application_page", token=token), said)
