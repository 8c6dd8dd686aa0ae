"""Requests to join at the desk: read one, ask for something, admit, refuse."""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask_babel import gettext

from portal.files import queries as files
from portal.forms.forum import AdmissionForm, AskForm, RefuseForm
from portal.forum import application_queries, decide, queries
from portal.forum.rules import OPEN_STATES
from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.forum.blueprint import bp
from portal.web.forum.joining import composer
from portal.web.uploads import sent

BASE = "/segreteria/forum/adesioni/<int:number>"


def _page(number: int, **posted: AdmissionForm | RefuseForm | AskForm) -> str:
    row = application_queries.application(current_actor(), number)
    forms = {
        "admit": fresh(AdmissionForm, admitted_on=local_day(now())),
        "refuse": fresh(RefuseForm),
        "ask": fresh(AskForm),
        **posted,
    }
    return render_template(
        "forum/application.html",
        row=row,
        forms=forms,
        wrong=next(iter(posted), ""),
        forum=queries.forum(row.forum_id),
        alike=application_queries.alike(row),
        is_open=row.state in OPEN_STATES,
    )


@bp.get(BASE)
@access(Permission.FORUM_WATCH)
def application(number: int) -> str:
    """What was written, what was asked and answered, and the three ways to go on."""
    return _page(number)


@bp.post(f"{BASE}/ammissione")
@access(Permission.FORUM_MANAGE)
def admit(number: int) -> Answer:
    """The organisation becomes a member."""
    form = bind(AdmissionForm)

    def verb() -> int:
        day = form.admitted_on.data
        assert day is not None  # the form asks for it
        letter = composer("mail/forum/decided.txt")
        return decide.admit(current_actor(), number, day, str(form.act.data or ""), letter, now=now())

    said = gettext("The organisation is a member and has been told. Now name its delegate.")
    return carried_out(form, verb, lambda: _page(number, admit=form), said, url_for(".application", number=number))


@bp.post(f"{BASE}/rifiuto")
@access(Permission.FORUM_MANAGE)
def refuse(number: int) -> Answer:
    """Not admitted, for a reason."""
    form = bind(RefuseForm)
    letter = composer("mail/forum/decided.txt")
    return carried_out(
        form,
        lambda: decide.refuse(current_actor(), number, str(form.reason.data or ""), letter, now=now()),
        lambda: _page(number, refuse=form),
        gettext("The request is refused and the applicant has been told."),
        url_for(".application", number=number),
    )


@bp.post(f"{BASE}/richiesta")
@access(Permission.FORUM_MANAGE)
def ask(number: int) -> Answer:
    """Ask for a document, or for something that is not clear."""
    form = bind(AskForm)
    letter = composer("mail/forum/question.txt")
    return carried_out(
        form,
        lambda: decide.ask(current_actor(), number, str(form.text.data or ""), letter, now=now()),
        lambda: _page(number, ask=form),
        gettext("The question has been sent."),
        url_for(".application", number=number),
    )


@bp.get(f"{BASE}/documenti/<int:question>")
@access(Permission.FORUM_WATCH)
def enclosed(number: int, question: int) -> Response:
    """The document that came with an answer."""
    sha256, name = application_queries.file_of(current_actor(), number, question)
    return sent(sha256, files.kind_of(sha256), name)
