"""The inbox: admitted remarks in a table, narrowed by filters that survive every act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments.rules import CommentKind
from portal.conferences.table import said
from portal.drafting import assign, counting, inbox, queries, themes, twins
from portal.drafting.batch import Item
from portal.drafting.inbox import Filters, Stage
from portal.drafting.rules import FILTERS
from portal.forms.base import CommandForm
from portal.forms.drafting import AssignForm, ViewForm
from portal.kernel.permissions import Permission, can
from portal.web import editions
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, fresh, now, safe_next, translate
from portal.web.numbers import asked

bp = Blueprint("drafting", __name__)

PAGE = 50
UNPUBLISHED = "unpublished"  # what the table begins with: the work that is left
NARROWING = ("kind", "action", "body", "officer", "late", "mine", "tag", "twins", "consultation")
TOLD = 10  # refusals of a bulk act that are told one by one


@bp.get("/redazione", endpoint="inbox")
@access(Permission.ANSWER_READ)
def table() -> str:
    """Admitted remarks and how far their answers are."""
    return page(None)


@bp.post("/redazione/assegnazioni")
@access(Permission.ANSWER_PROPOSE)
def assign_to() -> Response | tuple[str, int]:
    """Give the chosen remarks to an officer, or take them oneself."""
    actor, form = current_actor(), bind(AssignForm)
    done = attempt(form, lambda: assign.assign(actor, form.chosen.data or [], form.officer.data or 0, now=now()))
    if done is None:
        return page(form), 422
    tell(done, _assigned)
    return redirect(safe_next(request.form.get("next"), url_for(".inbox")), 303)


def tell(items: list[Item], done: Callable[[int], str]) -> None:
    """What became of an act on many remarks: how many were done, in words, and which were not and why."""
    refused = [item for item in items if item.refused]
    if given := len(items) - len(refused):
        flash(done(given))
    for item in refused[:TOLD]:
        why = translate(item.refused) if item.refused else ""
        flash(gettext("Remark %(number)s: %(why)s", number=item.number, why=why), "warning")
    if (more := len(refused) - TOLD) > 0:
        flash(ngettext("And %(num)s more left as it was.", "And %(num)s more left as they were.", more), "warning")


def _assigned(how_many: int) -> str:
    return ngettext("%(num)s remark assigned.", "%(num)s remarks assigned.", how_many)


def page(form: CommandForm | None) -> str:
    """The table, with what was chosen where an act was refused."""
    actor, filters = current_actor(), _filters()
    after = asked("after")
    rows = inbox.rows(actor, filters, after=after, limit=PAGE + 1)
    shown, stages = rows[:PAGE], inbox.stages()
    used = filters not in (Filters(), Filters(unpublished=True))
    return render_template(
        "drafting/inbox.html",
        form=form if form and "chosen" in form else fresh(AssignForm),
        rows=shown,
        labels=themes.labels_of([row.id for row in shown]),
        sittings=said.made_in([row.id for row in shown]),
        sizes=twins.sizes({row.group_id for row in shown if row.group_id}),
        themes=themes.themes(),
        views=[(view, url_for(".inbox", **view.filters)) for view in themes.views(actor)],
        counts=counting.counts(actor, filters),
        pairs=twins.how_many_wait(),
        view_form=form if isinstance(form, ViewForm) else fresh(ViewForm, filters=urlencode(_kept())),
        consultations=[
            (e.consultation_id, e.consultation_title) for e in editions.shelf().editions if e.consultation_id
        ],
        more=_address(after=rows[PAGE - 1].number) if len(rows) > PAGE else None,
        first=_address() if after else None,
        here=_address(after=after),
        filters=filters,
        used=used,
        stages=[(stage, stages.get(stage, 0)) for stage in Stage],
        total=sum(stages.values()),
        unpublished=sum(number for stage, number in stages.items() if stage is not Stage.PUBLISHED),
        officers=queries.officers(now()),
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
    narrowed = any(given.get(name) for name in NARROWING)
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
        tag_id=asked("tag"),
        twins=bool(given.get("twins")),
        consultation_id=asked("consultation"),
    )


def _kept() -> dict[str, str]:
    """The filters of the address alone: whatever else stands there would be taken for an option of `url_for`."""
    return {name: value for name, value in request.args.items() if name in FILTERS and value}


def _address(**changed: Any) -> str:
    return url_for(".inbox", **{**_kept(), **{name: value for name, value in changed.items() if value}})
