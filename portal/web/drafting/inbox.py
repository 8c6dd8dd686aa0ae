"""The inbox: admitted remarks in a table, narrowed by filters that survive every act."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments.rules import CommentKind
from portal.drafting import assign, inbox, queries
from portal.drafting.batch import Item
from portal.drafting.inbox import Filters, Stage
from portal.forms.drafting import AssignForm
from portal.kernel.permissions import Permission, can
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, now, safe_next, translate
from portal.web.numbers import asked

bp = Blueprint("drafting", __name__)

PAGE = 50
UNPUBLISHED = "unpublished"  # what the table begins with: the work that is left
TOLD = 10  # refusals of a bulk act that are told one by one


@bp.get("/redazione", endpoint="inbox")
@access(Permission.ANSWER_READ)
def table() -> str:
    """Admitted remarks and how far their answers are."""
    return _page(None)


@bp.post("/redazione/assegnazioni")
@access(Permission.ANSWER_PROPOSE)
def assign_to() -> Response | tuple[str, int]:
    """Give the chosen remarks to an officer, or take them oneself."""
    actor, form = current_actor(), bind(AssignForm)
    done = attempt(form, lambda: assign.assign(actor, form.chosen.data or [], form.officer.data or 0, now=now()))
    if done is None:
        return _page(form), 422
    _tell(done)
    return redirect(safe_next(request.form.get("next"), url_for(".inbox")), 303)


def _tell(items: list[Item]) -> None:
    refused = [item for item in items if item.refused]
    given = len(items) - len(refused)
    if given:
        flash(ngettext("%(num)s remark assigned.", "%(num)s remarks assigned.", given))
    for item in refused[:TOLD]:
        why = translate(item.refused) if item.refused else ""
        flash(gettext("Remark %(number)s: %(why)s", number=item.number, why=why), "warning")
    if len(refused) > TOLD:
        more = len(refused) - TOLD
        flash(ngettext("And %(num)s more not assigned.", "And %(num)s more not assigned.", more), "warning")


def _page(form: AssignForm | None) -> str:
    actor, filters = current_actor(), _filters()
    after = asked("after")
    rows = inbox.rows(actor, filters, after=after, limit=PAGE + 1)
    officers = queries.officers(now())
    stages = inbox.stages()
    return render_template(
        "drafting/inbox.html",
        form=form or bind(AssignForm),
        rows=rows[:PAGE],
        more=_address(after=rows[PAGE - 1].number) if len(rows) > PAGE else None,
        first=_address() if after else None,
        here=_address(after=after),
        filters=filters,
        used=filters not in (Filters(), Filters(unpublished=True)),
        stages=[(stage, stages.get(stage, 0)) for stage in Stage],
        total=sum(stages.values()),
        unpublished=sum(number for stage, number in stages.items() if stage is not Stage.PUBLISHED),
        officers=officers,
        places=inbox.places(),
        speakers=inbox.speakers(),
        kinds=list(CommentKind),
        may_assign=can(actor, Permission.ANSWER_ASSIGN),
        may_take=can(actor, Permission.ANSWER_PROPOSE),
        stage_words=stage_words(),
        age=age,
    )


def stage_words() -> dict[str, str]:
    """What the stages are called in the table and in its filter."""
    return {
        Stage.UNASSIGNED: gettext("To assign"),
        Stage.ASSIGNED: gettext("To answer"),
        Stage.PROPOSED: gettext("To approve"),
        Stage.APPROVED: gettext("To publish"),
        Stage.PUBLISHED: gettext("Published"),
    }


def _filters() -> Filters:
    given = request.args
    narrowed = any(given.get(name) for name in ("kind", "action", "body", "officer", "late", "mine"))
    stage, kind = given.get("stage", "" if narrowed else UNPUBLISHED), given.get("kind", "")
    mine = current_actor().person_id if given.get("mine") else None
    return Filters(
        stage=Stage(stage) if stage in set(Stage) else None,
        unpublished=stage == UNPUBLISHED,
        officer_id=mine or asked("officer"),
        kind=CommentKind(kind) if kind in set(CommentKind) else None,
        action=given.get("action", "").strip(),
        body=given.get("body", "").strip(),
        late=bool(given.get("late")),
    )


def _address(**changed: Any) -> str:
    kept = {name: value for name, value in request.args.items() if name != "after" and value}
    return url_for(".inbox", **{**kept, **{name: value for name, value in changed.items() if value}})
