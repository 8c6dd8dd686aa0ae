"""The dispatch log: what was written to whom, and what became of it. Subjects only: a letter is its reader's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts.resend_mail import resend_mail
from portal.forms.base import CommandForm
from portal.jobs import queries
from portal.jobs.rules import MailState
from portal.kernel.permissions import Permission
from portal.web.door import access, attempt, bind, current_actor, now, safe_next, translate
from portal.web.numbers import asked

bp = Blueprint("jobs", __name__, url_prefix="/segreteria/posta")
PAGE = 50


@bp.get("")
@access(Permission.DISPATCH_READ)
def index() -> str:
    """The newest messages, to everybody or to one address, all or those of one state."""
    recipient, state, before = request.args.get("a", "")[:254], _state(), asked("prima")
    found = queries.messages(recipient, state=state, before=before, limit=PAGE + 1)
    return render_template(
        "jobs/index.html",
        lines=found[:PAGE],
        recipient=recipient,
        state=state,
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        first=before is None,
        **_around(),
    )


@bp.get("/destinatari")
@access(Permission.DISPATCH_READ)
def readers() -> str:
    """Every address that was written to, with what became of its mail."""
    after = request.args.get("dopo", "")[:254]
    found = queries.readers(after=after, limit=PAGE + 1)
    return render_template(
        "jobs/readers.html",
        readers=found[:PAGE],
        more=found[PAGE - 1].recipient if len(found) > PAGE else None,
        first=not after,
        **_around(),
    )


@bp.post("/<int:mail_id>/rispedisci")
@access(Permission.DISPATCH_RESEND)
def send_again(mail_id: int) -> BaseResponse:
    """Put one message back into the queue."""
    form = bind(CommandForm)
    done = attempt(form, lambda: resend_mail(current_actor(), mail_id, now=now()))
    if done is None:
        flash(" ".join(translate(refusal) for refusal in form.refusals))
    else:
        flash(gettext("The message to %(address)s will be sent again.", address=done.recipient))
    return redirect(safe_next(request.form.get("next"), url_for(".index")), 303)


def _around() -> dict[str, Any]:
    return {
        "counts": queries.counts(),
        "states": list(MailState),
        "waiting": queries.waiting(now()),
        "marked": queries.marked(),
        "form": bind(CommandForm),
    }


def _state() -> MailState | None:
    asked_for = request.args.get("stato", "")
    return MailState(asked_for) if asked_for in set(MailState) else None
