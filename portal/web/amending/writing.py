"""Writing the draft: kept while one types, or by a button where there is no script; nobody's words are lost."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from portal.comments.difference import Stretch, difference
from portal.forms.amending import Arrangement, KindForm, SectionForm, SourceForm
from portal.forms.base import options
from portal.kernel import clock
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission
from portal.opinions.amending import arrange, cite, queries, write_section
from portal.opinions.amending.cite import Source
from portal.opinions.amending.rows import SectionRow
from portal.opinions.amending.rules import SectionRole
from portal.opinions.amending.write_section import Overtaken, Saved, Written
from portal.opinions.rules import OpinionKind
from portal.web.amending.blueprint import Shown, bp, section_name, shown, source_words, text_url
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, fresh, now, translate

Answer = str | Response | tuple[str, int] | tuple[Response, int]


@dataclass(frozen=True)
class Clash:
    """What another hand wrote, and how what was typed differs from it."""

    stored: Written
    text: list[Stretch]
    reason: list[Stretch]


@bp.route("/forum/pareri/<int:number>/testo/sezioni/<int:section>", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def section(number: int, section: int) -> Answer:
    """The words of a section in fields, with what a remark rests on."""
    found = _writable(number)
    one = found.section(section)
    form = _form(found, one)
    if request.method == "GET":
        return _page(found, one, form)
    try:
        if not form.validate():
            return _page(found, one, form), 422
        saved = _write(number, one, form)
    except Overtaken as overtaken:
        form.refuse(overtaken)
        clash = _clash(form, overtaken)
        return _page(found, one, form, clash), 409
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(found, one, form), error.status
    flash(_said(saved))
    return redirect(text_url(number, f"sezione-{section}"), 303)


@bp.post("/forum/pareri/<int:number>/testo/sezioni/<int:section>/bozza")
@access(Permission.SIGNED_IN)
def keep(number: int, section: int) -> Response | tuple[Response, int]:
    """The same while one types; where another hand wrote meanwhile, joining is left to the button."""
    found = _writable(number)
    form = _form(found, found.section(section))
    try:
        if not form.validate():
            return jsonify(words=gettext("The text is too long: shorten it.")), 422
        saved = _write(number, found.section(section), form, join=False)
    except DomainError as error:
        return jsonify(words=translate(error.words)), error.status
    return jsonify(words=_said(saved), base=saved.revision)


@bp.post("/forum/pareri/<int:number>/testo/rilievi")
@access(Permission.SIGNED_IN)
def add(number: int) -> Response:
    """An empty remark, and on to writing it."""
    after = request.form.get("after", type=int)
    made = arrange.add_remark(current_actor(), number, after, now=now())
    return redirect(url_for("amending.section", number=number, section=made), 303)


@bp.post("/forum/pareri/<int:number>/testo/sezioni/<int:section>/ordine")
@access(Permission.SIGNED_IN)
def order(number: int, section: int) -> Response:
    """Up, down, away, back."""
    try:
        act = Arrangement(request.form.get("act", ""))
    except ValueError:
        raise NotFound() from None
    actor, at = current_actor(), now()
    said = {
        Arrangement.REMOVE: gettext("The remark is taken away; below the text you can put it back."),
        Arrangement.RESTORE: gettext("The remark is back where it stood."),
    }

    def verb() -> None:
        match act:
            case Arrangement.REMOVE:
                arrange.remove(actor, number, section, now=at)
            case Arrangement.RESTORE:
                arrange.restore(actor, number, section, now=at)
            case _:
                arrange.move(actor, number, section, act is Arrangement.UP, now=at)

    place = "" if act is Arrangement.REMOVE else f"sezione-{section}"
    return at_once(verb, text_url(number, place), said.get(act, gettext("The remark is moved.")))


@bp.post("/forum/pareri/<int:number>/testo/natura")
@access(Permission.SIGNED_IN)
def kind(number: int) -> Response:
    """What the text says of the plan."""
    form = bind(KindForm)

    def verb() -> None:
        if not form.validate():
            raise Invalid(gettext("Choose what the opinion is."), code="kind")
        arrange.choose_kind(current_actor(), number, OpinionKind(str(form.kind.data)), now=now())

    return at_once(verb, text_url(number, "natura"), gettext("The kind of opinion is chosen."))


@bp.post("/forum/pareri/<int:number>/testo/sezioni/<int:section>/fonti")
@access(Permission.SIGNED_IN)
def sources(number: int, section: int) -> Response:
    """One more source, or with `act` one less."""
    form = bind(SourceForm)
    away = request.form.get("act") == Arrangement.REMOVE.value

    def verb() -> None:
        if not form.validate() or form.source is None:
            raise Invalid(gettext("Choose a source, or write the number of a remark."), code="source")
        change = cite.uncite if away else cite.cite
        change(current_actor(), number, section, Source(*form.source), now=now())

    target = url_for("amending.section", number=number, section=section) + "#fonti"
    return at_once(verb, target, gettext("The sources are changed."))


def _writable(number: int) -> Shown:
    """The draft, for those who write in it."""
    found = shown(number)
    if not found.writes:
        raise NotFound()
    return found


def _form(found: Shown, one: SectionRow) -> SectionForm:
    known = {"text": one.text, "base": one.revision, "heading": one.heading, "reason": one.reason}
    form = bind(SectionForm, target=one.target, **known)
    form.target.choices = options([("", gettext("Choose…")), *((key, at.text) for key, at in found.places.items())])
    if one.role is SectionRole.REMARK:
        form.text.label.text = gettext("What is asked for")
    return form


def _write(number: int, one: SectionRow, form: SectionForm, *, join: bool = True) -> Saved:
    wanted = Written(str(form.text.data or ""), str(form.heading.data or ""), str(form.reason.data or ""), *form.rows)
    base = form.base.data or one.revision
    return write_section.write(current_actor(), number, one.id, wanted, base, join=join, now=now())


def _clash(form: SectionForm, overtaken: Overtaken) -> Clash:
    """The next time the form is saved it is over what is stored now."""
    form.base.process_data(overtaken.revision)
    form.base.raw_data = [str(overtaken.revision)]
    stored = overtaken.stored
    text = difference(stored.text, str(form.text.data or ""))
    return Clash(stored, text, difference(stored.reason, str(form.reason.data or "")))


def _said(saved: Saved) -> str:
    at = format_time(clock.local(now()), "HH:mm", rebase=False)
    if saved.joined:
        return gettext("Saved at %(time)s, together with what somebody else wrote: read it again.", time=at)
    return gettext("Saved at %(time)s.", time=at)


def _page(found: Shown, one: SectionRow, form: SectionForm, clash: Clash | None = None) -> str:
    known = queries.citable(found.row.number) if one.role is SectionRole.REMARK else {}
    listed = [(f"{s.kind.value}:{s.number}", _named(source_words(s), s.text)) for rows in known.values() for s in rows]
    cited = fresh(SourceForm)
    cited.row.choices = options([("", gettext("Choose…")), *listed])
    return render_template(
        "amending/section.html",
        found=found,
        row=found.row,
        section=one,
        name=section_name(one.role, one.label),
        form=form,
        sources=cited,
        citable=bool(listed),
        clash=clash,
    )


def _named(words: str, text: str) -> str:
    return f"{words}: {text[:80]}" if text else words
