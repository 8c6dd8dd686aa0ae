"""Splitting a letter into remarks, the second look, and registering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import letter_places, register_letter, registrations, split_letter
from portal.comments.difference import change
from portal.comments.points import Place
from portal.comments.registration_rules import Part
from portal.comments.registrations import Letter
from portal.comments.rules import CommentKind
from portal.files.rules import COUNT_LIMIT
from portal.forms.comments import whole
from portal.forms.letters import FREE, NEW, NOTHING, POINT, ActForm, SplitForm, WhereForm
from portal.kernel.permissions import Permission
from portal.web.comments.blueprint import bp
from portal.web.comments.registering import registered
from portal.web.door import access, attempt, bind, current_actor, fresh, now

Answer = str | Response | tuple[str, int]


@bp.get("/segreteria/registrazioni/<int:letter_id>")
@access(Permission.LETTER_REGISTER)
def letter(letter_id: int) -> Answer:
    """The letter with what was made of it so far."""
    found = registrations.letter(current_actor(), letter_id)
    return registered(found) or _page(found)


@bp.post("/segreteria/registrazioni/<int:letter_id>/passi")
@access(Permission.LETTER_REGISTER)
def split(letter_id: int) -> Answer:
    """Give the chosen passages to a remark, or say that they ask for nothing."""
    form = bind(SplitForm)
    found = registrations.letter(current_actor(), letter_id)
    if attempt(form, lambda: _give(form, found)) is None:
        found = registrations.letter(current_actor(), letter_id)
        return registered(found) or (_page(found, form), 422)
    return _onward(letter_id, form)


@bp.post("/segreteria/registrazioni/<int:letter_id>/punti/<int:point_id>")
@access(Permission.LETTER_REGISTER)
def change_point(letter_id: int, point_id: int) -> Answer:
    """Say otherwise where a remark stands, or of which kind it is."""
    form = bind(WhereForm)
    found = registrations.letter(current_actor(), letter_id)

    def act() -> bool:
        place, revision = _place(form, found), whole(form.revision.data)
        kind = CommentKind(form.kind.data)
        split_letter.change_point(current_actor(), letter_id, point_id, place, kind, revision, now=now())
        return True

    if attempt(form, act) is None:
        for field in form:
            field.id = f"p{point_id}-{field.id}"  # the page holds the same fields for each remark
        found = registrations.letter(current_actor(), letter_id)
        return registered(found) or (_page(found, point_form=form, point_id=point_id), 422)
    return redirect(url_for(".letter", letter_id=letter_id, _anchor=f"punto-{point_id}"), 303)


@bp.post("/segreteria/registrazioni/<int:letter_id>/punti/<int:point_id>/togli")
@access(Permission.LETTER_REGISTER)
def remove_point(letter_id: int, point_id: int) -> Answer:
    """Take a remark out; its words wait again."""
    form = bind(ActForm)

    def act() -> bool:
        split_letter.remove_point(current_actor(), letter_id, point_id, whole(form.revision.data), now=now())
        return True

    if attempt(form, act) is None:
        found = registrations.letter(current_actor(), letter_id)
        return registered(found) or (_page(found, act_form=form), 422)
    flash(gettext("The remark is taken out: its words wait to be assigned."))
    return redirect(url_for(".letter", letter_id=letter_id), 303)


@bp.route("/segreteria/registrazioni/<int:letter_id>/conferma", methods=["GET", "POST"])
@access(Permission.LETTER_REGISTER)
def confirm_letter(letter_id: int) -> Answer:
    """The second look, and the act."""
    form = bind(ActForm)
    if request.method == "POST":
        revision = whole(form.revision.data)
        code = attempt(form, lambda: register_letter.register(current_actor(), letter_id, revision, now=now()))
        if code:
            flash(
                gettext("Registered: the remarks are in the queue, and the people of the body find them on their desk.")
            )
            return redirect(url_for(".receipt", code=code), 303)
    found = registrations.letter(current_actor(), letter_id)
    if (gone := registered(found)) is not None:
        return gone
    form.revision.data = str(found.revision)
    shown = render_template("comments/letter_confirm.html", letter=found, form=form, changes=_changes(found))
    return (shown, 422) if form.refusals else shown


def _changes(found: Letter) -> dict[int, Any]:
    return {
        point.id: change(point.paragraph_text, point.proposed_text)
        for point in found.points
        if point.paragraph_text and point.proposed_text and point.kind is CommentKind.CHANGE_REQUEST
    }


def _place(form: WhereForm, found: Letter) -> Place:
    return letter_places.place(found.consultation_id, found.version_id, form.where.data or "", form.paragraph.data)


def _give(form: SplitForm, found: Letter) -> bool:
    actor, ranges, revision = current_actor(), form.ranges, whole(form.revision.data)
    acts: dict[str, Callable[[], Any]] = {
        NEW: lambda: split_letter.add_point(
            actor, found.id, _place(form, found), CommentKind(form.kind.data), ranges, revision, now=now()
        ),
        NOTHING: lambda: split_letter.dismiss(actor, found.id, ranges, revision, now=now()),
        FREE: lambda: split_letter.release(actor, found.id, ranges, revision, now=now()),
    }
    part = Part(form.part.data)
    act = acts.get(
        str(form.what.data),
        lambda: split_letter.assign(actor, found.id, ranges, form.point_id, part, revision, now=now()),
    )
    act()
    return True


def _onward(letter_id: int, form: SplitForm) -> Response:
    """Back to the letter, at the next words that wait, with the place that was named last."""
    found = registrations.letter(current_actor(), letter_id)
    following = found.waiting[0][0] if found.waiting else None
    return redirect(
        url_for(
            ".letter",
            letter_id=letter_id,
            dove=(form.where.data or None) if form.what.data == NEW else None,
            tipo=form.kind.data if form.what.data == NEW else None,
            _anchor=f"brano-{following}" if following is not None else "fatto",
        ),
        303,
    )


def _page(
    found: Letter,
    form: SplitForm | None = None,
    *,
    point_form: WhereForm | None = None,
    point_id: int = 0,
    act_form: ActForm | None = None,
) -> str:
    kinds = {kind.value for kind in CommentKind}
    kind = request.args.get("tipo", "")
    form = form or fresh(
        SplitForm,
        where=request.args.get("dove", ""),
        kind=kind if kind in kinds else CommentKind.CHANGE_REQUEST.value,
    )
    form.revision.data = str(found.revision)
    return render_template(
        "comments/letter.html",
        letter=found,
        stretches=found.stretches,
        form=form,
        chosen=set(form.passages.data or ()),
        where=letter_places.choices(found.version_id),
        kinds=list(CommentKind),
        parts=list(Part),
        acts={"new": NEW, "nothing": NOTHING, "free": FREE, "point": POINT},
        point_form=point_form,
        point_id=point_id,
        act_form=act_form,
        files_limit=COUNT_LIMIT,
    )
