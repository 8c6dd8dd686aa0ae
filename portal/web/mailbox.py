"""Pages of one's own mail: every letter to read again, how often news is sent, and the end of it in one click."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import choose_mail
from portal.accounts.rules import Pace
from portal.config import Settings
from portal.forms.mailbox import LINES, PaceForm
from portal.jobs import queries
from portal.jobs.queries import Message
from portal.kernel import markup
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.kernel.seal import opened
from portal.news import queries as news
from portal.news.rules import AT_ONCE, DIGEST, NO_MORE, NewsKind
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.labels import label
from portal.web.numbers import asked, read

bp = Blueprint("mailbox", __name__)
Answer = str | BaseResponse | tuple[str, int]
PAGE = 30


@bp.get("/profilo/posta")
@access(Permission.SIGNED_IN)
def index() -> str:
    """What the portal has written to whoever is signed in."""
    return _page(None)


@bp.get("/profilo/posta/<int:mail_id>")
@access(Permission.SIGNED_IN)
def letter(mail_id: int) -> str:
    """One letter, for the person it was written to."""
    found = queries.letter_of(current_actor().person_id or 0, mail_id)
    if found is None:
        raise NotFound()
    return render_template("mailbox/letter.html", letter=found, **words_of(found))


@bp.post("/profilo/posta/novita")
@access(Permission.SIGNED_IN)
def choose() -> Answer:
    """Choose how often to hear of news."""
    form = bind(PaceForm)
    if attempt(form, lambda: choose_mail.choose_mail(current_actor(), form.pace, now=now())) is None:
        return _page(form), 422
    flash(gettext("Your choice was saved."))
    return redirect(url_for(".index"), 303)


@bp.route("/posta/disdici/<token>", methods=["GET", "POST"])
@access(Permission.PUBLIC_READ)
def stop(token: str) -> str:
    """No more news, for whoever the letter with this address was written to; the POST alone does it.

    Mail programs post here by themselves when their reader asks them to (RFC 8058): no session, no token against
    forgery; the seal in the address is the proof.
    """
    settings: Settings = current_app.extensions["settings"]
    person_id = read(opened(settings.secret_key, NO_MORE, token) or "")
    if person_id is None:
        raise NotFound()
    if request.method == "POST":
        choose_mail.choose_mail(Actor(person_id=person_id), Pace.NEVER, now=now())
    return render_template("mailbox/stop.html", done=request.method == "POST")


def words_of(found: Message) -> dict[str, Any]:
    """The text of a letter; of one that tells news, what of it is public now."""
    if found.template in {DIGEST, AT_ONCE}:
        return {"groups": news.groups(found.id), "kinds": NewsKind, "text": None}
    return {"groups": [], "kinds": NewsKind, "text": markup.linked(found.text)}


def _page(form: PaceForm | None) -> str:
    person_id, before = current_actor().person_id or 0, asked("prima")
    found = queries.letters_of(person_id, before=before, limit=PAGE + 1)
    return render_template(
        "mailbox/index.html",
        letters=found[:PAGE],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        first=before is None,
        form=form or PaceForm(data={"news": choose_mail.pace_of(person_id).value}),
        lines=LINES,
        label=label,
    )
