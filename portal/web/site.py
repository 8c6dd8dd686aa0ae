"""Pages about the portal itself: home, language, health."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from portal.comments import admission_queries, consultation_queries, desk, duties
from portal.comments.consultation_queries import Edition
from portal.conferences.cockpit import headline
from portal.conferences.follow import queries as follow
from portal.drafting import inbox
from portal.drafting import queries as drafting
from portal.drafting.inbox import Stage
from portal.journal import health
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission, can
from portal.web import editions, figures, path
from portal.web.ages import age
from portal.web.cache import fragment, public_page
from portal.web.door import access, current_actor, now, remember_language, safe_next
from portal.web.pages import LANGUAGES
from portal.web.proposals.step import document_steps

bp = Blueprint("site", __name__)
LATEST = 4


@bp.get("/")
@access(Permission.PUBLIC_READ)
@public_page
def home() -> str:
    """What is open now, what has become of it, and for those who work here what is to be done."""
    shelf, actor = editions.shelf(), current_actor()
    edition = shelf.in_hand(now()) or shelf.coming(now()) or shelf.main(now())
    counted = figures.of_edition(edition)
    facts = {"edition": edition, "scope": editions.address(edition) if edition else {}, "counted": counted}
    return render_template(
        "site/home.html",
        **facts,
        phase_now=edition.phase(now()) if edition else None,
        todo=desk.drafts(actor) if can(actor, Permission.COMMENT_DRAFT) else [],
        work=_work(actor),
        going_on=headline.going_on(actor),
        seated=follow.seated(actor),
        below=fragment("site/_below.html", "all", lambda: facts | _below(edition, counted)),
    )


def _work(actor: Actor) -> list[dict[str, Any]]:
    """What waits for the offices of the metropolitan city, each with how much of it there is."""
    work = []
    if can(actor, Permission.COMMENT_DECIDE):
        load = admission_queries.workload(now())
        waited = gettext("the oldest has waited %(age)s", age=age(load.oldest)) if load.oldest else ""
        words = ngettext("remark to admit or not", "remarks to admit or not", load.pending)
        work.append(_task(load.pending, words, url_for("moderation.queue"), waited))
    if can(actor, Permission.ANSWER_READ):
        work += _answers(inbox.stages())
    return [task for task in work if task["value"]]


def _answers(stages: dict[Stage, int]) -> list[dict[str, Any]]:
    new, given, proposed, approved, _published = (stages.get(stage, 0) for stage in Stage)
    return [
        _task(new, ngettext("remark to assign", "remarks to assign", new), _at(Stage.UNASSIGNED)),
        _task(given, ngettext("remark to answer", "remarks to answer", given), _at(Stage.ASSIGNED)),
        _task(proposed, ngettext("answer to approve", "answers to approve", proposed), _at(Stage.PROPOSED)),
        _task(approved, ngettext("answer to publish", "answers to publish", approved), url_for("drafting.publication")),
    ]


def _at(stage: Stage) -> str:
    return url_for("drafting.inbox", stage=stage.value)


def _task(value: int, words: str, url: str, base: str = "") -> dict[str, Any]:
    return {"value": value, "label": words, "base": base, "url": url}


def _below(edition: Edition | None, counted: figures.Counted | None) -> dict[str, Any]:
    """What stands under the head of the home page, the same for everybody: the path, the map, the latest answers."""
    return {
        "points": figures.speakers_map(edition, counted) if edition and counted else [],
        "steps": path.steps(edition, editions.shelf(), counted),
        "answers": drafting.latest_published(LATEST),
    }


@bp.get("/procedimento")
@access(Permission.PUBLIC_READ)
@public_page
def procedure() -> str:
    """The path of the plan with its articles: done, in progress, to come."""
    shelf = editions.shelf()
    edition = shelf.in_hand(now()) or shelf.main(now())
    steps = path.steps(edition, shelf, figures.of_edition(edition))
    steps[-2:-2] = document_steps(edition)  # before the Council approves
    return render_template("site/procedure.html", edition=edition, steps=steps)


@bp.get("/lingua/<code>")
@access(Permission.PUBLIC_READ)
def language(code: str) -> BaseResponse:
    """Remember the reader's language in a cookie and go back."""
    response = redirect(safe_next(request.args.get("next"), url_for(".home")))
    if code in LANGUAGES:
        remember_language(response, code)
    return response


@bp.get("/healthz")
@access(Permission.PUBLIC_READ)
def healthz() -> Response:
    """The process lives."""
    return jsonify(status="ok")


@bp.get("/readyz")
@access(Permission.PUBLIC_READ)
def readyz() -> tuple[Response, int]:
    """The database answers and has the tables this program expects."""
    ready = health.database_answers()
    return jsonify(status="ready" if ready else "not ready"), 200 if ready else 503


@bp.get("/accessibilita")
@access(Permission.PUBLIC_READ)
def accessibility() -> str:
    """The page that the footer links to."""
    return render_template("site/accessibility.html")


@bp.get("/privacy")
@access(Permission.PUBLIC_READ)
def privacy() -> str:
    """The page that the footer links to."""
    return render_template("site/privacy.html")


@bp.get("/regole")
@access(Permission.PUBLIC_READ)
@public_page
def rules() -> str:
    """The rules of the consultation in hand; without one, those that every consultation begins from."""
    edition = editions.shelf().in_hand(now()) or editions.shelf().main(now())
    terms = consultation_queries.terms(edition.consultation_id) if edition and edition.consultation_id else None
    return render_template(
        "site/rules.html",
        edition=edition,
        terms=terms,
        scope=editions.address(edition) if edition else {},
        usual=gettext(duties.RULES),
    )
