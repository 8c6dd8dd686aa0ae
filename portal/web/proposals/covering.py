"""The drafting team says, item by item, what the plan answers to the Forum's document."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments.consultation_queries import Edition
from portal.forms.base import options
from portal.forms.proposals import CarryForm, CoverForm, UnsayForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.opinions.proposals import cover, coverage, paper_queries
from portal.opinions.proposals.cover import Said
from portal.opinions.proposals.rules import Degree
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.proposals.blueprint import bp, forum_words
from portal.web.proposals.papers import actions_of, choosable


@bp.get("/redazione/forum/<int:paper_id>/versioni/<int:version_id>")
@access(Permission.ANSWER_READ)
def cover_all(paper_id: int, version_id: int) -> str:
    """Every item with what was said of it, those of which nothing was said marked; take over from another version."""
    row, plan = paper_queries.paper(current_actor(), paper_id), _plan(version_id)
    form = fresh(CarryForm)
    form.source.choices = options(_sources(paper_id, version_id))
    return render_template(
        "proposals/cover_all.html",
        row=row,
        plan=plan,
        matrix=coverage.matrix(paper_id, version_id),
        actions=actions_of(plan),
        form=form if form.source.choices else None,
        plans=choosable(),
    )


@bp.route("/redazione/forum/<int:paper_id>/versioni/<int:version_id>/punti/<int:number>", methods=["GET", "POST"])
@access(Permission.ANSWER_PROPOSE)
def cover_item(paper_id: int, version_id: int, number: int) -> Answer:
    """How far an action answers to one item, or why none does."""
    row, plan = paper_queries.paper(current_actor(), paper_id), _plan(version_id)
    item, form = paper_queries.item(paper_id, number), bind(CoverForm)
    known = actions_of(plan)
    form.action.choices = options(
        [(0, gettext("None")), *((one, f"{code} {title}") for one, (code, title, _) in known.items())]
    )
    line = next(one for one in coverage.matrix(paper_id, version_id).lines if one.item.id == item.id)

    def verb() -> None:
        said = Said(version_id, form.action.data or None, Degree(str(form.degree.data)), str(form.reason.data or ""))
        cover.cover(current_actor(), item.id, said, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template(
            "proposals/cover_item.html", form=form, row=row, plan=plan, item=item, line=line, actions=known
        ),
        gettext("Said: everybody reads it on the page of the document."),
        url_for(".cover_item", paper_id=paper_id, version_id=version_id, number=number),
    )


@bp.post("/redazione/forum/<int:paper_id>/versioni/<int:version_id>/punti/<int:number>/togli")
@access(Permission.ANSWER_PROPOSE)
def unsay(paper_id: int, version_id: int, number: int) -> Response:
    """Take back what was said of an action, or that none answers."""
    item, form = paper_queries.item(paper_id, number), bind(UnsayForm)
    action_id = form.action.data or None
    return at_once(
        lambda: cover.unsay(current_actor(), item.id, version_id, action_id, now=now()),
        url_for(".cover_item", paper_id=paper_id, version_id=version_id, number=number),
        gettext("What was said is taken away."),
    )


@bp.post("/redazione/forum/<int:paper_id>/versioni/<int:version_id>/riporta")
@access(Permission.ANSWER_PROPOSE)
def carry(paper_id: int, version_id: int) -> Response:
    """Say again what was said of another version."""
    form = bind(CarryForm)
    _plan(version_id)
    return at_once(
        lambda: cover.carry_over(current_actor(), paper_id, version_id, form.versions, now=now()),
        url_for(".cover_all", paper_id=paper_id, version_id=version_id),
        gettext("Taken over where items and actions live on. Read it over."),
    )


def _plan(version_id: int) -> Edition:
    found = next((one for one in choosable() if one.version_id == version_id), None)
    if found is None:
        raise NotFound()
    return found


def _sources(paper_id: int, version_id: int) -> list[tuple[str, str]]:
    """The versions of which something was said, in words."""
    papers = {one.id: one for one in paper_queries.papers(current_actor())}
    plans = {one.version_id: one for one in choosable()}
    own = papers[paper_id].forum_id
    named = gettext("%(forum)s, version %(number)s · %(plan)s, version %(version)s")
    found = []
    for paper, version in coverage.sources():
        if (paper, version) == (paper_id, version_id) or paper not in papers or version not in plans:
            continue
        if papers[paper].forum_id == own and plans[version].plan_id == plans[version_id].plan_id:
            said = {"forum": forum_words(papers[paper].forum), "number": papers[paper].number}
            said |= {"plan": plans[version].title, "version": plans[version].number}
            found.append((f"{paper}-{version}", named % said))
    return found
