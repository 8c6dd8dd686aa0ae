"""Writing in a section: kept while one types, or by a button where there is no script; nobody's words are lost."""

from __future__ import annotations

from itertools import pairwise

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from portal.comments.difference import difference
from portal.conferences.minutes import desk_queries, write_section
from portal.conferences.minutes.queries import MinutesPage, Section
from portal.conferences.minutes.write_section import Overtaken, Saved
from portal.forms.minutes import SectionForm
from portal.kernel import clock
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission
from portal.records.minutes import draw
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, now, translate
from portal.web.minutes.blueprint import bp, found

Answer = str | Response | tuple[str, int] | tuple[Response, int]


@bp.route("/sedute/<int:number>/verbale/<int:call>/sezioni/<key>", methods=["GET", "POST"])
@access(Permission.MINUTES_WRITE)
def section(number: int, call: int, key: str) -> Answer:
    """The text in a field, what was generated beside it, the difference between them, and what was written before."""
    page, one = _section(number, call, key)
    form = bind(SectionForm, text=one.text, base=one.revision)
    if request.method == "GET":
        return _page(page, one, form)
    try:
        if not form.validate():
            return _page(page, one, form), 422
        saved = _write(page, one, form)
    except Overtaken as overtaken:
        form.refuse(overtaken)
        return _page(page, one, form, overtaken), 409
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(page, one, form), error.status
    write_section.release(current_actor(), page.id, key, now=now())
    flash(_said(saved))
    return redirect(url_for(".minutes", number=number, call=call, _anchor=f"sezione-{key}"), 303)


@bp.post("/sedute/<int:number>/verbale/<int:call>/sezioni/<key>/bozza")
@access(Permission.MINUTES_WRITE)
def keep(number: int, call: int, key: str) -> Response | tuple[Response, int]:
    """The same while one types, for the page's script."""
    page, one = _section(number, call, key)
    form = bind(SectionForm)
    try:
        if not form.validate():
            return jsonify(words=gettext("The text is too long: shorten it.")), 422
        saved = _write(page, one, form)
    except DomainError as error:
        return jsonify(words=translate(error.words)), error.status
    return jsonify(words=_said(saved), base=saved.revision)


@bp.post("/sedute/<int:number>/verbale/<int:call>/sezioni/<key>/presa")
@access(Permission.MINUTES_WRITE)
def take(number: int, call: int, key: str) -> Response:
    """Write where a colleague left a section open."""
    page, _ = _section(number, call, key)
    return at_once(
        lambda: write_section.take(current_actor(), page.id, key, now=now()),
        url_for(".section", number=number, call=call, key=key),
        gettext("The section is yours now: what was written in it is kept."),
    )


@bp.post("/sedute/<int:number>/verbale/<int:call>/sezioni/<key>/rilascio")
@access(Permission.MINUTES_WRITE)
def release(number: int, call: int, key: str) -> Response:
    """Leave it to others."""
    page, _ = _section(number, call, key)
    return at_once(
        lambda: write_section.release(current_actor(), page.id, key, now=now()),
        url_for(".minutes", number=number, call=call, _anchor=f"sezione-{key}"),
    )


@bp.post("/sedute/<int:number>/verbale/<int:call>/sezioni/<key>/ripristino")
@access(Permission.MINUTES_WRITE)
def restore(number: int, call: int, key: str) -> Response:
    """Put back what was generated."""
    page, _ = _section(number, call, key)
    return at_once(
        lambda: write_section.restore(current_actor(), page.id, key, now=now()),
        url_for(".section", number=number, call=call, key=key),
        gettext("The generated text is back; what you had written is among the earlier wordings."),
    )


@bp.post("/sedute/<int:number>/verbale/<int:call>/rigenerazione")
@access(Permission.MINUTES_WRITE)
def regenerate(number: int, call: int) -> Response:
    """Write them anew from the journal; what people wrote stays."""
    page = found(number, call)
    return at_once(
        lambda: _told(draw.write_anew(current_actor(), page, now=now())),
        url_for(".minutes", number=number, call=call),
    )


def _told(clashes: tuple[str, ...]) -> None:
    if clashes:
        said = gettext("Written anew. In %(n)d sections the same lines had been changed by hand: compare them.")
        flash(said % {"n": len(clashes)})
    else:
        flash(gettext("Written anew from the record; what had been written by hand is kept."))


def _section(number: int, call: int, key: str) -> tuple[MinutesPage, Section]:
    page = found(number, call)
    one = next((section for section in page.sections if section.key == key), None)
    if one is None:
        raise NotFound()
    return page, one


def _write(page: MinutesPage, one: Section, form: SectionForm) -> Saved:
    base = form.base.data if form.base.data is not None else one.revision
    return write_section.write(current_actor(), page.id, one.key, form.text.data or "", base, now=now())


def _said(saved: Saved) -> str:
    at = format_time(clock.local(now()), "HH:mm", rebase=False)
    if saved.joined:
        return gettext("Saved at %(time)s, together with what a colleague wrote.", time=at)
    return gettext("Saved at %(time)s.", time=at)


def _page(page: MinutesPage, one: Section, form: SectionForm, overtaken: Overtaken | None = None) -> str:
    actor = current_actor()
    other = one.writer if one.writer and one.writer.person_id != actor.person_id else None
    wordings = desk_queries.revisions(actor, page.id, one.key)
    if overtaken is not None:
        form.base.process_data(overtaken.revision)
        form.base.raw_data = [str(overtaken.revision)]
    return render_template(
        "minutes/section.html",
        page=page,
        section=one,
        form=form,
        other=other,
        minutes=int((now() - other.since).total_seconds() // 60) if other else 0,
        overtaken=overtaken,
        clash=difference(overtaken.stored, str(form.text.data or "")) if overtaken else (),
        stretches=difference(one.generated, one.text) if one.edited and not overtaken else (),
        wordings=wordings,
        changes=_changes(wordings),
    )


def _changes(wordings: list[desk_queries.RevisionRow]) -> list[object]:
    """What each wording changed in the one before; for the latest few."""
    return [difference(older.text, newer.text) for newer, older in pairwise(wordings[:11])]
