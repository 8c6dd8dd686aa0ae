"""Pages of admission: the secretariat's queue with one remark in hand, and the public register of what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, stream_with_context, url_for
from flask import Response as FileResponse
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import (
    admission_queries,
    arrivals,
    attachments,
    decide,
    exchange,
    spoken,
    take_down,
    term_queries,
    undo,
)
from portal.comments import register as registry
from portal.comments.admission_queries import QueueRow, Sheet, Show
from portal.comments.rules import ReasonCode
from portal.forms.base import CommandForm
from portal.forms.moderation import (
    ADMIT,
    REFUSE,
    AskForm,
    DecisionForm,
    HideForm,
    KeepForm,
    OpenForm,
    ReconsiderForm,
)
from portal.kernel.clock import local_day
from portal.kernel.errors import Conflict, Gone
from portal.kernel.permissions import Permission
from portal.records import admission_register
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, fresh, now, safe_next, translate
from portal.web.numbers import asked, with_query

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
    return page(None)


@bp.get("/segreteria/osservazioni/<int:number>")
@access(Permission.COMMENT_READ_HIDDEN)
def remark(number: int) -> str:
    """One remark beside the paragraph it speaks of."""
    return page(number)


@bp.post("/segreteria/osservazioni/<int:number>/decisione")
@access(Permission.COMMENT_DECIDE)
def decide_on(number: int) -> Response | tuple[str, int]:
    """Admit the remark or not, and go on to the next; what takes two persons is left to the second."""
    actor, form = current_actor(), bind(DecisionForm)
    found = admission_queries.sheet(actor, number, now=now())
    if not form.admits and found.two_to_refuse:
        return _propose(number, found, form)
    done = attempt(
        form,
        lambda: decide.decide(
            actor, found.remark.id, form.admits, form.reason, form.text.data or "", now=now(), seen=form.seen_state
        ),
    )
    if done is None:
        return page(number, form=form), 422
    return redirect(with_query(safe_next(request.form.get("next"), url_for(".queue")), fatto=done.id), 303)


def _propose(number: int, found: Sheet, form: DecisionForm) -> Response | tuple[str, int]:
    actor, text = current_actor(), form.text.data or ""
    asked = attempt(
        form,
        lambda: take_down.take_down(actor, found.remark.id, form.reason, text, now=now(), seen=form.seen_state),
    )
    if asked is None:
        return page(number, form=form), 422
    flash(gettext("Remark %(number)s waits for a second person; until then everybody can read it.", number=number))
    return redirect(safe_next(request.form.get("next"), url_for(".queue")), 303)


@bp.post("/segreteria/decisioni/<int:decision_id>/annulla")
@access(Permission.COMMENT_DECIDE)
def undo_decision(decision_id: int) -> Response:
    """Take back a decision of a few seconds ago."""
    try:
        number = undo.undo(current_actor(), decision_id, now=now())
    except (Conflict, Gone) as refused:
        flash(translate(refused.words), "error")
        return redirect(url_for(".queue"), 303)
    flash(gettext("Remark %(number)s is as it was before.", number=number))
    return redirect(url_for(".remark", number=number), 303)


@bp.get("/osservazioni/registro")
@access(Permission.PUBLIC_READ)
def register() -> str:
    """Every decision on admission, without names or texts."""
    before = asked("before")
    rows = registry.register(before=before, limit=REGISTER_PAGE + 1)
    older = url_for(".register", before=rows[REGISTER_PAGE - 1].id) if len(rows) > REGISTER_PAGE else None
    return render_template(
        "moderation/register.html",
        rows=rows[:REGISTER_PAGE],
        older=older,
        newest=url_for(".register") if before else None,
        counts=registry.counts(),
        overdue=term_queries.overdue_count(now()),
        ReasonCode=ReasonCode,
    )


@bp.get("/osservazioni/registro.csv")
@access(Permission.PUBLIC_READ)
def register_file() -> FileResponse:
    """The register as a file."""
    answer = FileResponse(stream_with_context(admission_register.lines()), content_type="text/csv; charset=utf-8")
    name = f"registro-ammissione-{local_day(now()).isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


FORMS: dict[str, type[CommandForm]] = {
    "form": DecisionForm,
    "ask": AskForm,
    "hide": HideForm,
    "keep": KeepForm,
    "again": ReconsiderForm,
    "opening": OpenForm,
}


def page(number: int | None, **given: CommandForm) -> str:
    """The queue with one remark in hand; `given` is the form that was refused, the others are as before."""
    actor = current_actor()
    streams, last = arrivals.open_streams(), arrivals.last_number()  # before what is shown, so that nothing is missed
    show = _show()
    after = asked("after")
    rows = admission_queries.queue(actor, show, now=now(), after=after, limit=PAGE + 1)
    more = rows[PAGE - 1].number if len(rows) > PAGE else None
    rows = rows[:PAGE]
    chosen = number if number is not None else (rows[0].number if rows else None)
    found = admission_queries.sheet(actor, chosen, now=now()) if chosen is not None else None
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
        files=attachments.of_remark(actor, found.remark.id) if found else [],
        load=admission_queries.workload(now()),
        dossier=exchange.dossier(found.remark.id, now()) if found else None,
        undoable=admission_queries.undoable(actor, asked("fatto"), now=now()),
        age=age,
        streams=streams,
        last=last,
        **_decision(found, rows, show, after, given),
    )


def _decision(
    found: Sheet | None, rows: list[QueueRow], show: Show, after: int | None, given: dict[str, CommandForm]
) -> dict[str, Any]:
    if found is None:
        return {"near": None}
    remark, actor = found.remark, current_actor()
    forms = {name: given.get(name) or fresh(kind, seen=remark.state.value) for name, kind in FORMS.items()}
    return {
        **forms,
        "found": found,
        "near": _neighbours(remark.number, rows, show, after),
        "own": actor.person_id in found.authors,
        "person": actor.person_id,
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
        return url_for("moderation.queue", show=shown, after=after)
    return url_for("moderation.remark", number=number, show=shown, after=after)


def _show() -> Show:
    asked = request.values.get("show", "")
    return Show(asked) if asked in set(Show) else Show.PENDING
