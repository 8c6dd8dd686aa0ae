"""Keeping an answer while it is written: by the page itself, or by a button where there is no script."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from portal.comments import queries as comments
from portal.drafting import keep_draft
from portal.drafting.rules import Outcome
from portal.forms.drafting import DraftForm
from portal.kernel import clock
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access, bind, current_actor, now, translate
from portal.web.drafting.inbox import bp

Answer = Response | tuple[Response, int]


@bp.post("/redazione/osservazioni/<int:number>/bozza")
@access(Permission.ANSWER_PROPOSE)
def keep(number: int) -> Answer:
    """Keep it on the server, for this person alone."""
    actor, form = current_actor(), bind(DraftForm)
    remark = comments.remark(actor, number)
    if not remark.visible:
        raise NotFound()
    by_script = request.accept_mimetypes.best == "application/json"
    outcome, revision = form.outcome.data, int(form.revision.data or 0)
    try:
        if not form.validate():
            raise NotFound()
        text = form.text.data or ""
        wanted = Outcome(outcome) if outcome else None
        kept = keep_draft.keep_draft(actor, remark.id, wanted, text, revision, now=now())
    except DomainError as error:
        if by_script:
            return jsonify(words=translate(error.words)), error.status
        raise
    said = _said(kept)
    if by_script:
        return jsonify(words=said)
    flash(said)
    return redirect(url_for(".answer", number=number, _anchor="part-answer"), 303)


def _said(kept: bool) -> str:
    at = format_time(clock.local(now()), "HH:mm", rebase=False)
    return gettext("Draft kept at %(time)s: only you see it", time=at) if kept else gettext("Nothing is kept")
