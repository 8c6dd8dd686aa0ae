"""Writing a point: by form, saved as one types, never lost between two windows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from portal.comments import desk, places, write_draft
from portal.comments.places import Spot
from portal.comments.points import Overtaken, Point
from portal.comments.rules import CommentKind, SubmissionState
from portal.comments.write_draft import Saved
from portal.forms.comments import LIMITS, PointForm, whole
from portal.forms.labels import KIND_HINTS
from portal.kernel import clock
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission
from portal.web.comments import choosing, newer
from portal.web.comments.attaching import HERE, files_of
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.limits import SUBMIT, limiter
from portal.web.pages import instant

Answer = str | Response | tuple[str, int]
HINTS = {kind.value: hint for kind, hint in KIND_HINTS.items()}


@bp.get("/osservazioni/scrivi")
@access(Permission.COMMENT_DRAFT)
def write() -> Answer:
    """An empty sheet beside the text it is about; nothing is stored before something is written."""
    spot = _spot()
    form = bind(
        PointForm,
        client_key=str(uuid.uuid4()),
        submission=request.args.get("bozza", ""),
        kind=_kind(spot),
    )
    return _sheet(form, spot)


@bp.post("/osservazioni/scrivi")
@access(Permission.COMMENT_DRAFT)
@limiter.limit(SUBMIT)
def begin() -> Answer:
    """Store the first version of a point."""
    spot, form = _spot(), bind(PointForm)
    if request.form.get("next") == "sentences":
        choosing.start_from_sentences(form, spot)
    return _saved_or_sheet(form, spot, lambda: _begin(form, spot))


@bp.route("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>", methods=["GET", "POST"])
@access(Permission.COMMENT_DRAFT)
def edit(submission_id: int, comment_id: int) -> Answer:
    """Go on writing a point."""
    draft, row, spot = _point(submission_id, comment_id)
    if request.method == "POST":
        form = bind(PointForm)
        if request.form.get("next") == "sentences":
            choosing.start_from_sentences(form, spot, row.passages)
        return _saved_or_sheet(form, spot, lambda: _revise(form, comment_id), draft, comment_id)
    form = bind(
        PointForm,
        kind=row.kind.value,
        observation=row.observation,
        proposed_text=row.proposed_text,
        reasons=row.reasons,
        territory=desk.territory_of(current_actor(), comment_id),
        submission=submission_id,
        revision=row.revision,
        passages=[passage.value for passage in row.passages],
    )
    return _sheet(form, spot, draft, comment_id)


@bp.post("/osservazioni/bozze/salva")
@access(Permission.COMMENT_DRAFT)
def autosave_new() -> Response | tuple[Response, int]:
    """Store a point as it is typed, for the first time."""
    form = bind(PointForm)
    return _told(form, lambda: _begin(form, _spot()))


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/salva")
@access(Permission.COMMENT_DRAFT)
def autosave(submission_id: int, comment_id: int) -> Response | tuple[Response, int]:
    """Store a point as it is typed, once more."""
    form = bind(PointForm)
    return _told(form, lambda: _revise(form, comment_id))


@bp.post("/osservazioni/bozze/<int:submission_id>/punti/<int:comment_id>/togli")
@access(Permission.COMMENT_DRAFT)
def remove(submission_id: int, comment_id: int) -> Response:
    """Take a point out of a draft."""
    write_draft.remove(current_actor(), comment_id, now=now())
    flash(gettext("The remark was taken out of the draft."))
    return redirect(url_for(".draft", submission_id=submission_id), 303)


@bp.post("/osservazioni/bozze/<int:submission_id>/scarto")
@access(Permission.COMMENT_DRAFT)
def discard(submission_id: int) -> Response:
    """Give a draft up."""
    write_draft.discard(current_actor(), submission_id, now=now())
    flash(gettext("The draft was discarded."))
    return redirect(url_for(".desk"), 303)


def _kind(spot: Spot) -> str | None:
    """What is chosen already: what the link asked for, or a new action where no text is meant."""
    wanted = request.args.get("kind", "" if spot.code else CommentKind.NEW_ACTION.value)
    return wanted if wanted in set(CommentKind) else None


def _spot() -> Spot:
    args = request.args
    return places.spot(
        now(),
        action=args.get("action", ""),
        section=args.get("section", ""),
        paragraph=args.get("paragraph", ""),
        consultation_id=whole(args.get("consultation")) or None,
    )


def _point(submission_id: int, comment_id: int) -> tuple[desk.Draft, desk.PointRow, Spot]:
    draft = desk.draft(current_actor(), submission_id)
    row = next((point for point in draft.points if point.id == comment_id), None)
    if row is None:
        raise NotFound()
    spot = Spot(
        draft.consultation,
        code=row.action_code or row.section_code or "",
        title=row.action_title or row.section_title or "",
        paragraph_id=row.paragraph_id,
        paragraph_key=row.paragraph_key or "",
        paragraph_number=row.paragraph_number,
        paragraph_kind=row.paragraph_kind,
        paragraph_heading=row.paragraph_heading or "",
        text=row.current_text,
    )
    return draft, row, spot


def _begin(form: PointForm, spot: Spot) -> Saved:
    return write_draft.begin(
        current_actor(),
        spot.place,
        form.point,
        form.client_key.data or "",
        submission_id=form.submission_id,
        revision=form.base_revision,
        now=now(),
    )


def _revise(form: PointForm, comment_id: int) -> Saved:
    return write_draft.revise(current_actor(), comment_id, form.point, form.base_revision, now=now())


def _saved_or_sheet(
    form: PointForm,
    spot: Spot,
    verb: Callable[[], Saved],
    draft: desk.Draft | None = None,
    comment_id: int | None = None,
) -> Answer:
    """Go on to what was asked for; or the sheet again, with the other window's text beside if there is one."""
    overtaken: list[Overtaken] = []

    def noticing() -> Saved:
        try:
            return verb()
        except Overtaken as error:
            overtaken.append(error)
            raise

    saved = attempt(form, noticing)
    if saved is None:
        other = overtaken[0] if overtaken else None
        if other:
            form.revision.data = str(other.revision)
        return _sheet(form, spot, draft, comment_id, other.stored if other else None), 409 if other else 422
    return redirect(_onward(saved), 303)


