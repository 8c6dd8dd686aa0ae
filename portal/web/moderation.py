"""Pages of admission: the secretariat's queue, and the public register of what it decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import admission_queries, decide, spoken
from portal.comments.admission_queries import QueueRow, Sheet, Show
from portal.comments.rules import CommentState, ReasonCode
from portal.forms.moderation import ADMIT, REFUSE, DecisionForm
from portal.kernel.permissions import Permission
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, now, safe_next
from portal.web.numbers import asked

bp = Blueprint("moderation", __name__)

PAGE = 50
REGISTER_PAGE = 100


@dataclass(frozen=True)
class Neighbours:
    """Where the keys j and k lead, and where one goes after deciding."""

    following: str | None
    before: str | None
    after_deciding: str


@bp.get("/segreteria/osservazioni")
@access(Permission.COMMENT_READ_HIDDEN)
def queue() -> str:
    """The oldest remark that waits, with the list it comes from."""
    return _page(None, None)


@bp.get("/segreteria/osservazioni/<int:number>")
@access(Permission.COMMENT_READ_HIDDEN)
def remark(number: int) -> str:
    """One remark beside the paragraph it speaks of."""
    return _page(number, None)


@bp.post("/segreteria/osservazioni/<int:number>/decisione")
@access(Permission.COMMENT_DECIDE)
def decide_on(number: int) -> Response | tuple[str, int]:
    """Admit the remark or not, and go on to the next."""
    actor, form = current_actor(), bind(DecisionForm)
    found = admission_queries.sheet(actor, number)
    done = attempt(
        form,
        lambda: decide.decide(
            actor, found.remark.id, form.admits, form.reason, form.text.data or "", now=now(), seen=form.seen_state
        ),
    )
    if done is None:
        return _page(number, form), 422
    if form.admits:
        flash(gettext("Remark %(number)s is admitted.", number=number))
    else:
        flash(gettext("Remark %(number)s is not admitted: the author is told why.", number=number))
    return redirect(safe_next(request.form.get("next"), url_for(".queue")), 303)


@bp.get("/osservazioni/registro")
@access(Permission.PUBLIC_READ)
def register() -> str:
    """Every decision on admission, without names or texts."""
    before = asked("before")
    rows = admission_queries.register(before=before, limit=REGISTER_PAGE + 1)
    older = url_for(".register", before=rows[REGISTER_PAGE - 1].id) if len(rows) > REGISTER_PAGE else None
    counts = admission_queries.register_counts()
    return render_template(
        "moderation/register.html",
        rows=rows[:REGISTER_PAGE],
        older=older,
        newest=url_for(".register") if before else None,
        admitted=counts.pop(None, 0),
        reasons=[(reason, counts[reason]) for reason in ReasonCode if reason in counts],
        CommentState=CommentState,
    )


def _page(number: int | None, form: DecisionForm | None) -> str:
    actor = current_actor()
    show = _show()
    after = asked("after")
    rows = admission_queries.queue(actor, show, after=after, limit=PAGE + 1)
    more = rows[PAGE - 1].number if len(rows) > PAGE else None
    rows = rows[:PAGE]
    chosen = number if number is not None else (rows[0].number if rows else None)
    found = admission_queries.sheet(actor, chosen) if chosen is not None else None
    return render_template(
        "moderation/queue.html",
        show=show,
        shows=list(Show),
        rows=rows,
        after=after,
        more=_address(show, more) if more else None,
        first=_address(show, None) if after else None,
        is_one=number is not None,
        remark=found.remark if found else None,
        decisions=admission_queries.decisions_on(found.remark.id) if found else [],
        load=admission_queries.workload(now()),
        age=age,
        **_decision(found, rows, show, after, form),
    )


def _decision(
    found: Sheet | None, rows: list[QueueRow], show: Show, after: int | None, form: DecisionForm | None
) -> dict[str, Any]:
    if found is None:
        return {"form": None, "near": None, "own": False, "speech": None, "ADMIT": ADMIT, "REFUSE": REFUSE}
    remark = found.remark
    return {
        "form": form or bind(DecisionForm, seen=remark.state.value),
        "near": _neighbours(remark.number, rows, show, after),
        "own": current_actor().person_id in found.authors,
        "speech": spoken.of(remark, remark.paragraph_text),
        "ADMIT": ADMIT,
        "REFUSE": REFUSE,
    }


def _neighbours(number: int, rows: list[QueueRow], show: Show, after: int | None) -> Neighbours:
    numbers = [row.number for row in rows]
    at = numbers.index(number) if number in numbers else -1
    following = numbers[at + 1] if 0 <= at < len(numbers) - 1 else None
    before = numbers[at - 1] if at > 0 else None
    return Neighbours(
        _address(show, after, following) if following else None,
        _address(show, after, before) if before else None,
        _address(show, after, following) if following else _address(show, None),
    )


def _address(show: Show, after: int | None, number: int | None = None) -> str:
    shown = show.value if show is not Show.PENDING else None
    if number is None:
        return url_for(".queue", show=shown, after=after)
    return url_for(".remark", number=number, show=shown, after=after)


def _show() -> Show:
    asked = request.values.get("show", "")
    return Show(asked) if asked in set(Show) else Show.PENDING
