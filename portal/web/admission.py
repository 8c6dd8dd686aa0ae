"""What the secretariat does beside admitting: ask, hide, confirm, keep, reconsider, open the original."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import (
    admission_queries,
    ask_author,
    confirm_hiding,
    hide_passage,
    masks,
    open_original,
    reconsider,
    report,
)
from portal.comments.queries import Remark
from portal.forms.base import CommandForm
from portal.forms.moderation import AskForm, HideForm, KeepForm, OpenForm, ReconsiderForm
from portal.kernel.errors import Conflict, Forbidden, Gone
from portal.kernel.permissions import Permission
from portal.web import moderation
from portal.web.door import access, attempt, bind, current_actor, now, safe_next, translate

bp = Blueprint("admission", __name__, url_prefix="/segreteria/osservazioni/<int:number>")
Answer = Response | tuple[str, int]


def _remark(number: int) -> Remark:
    return admission_queries.sheet(current_actor(), number, now=now()).remark


def _act(number: int, name: str, form: CommandForm, verb: Callable[[int], object], said: str, stay: bool) -> Answer:
    """Carry it out and go on to the next remark, or stay; or show again what was refused."""
    comment_id = _remark(number).id
    if attempt(form, lambda: (verb(comment_id),)) is None:
        return moderation.page(number, **{name: form}), 422
    flash(said)
    here = url_for("moderation.remark", number=number)
    return redirect(here if stay else safe_next(request.form.get("next"), here), 303)


@bp.post("/domanda")
@access(Permission.COMMENT_DECIDE)
def ask(number: int) -> Answer:
    """Ask the author; the remark leaves the list until there is an answer."""
    form = bind(AskForm)
    said = gettext("The question is on its way to the author of remark %(number)s.", number=number)
    return _act(
        number,
        "ask",
        form,
        lambda i: ask_author.ask_author(current_actor(), i, form.question.data or "", now=now()),
        said,
        stay=False,
    )


@bp.post("/passo")
@access(Permission.COMMENT_DECIDE)
def hide(number: int) -> Answer:
    """Hide passages, at once or after a second person has confirmed."""
    form = bind(HideForm)
    found = admission_queries.sheet(current_actor(), number, now=now())
    if found.two_to_hide:
        said = gettext("Nothing is hidden yet: a second person must confirm it.")
    else:
        said = gettext("The passage is hidden and the original is sealed.")
    return _act(
        number,
        "hide",
        form,
        lambda i: hide_passage.hide_passage(
            current_actor(),
            i,
            masks.named(form.sentences.data or ()),
            form.quote.data or "",
            form.reason,
            form.text.data or "",
            files=form.files.data or (),
            now=now(),
        ),
        said,
        stay=True,
    )


@bp.post("/mantenuta")
@access(Permission.COMMENT_DECIDE)
def keep(number: int) -> Answer:
    """Keep what was reported, saying why."""
    form = bind(KeepForm)
    return _act(
        number,
        "keep",
        form,
        lambda i: report.keep(current_actor(), i, form.kept_text.data or "", now=now()),
        gettext("Remark %(number)s is kept; the register says so.", number=number),
        stay=False,
    )


@bp.post("/riesame")
@access(Permission.COMMENT_DECIDE)
def again(number: int) -> Answer:
    """Decide once more, with the author's reply."""
    form = bind(ReconsiderForm)
    if form.admits:
        said = gettext("Remark %(number)s is admitted after the reply of its author.", number=number)
    else:
        said = gettext("The refusal of remark %(number)s is confirmed: the author is told why.", number=number)
    return _act(
        number,
        "again",
        form,
        lambda i: reconsider.reconsider(current_actor(), i, form.admits, form.reason, form.text.data or "", now=now()),
        said,
        stay=False,
    )


@bp.post("/richieste/<int:request_id>/conferma")
@access(Permission.COMMENT_DECIDE)
def confirm(number: int, request_id: int) -> Response:
    """Do what a colleague asked for."""
    said = gettext("Confirmed: what your colleague asked for is done.")
    return _second(number, said, lambda i: confirm_hiding.confirm_hiding(current_actor(), i, request_id, now=now()))


@bp.post("/richieste/<int:request_id>/rifiuto")
@access(Permission.COMMENT_DECIDE)
def decline(number: int, request_id: int) -> Response:
    """Leave the remark as it is."""
    said = gettext("Declined: the remark stays as it is.")
    return _second(number, said, lambda i: confirm_hiding.decline_hiding(current_actor(), i, request_id, now=now()))


@bp.post("/passi/<int:hiding_id>/ripristino")
@access(Permission.COMMENT_DECIDE)
def restore(number: int, hiding_id: int) -> Response:
    """Let a passage be read again."""
    said = gettext("The passage can be read again.")
    return _second(number, said, lambda i: hide_passage.restore(current_actor(), i, hiding_id, now=now()))


def _second(number: int, said: str, verb: Callable[[int], object]) -> Response:
    comment_id = _remark(number).id
    try:
        verb(comment_id)
    except (Conflict, Forbidden, Gone) as refused:
        flash(translate(refused.words), "error")
    else:
        flash(said)
    return redirect(url_for("moderation.remark", number=number), 303)


@bp.post("/originale")
@access(Permission.ORIGINAL_OPEN)
def original(number: int) -> FlaskResponse | tuple[str, int]:
    """Show the sealed words once, to whoever says why; nothing of it is kept by the browser."""
    form, found = bind(OpenForm), _remark(number)
    texts = attempt(
        form, lambda: open_original.open_original(current_actor(), found.id, form.reason.data or "", now=now())
    )
    if texts is None:
        return moderation.page(number, opening=form), 422
    answer = make_response(render_template("admission/original.html", remark=found, texts=texts))
    answer.headers["Cache-Control"] = "no-store"
    return answer
