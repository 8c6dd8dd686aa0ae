"""Reading remarks: the public list, and the page of each one with what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.comments import attachments, queries, spoken
from portal.comments.queries import Filters, Remark
from portal.comments.rules import COMMENT_MACHINE, CommentKind, CommentState
from portal.comments.spoken import Speech
from portal.drafting import queries as answers
from portal.drafting import withdraw as withdrawal
from portal.drafting.queries import AnswerView
from portal.drafting.rules import AnswerState, Outcome
from portal.forms.base import CommandForm
from portal.forms.comments import FilterForm, whole
from portal.kernel.errors import DomainError
from portal.kernel.permissions import Permission, can
from portal.web.comments.blueprint import bp
from portal.web.comments.outcomes import outcomes_of
from portal.web.comments.timeline import steps
from portal.web.door import access, current_actor, now, translate
from portal.web.labels import options

Choice = TypeVar("Choice", bound=StrEnum)
PAGE = 20
FILTERS = ("kind", "body", "action", "outcome", "state")


@bp.get("/osservazioni")
@access(Permission.PUBLIC_READ)
def index() -> str:
    """All remarks that the reader may read, newest first."""
    actor, args = current_actor(), request.args
    chosen: dict[str, Any] = {name: args[name] for name in FILTERS if args.get(name)}
    form = FilterForm(MultiDict(chosen))
    form.kind.choices = options(CommentKind, gettext("All kinds"))
    form.outcome.choices = options(Outcome, gettext("All outcomes"))
    form.state.choices = options((CommentState.SUBMITTED, CommentState.ADMITTED), gettext("All states"))
    form.body.choices = [("", gettext("All bodies")), *queries.speakers(actor)]
    rows = queries.list_remarks(actor, _filters(chosen), whole(args.get("dopo")) or None, PAGE + 1)
    shown = rows[:PAGE]
    return render_template(
        "comments/index.html",
        form=form,
        remarks=shown,
        outcomes=outcomes_of(shown),
        quotes=spoken.quotes(row.id for row in shown),
        chosen=chosen,
        next_url=url_for(".index", **chosen, dopo=shown[-1].number) if len(rows) > PAGE else None,
        first_url=url_for(".index", **chosen) if args.get("dopo") else None,
    )


def _filters(chosen: dict[str, str]) -> Filters:
    outcome = _one_of(Outcome, chosen.get("outcome"))
    return Filters(
        kind=_one_of(CommentKind, chosen.get("kind")),
        state=_one_of(CommentState, chosen.get("state")),
        body_key=chosen.get("body", ""),
        action_code=chosen.get("action", "").strip(),
        among=answers.answered_with(outcome) if outcome else None,
    )


def _one_of(kind: type[Choice], value: str | None) -> Choice | None:
    return next((member for member in kind if member.value == value), None)


@bp.get("/osservazioni/<int:number>")
@access(Permission.PUBLIC_READ)
def remark(number: int) -> str:
    """One remark, its place in the plan, its timeline."""
    return page(number)


def page(number: int, **given: CommandForm) -> str:
    """The same with a form that was refused, to be mended in place."""
    actor = current_actor()
    read = queries.whole(actor, number)
    found, answer = read.remark, answers.answer_of(actor, read.remark.id)
    return render_template(
        "comments/remark.html",
        remark=found,
        decision=read.decision,
        answer=answer if answer and answer.state is AnswerState.PUBLISHED else None,
        same_answer=answers.same_answer(found.id) if answer and answer.state is AnswerState.PUBLISHED else [],
        steps=steps(found, read.decision, answer),
        speech=spoken.of(found, found.paragraph_text) if found.visible else Speech(),
        files=attachments.of_remark(actor, found.id) if found.visible and read.has_files else [],
        territory=read.territory if found.visible else (),
        may_withdraw=can(actor, Permission.COMMENT_SUBMIT, found) and _withdrawable(found, answer),
        code=read.code,
        given=given,
    )


def _withdrawable(found: Remark, answer: AnswerView | None) -> bool:
    return not (answer and answer.settled) and COMMENT_MACHINE.allows(found.state, CommentState.WITHDRAWN)


@bp.post("/osservazioni/<int:number>/ritiro")
@access(Permission.COMMENT_SUBMIT)
def withdraw(number: int) -> Response:
    """Take a remark back."""
    try:
        withdrawal.withdraw(current_actor(), number, now=now())
    except DomainError as error:
        if error.status != 409:
            raise
        flash(translate(error.words), "error")
    else:
        flash(gettext("The remark was withdrawn. Its number stays, its text is no longer public."))
    return redirect(url_for(".remark", number=number), 303)
