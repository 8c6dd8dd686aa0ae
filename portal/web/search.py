"""The search: what was found with the words marked, where else to look, and shortcuts to what a code names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from portal.comments import queries as remarks
from portal.comments.consultation_queries import Edition
from portal.comments.rules import CommentKind
from portal.forms.search import SearchForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.plan.queries import ActionRow
from portal.plan.rules import VersionState
from portal.search import find, nearby, stems
from portal.search.asking import MOST_SIGNS, Asked, asked
from portal.search.find import Found
from portal.search.queries import Narrowed
from portal.search.rules import Scope, cursor
from portal.web import editions
from portal.web.cache import derived
from portal.web.door import access, current_actor, now
from portal.web.labels import options
from portal.web.limits import SEARCH, limiter
from portal.web.numbers import read

bp = Blueprint("search", __name__)
FILTERS = ("kind", "body", "action", "consultation")
MOST_JUMPS = 6


@dataclass(frozen=True)
class Jump:
    """A place that the question itself names."""

    words: str
    url: str
    icon: str


@bp.get("/cerca")
@access(Permission.PUBLIC_READ)
@limiter.limit(SEARCH)
def results() -> str:
    """What holds every word that was asked for; without a question, how to ask one."""
    args = request.args
    question = asked(args.get("q"))
    chosen = {name: args[name][:MOST_SIGNS] for name in FILTERS if args.get(name)}
    form, bodies = _form(question, chosen)
    if not question.text:
        return render_template("search/results.html", form=form, chosen=chosen, question=question, found=None)
    looked = _editions(read(chosen.get("consultation", "")))
    narrowed = _narrowed(chosen, looked, args.get("what", ""))
    found = find.find(current_actor(), question, narrowed, looked, after=cursor(args.get("dopo")))
    here: dict[str, Any] = {"q": question.text, **chosen}
    return render_template(
        "search/results.html",
        form=form,
        chosen=chosen,
        question=question,
        found=found,
        jumps=_jumps(question, bodies, looked) if not args.get("dopo") else [],
        tabs=_tabs(found, narrowed.scope, here),
        scope=narrowed.scope,
        meant=nearby.spelled_alike(question, found.missing, looked) if found.missing else None,
        without=_without(question, found),
        everywhere=url_for(".results", q=question.text),
        next_url=url_for(".results", **here, what=narrowed.scope, dopo=str(found.next)) if found.next else None,
        first_url=url_for(".results", **here, what=narrowed.scope) if args.get("dopo") else None,
    )


def _form(question: Asked, chosen: dict[str, str]) -> tuple[SearchForm, list[tuple[str, str]]]:
    form = SearchForm(MultiDict({"q": question.text, **chosen}))
    actor = current_actor()
    bodies = derived("speakers", 0, lambda: remarks.speakers(actor)) if actor.is_anonymous else remarks.speakers(actor)
    form.kind.choices = options(CommentKind, gettext("All kinds"))
    form.body.choices = [("", gettext("All bodies")), *bodies]
    held = [(str(e.consultation_id), e.consultation_title or e.title) for e in _public() if e.consultation_id]
    form.consultation.choices = [("", gettext("All consultations")), *held]
    return form, bodies


def _public() -> list[Edition]:
    return [edition for edition in editions.shelf().editions if edition.state is not VersionState.DRAFT]


def _editions(consultation_id: int | None) -> list[Edition]:
    """The texts to look through: that of the consultation, else the present one of every plan."""
    if consultation_id:
        return [edition for edition in _public() if edition.consultation_id == consultation_id]
    present = (editions.shelf().find(own[0].slug, None, now(), drafts=False) for own in editions.shelf().plans())
    return [edition for edition in present if edition and edition.state is not VersionState.DRAFT]


def _narrowed(chosen: dict[str, str], looked: list[Edition], what: str) -> Narrowed:
    return Narrowed(
        versions=tuple(edition.version_id for edition in looked),
        scope=next((scope for scope in Scope if scope.value == what), None),
        kind=next((kind for kind in CommentKind if kind.value == chosen.get("kind")), None),
        body_key=chosen.get("body", ""),
        action_code=chosen.get("action", "").strip(),
        consultation_id=read(chosen["consultation"]) or -1 if "consultation" in chosen else None,
    )


def _tabs(found: Found, scope: Scope | None, here: dict[str, Any]) -> list[dict[str, Any]]:
    words = {
        None: gettext("Everything"),
        Scope.PLAN: gettext("Plan"),
        Scope.REMARKS: gettext("Remarks"),
        Scope.ANSWERS: gettext("Answers"),
    }
    return [
        {
            "text": text,
            "count": found.counts.get(one, 0) if one else found.total,
            "url": url_for(".results", **here, what=one.value if one else None),
            "current": one is scope,
        }
        for one, text in words.items()
    ]


def _jumps(question: Asked, bodies: list[tuple[str, str]], looked: list[Edition]) -> list[Jump]:
    """Places that the question names: a number, the code of a receipt, of an action or section, a body."""
    return [*_numbered(question), *_coded(question, looked), *_named(question, bodies)][:MOST_JUMPS]


def _numbered(question: Asked) -> list[Jump]:
    found = []
    if question.number is not None and question.number <= 2**31 - 1:
        try:
            number = remarks.remark(current_actor(), question.number).number
            words = gettext("Remark %(n)s", n=number)
            found.append(Jump(words, url_for("comments.remark", number=number), "comment"))
        except NotFound:
            pass
    if question.receipt:
        words = gettext("Receipt %(code)s", code=question.receipt)
        found.append(Jump(words, url_for("comments.receipt", code=question.receipt), "file"))
    return found


def _coded(question: Asked, looked: list[Edition]) -> list[Jump]:
    return [
        Jump(f"{thing.code} {thing.title}", _place(edition, thing.code, isinstance(thing, ActionRow)), "link")
        for edition in looked
        for thing in nearby.by_code(question, edition)
    ]


def _place(edition: Edition, code: str, is_action: bool) -> str:
    endpoint = "plan.action" if is_action else "plan.section"
    return url_for(endpoint, code=code, **editions.address(edition))


def _named(question: Asked, bodies: list[tuple[str, str]]) -> list[Jump]:
    """Bodies in whose name every word of the question stands."""
    wanted = question.marked
    return [
        Jump(name, url_for("territory.body", key=key), "user")
        for key, name in bodies
        if wanted and wanted.issubset(stems.terms(name))
    ]


def _without(question: Asked, found: Found) -> str | None:
    """The question without the words that stand nowhere, if something is left of it."""
    left = [word for word in question.text.split() if not set(stems.terms(word)) & set(_terms(found.missing))]
    rest = " ".join(left)
    return rest if found.missing and asked(rest).keys else None


def _terms(words: tuple[str, ...]) -> list[str]:
    return [term for word in words for term in stems.terms(word)]
