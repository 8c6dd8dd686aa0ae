"""From draft to receipt: review, hand over, give back, send."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import attachments, desk, hand_over, places, spoken, submit
from portal.comments.rules import SubmissionState
from portal.forms.comments import NoteForm, SendForm
from portal.kernel.permissions import Permission
from portal.web.comments import newer
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, fresh, now
from portal.web.limits import SUBMIT, limiter

Answer = str | Response | tuple[str, int]


@bp.get("/osservazioni/bozze/<int:submission_id>")
@access(Permission.COMMENT_READ_OWN)
def draft(submission_id: int) -> Answer:
    """The draft as it will be read by others, and what is still missing."""
    return _review(submission_id)


@bp.post("/osservazioni/bozze/<int:submission_id>/invio")
@access(Permission.COMMENT_SUBMIT)
@limiter.limit(SUBMIT)
def send(submission_id: int) -> Answer:
    """Send, and show the receipt."""
    form = bind(SendForm)
    code = attempt(form, lambda: submit.submit(current_actor(), submission_id, revision=form.reviewed, now=now()))
    if code is None:
        return _review(submission_id, form, status=422)
    return redirect(url_for(".receipt", code=code, inviata=1), 303)


@bp.post("/osservazioni/bozze/<int:submission_id>/firma")
@access(Permission.COMMENT_DRAFT)
def make_ready(submission_id: int) -> Answer:
    """Put the draft on the signatory's list."""
    form = bind(SendForm)
    done = attempt(
        form, lambda: hand_over.make_ready(current_actor(), submission_id, revision=form.reviewed, now=now())
    )
    if done is None:
        return _review(submission_id, form, status=422)
    flash(gettext("The draft waits for the signature. Whoever signs for your body finds it on the desk."))
    return redirect(url_for(".desk"), 303)


@bp.post("/osservazioni/bozze/<int:submission_id>/restituzione")
@access(Permission.COMMENT_DRAFT)
def give_back(submission_id: int) -> Answer:
    """Return the draft to those who write, with a note."""
    form = bind(NoteForm)
    done = attempt(form, lambda: hand_over.give_back(current_actor(), submission_id, form.note.data or "", now=now()))
    if done is None:
        return _review(submission_id, note_form=form, status=422)
    flash(gettext("The draft can be changed again."))
    return redirect(url_for(".draft", submission_id=submission_id), 303)


def _review(
    submission_id: int, form: SendForm | None = None, note_form: NoteForm | None = None, status: int = 200
) -> Answer:
    found = desk.draft(current_actor(), submission_id)
    if found.code:
        return redirect(url_for(".receipt", code=found.code), 303)
    version, news = newer.for_draft(found)
    form = form or fresh(SendForm)
    form.revision.data = str(found.revision)
    shown = render_template(
        "comments/draft.html",
        draft=found,
        window=found.consultation,
        phase_now=found.consultation.phase(now()),
        is_ready=found.state is SubmissionState.READY,
        version=version,
        news=news,
        speeches={point.id: spoken.speech(point, point.current_text, point.anchors) for point in found.points},
        actions=[] if found.state is SubmissionState.READY else places.action_choices(found.consultation.version_id),
        files=attachments.of_submission(current_actor(), submission_id),
        form=form,
        note_form=note_form or fresh(NoteForm),
    )
    return shown, status