def _onward(saved: Saved) -> str:
    """Where the button leads that was pressed."""
    point: dict[str, Any] = {"submission_id": saved.submission_id, "comment_id": saved.comment_id}
    match request.form.get("next"):
        case "save":
            flash(gettext("The draft was saved."))
            return url_for(".edit", **point)
        case "attach":
            return url_for(".edit", **point, _anchor=HERE)
        case "sentences":
            flash(gettext("The proposed text starts from the sentences you chose: change what you want to change."))
            return url_for(".edit", **point, _anchor="proposed_text")
        case "places":
            return url_for(".more_places", **point)
        case _:
            return url_for(".draft", submission_id=saved.submission_id)


def _sheet(
    form: PointForm,
    spot: Spot,
    draft: desk.Draft | None = None,
    comment_id: int | None = None,
    other: Point | None = None,
) -> str:
    comuni = places.municipalities()
    form.territory.choices = [(id_, name) for id_, name in comuni]
    named, chosen = set(form.territory.data or ()), choosing.chosen_in(form.passages.data or ())
    return render_template(
        "comments/write.html",
        form=form,
        spot=spot,
        window=spot.window,
        phase_now=spot.window.phase(now()),
        draft=draft,
        other=other,
        hints=HINTS,
        limits=LIMITS,
        autosave=_autosave_url(spot, draft, comment_id),
        board=choosing.board_of(spot, chosen),
        elsewhere=choosing.elsewhere(spot, chosen),
        newer=newer.for_spot(spot, chosen),
        chosen=[name for id_, name in comuni if id_ in named],
        **files_of(comment_id),
        joinable=[] if draft or form.submission_id else _joinable(spot),
    )


def _joinable(spot: Spot) -> list[desk.DraftRow]:
    drafts = desk.drafts(current_actor(), (SubmissionState.DRAFT,))
    return [row for row in drafts if row.consultation_id == spot.window.id][:3]


def _autosave_url(spot: Spot, draft: desk.Draft | None, comment_id: int | None) -> str:
    if draft and comment_id:
        return url_for(".autosave", submission_id=draft.id, comment_id=comment_id)
    named: dict[str, Any] = {
        "action": spot.code if spot.action_id else None,
        "section": spot.code if spot.section_id else None,
        "paragraph": spot.paragraph_key or None,
    }
    return url_for(".autosave_new", consultation=spot.window.id, **{k: v for k, v in named.items() if v})


def _told(form: PointForm, verb: Callable[[], Saved]) -> Response | tuple[Response, int]:
    """What autosave is told: where the point is kept now, or why it is not."""
    if not form.validate():
        return jsonify(words=gettext("Not saved yet: choose what you want to say.")), 422
    try:
        saved = verb()
    except Overtaken as error:
        return jsonify(words=translate(error.words), revision=error.revision, stored=_plain(error.stored)), 409
    except DomainError as error:
        field = error.field if isinstance(error, Invalid) else None
        return jsonify(words=translate(error.words), field=field), error.status
    keep: dict[str, Any] = {"submission_id": saved.submission_id, "comment_id": saved.comment_id}
    at = format_time(clock.local(saved.saved_at), "HH:mm", rebase=False)
    return jsonify(
        words=gettext("Saved on the server at %(time)s", time=at),
        revision=saved.revision,
        submission=saved.submission_id,
        point=saved.comment_id,
        **_deadline(saved),
        newer=newer.said(saved.version_id),
        autosave=url_for(".autosave", **keep),
        address=url_for(".edit", **keep),
    )


def _deadline(saved: Saved) -> dict[str, str]:
    """Until when, by the server's clock: a deadline may be moved while somebody writes."""
    return {
        "now": now().isoformat(),
        "until": saved.deadline_at.isoformat(),
        "until_words": str(instant(saved.deadline_at)),
    }


def _plain(point: Point) -> dict[str, Any]:
    return {
        "kind": point.kind.value,
        "observation": point.observation,
        "proposed_text": point.proposed_text,
        "reasons": point.reasons,
        "passages": [passage.value for passage in point.passages],
    }
