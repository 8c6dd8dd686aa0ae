"""Themes of the drafting team, put on one remark or on many, and kept views of the table."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments import queries as comments
from portal.drafting import queries, save_view, tag_remarks, themes, write_tag
from portal.forms.base import options
from portal.forms.drafting import TagForm, TagRemarksForm, ViewForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.door import access, attempt, bind, current_actor, now, safe_next
from portal.web.drafting.inbox import bp, page, tell

Answer = str | Response | tuple[str, int]


@bp.get("/redazione/temi")
@access(Permission.ANSWER_READ)
def tags() -> str:
    """The themes with their officers."""
    return _tags(_form())


@bp.post("/redazione/temi")
@access(Permission.ANSWER_ASSIGN)
def new_tag() -> Answer:
    """Make a theme."""
    form = _form()
    done = attempt(
        form, lambda: write_tag.make_tag(current_actor(), form.name.data or "", form.officer.data or None, now=now())
    )
    if done is None:
        return _tags(form), 422
    flash(gettext("Theme made: %(name)s", name=done.name))
    return redirect(url_for(".tags"), 303)


@bp.route("/redazione/temi/<int:tag_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_ASSIGN)
def tag(tag_id: int) -> Answer:
    """Change the name or the officer of a theme."""
    found = themes.theme(tag_id)
    form = _form(name=found.name, officer=found.officer_id or 0)
    if request.method == "GET":
        return render_template("drafting/theme.html", theme=found, form=form)

    def change() -> object:
        return write_tag.change_tag(current_actor(), tag_id, form.name.data or "", form.officer.data or None, now=now())

    if attempt(form, change) is None:
        return render_template("drafting/theme.html", theme=found, form=form), 422
    flash(gettext("Theme changed."))
    return redirect(url_for(".tags"), 303)


@bp.post("/redazione/temi/<int:tag_id>/chiusura")
@access(Permission.ANSWER_ASSIGN)
def retire_tag(tag_id: int) -> Answer:
    """Offer it no more."""
    write_tag.retire_tag(current_actor(), tag_id, now=now())
    flash(gettext("The theme is not offered any more; the remarks that carry it keep it."))
    return redirect(url_for(".tags"), 303)


@bp.post("/redazione/temi/osservazioni")
@access(Permission.ANSWER_PROPOSE)
def tag_chosen() -> Answer:
    """Put the chosen remarks under a theme; those that nobody has go to its officer."""
    actor, form = current_actor(), bind(TagRemarksForm)
    done = attempt(form, lambda: tag_remarks.tag_remarks(actor, form.chosen.data or [], form.tag.data or 0, now=now()))
    if done is None:
        return page(form), 422
    tell(done, lambda n: ngettext("%(num)s remark under the theme.", "%(num)s remarks under the theme.", n))
    return redirect(safe_next(request.form.get("next"), url_for(".inbox")), 303)


@bp.post("/redazione/osservazioni/<int:number>/temi/<int:tag_id>/togli")
@access(Permission.ANSWER_PROPOSE)
def untag(number: int, tag_id: int) -> Answer:
    """Take a remark out of a theme."""
    actor = current_actor()
    remark = comments.remark(actor, number)
    if not remark.visible:
        raise NotFound()
    tag_remarks.untag(actor, remark.id, tag_id, now=now())
    flash(gettext("The remark is not under the theme any more."))
    return redirect(url_for(".answer", number=number), 303)


@bp.post("/redazione/viste")
@access(Permission.ANSWER_READ)
def keep_view() -> Answer:
    """Keep the filters of the table under a name."""
    actor, form = current_actor(), bind(ViewForm)
    filters = dict(parse_qsl(form.filters.data or ""))
    done = attempt(
        form,
        lambda: save_view.save_view(actor, form.name.data or "", filters, shared=bool(form.shared.data), now=now()),
    )
    if done is None:
        return page(form), 422
    flash(gettext("View kept: %(name)s", name=done.name))
    return redirect(url_for(".inbox", **done.filters), 303)


@bp.post("/redazione/viste/<int:view_id>/togli")
@access(Permission.ANSWER_READ)
def drop_view(view_id: int) -> Answer:
    """Take a view away."""
    save_view.drop_view(current_actor(), view_id)
    flash(gettext("View taken away."))
    return redirect(url_for(".inbox"), 303)


def _form(**defaults: object) -> TagForm:
    form = bind(TagForm, **defaults)
    people = [(officer.person_id, officer.name) for officer in queries.officers(now())]
    form.officer.choices = options([(0, gettext("Nobody: one assigns by hand")), *people])
    return form


def _tags(form: TagForm) -> str:
    return render_template("drafting/themes.html", themes=themes.themes(retired=True), form=form)
