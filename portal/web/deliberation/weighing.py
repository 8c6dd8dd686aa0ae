"""Weighing with one thumb: a statement at a time, the next one the least weighed; one's own answers, to be changed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from portal.forms.comments import whole
from portal.forms.deliberation import AnswersForm, WeighForm
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission
from portal.opinions.deliberation import queries, weigh
from portal.opinions.deliberation.rows import OwnWeighing
from portal.opinions.deliberation.rules import Weight
from portal.opinions.deliberation.standing import member
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.deliberation.blueprint import bp, opened
from portal.web.door import access, attempt, bind, current_actor, now


@bp.route("/forum/pareri/<int:number>/affermazioni/pesa", methods=["GET", "POST"])
@access(Permission.FORUM_TAKE_PART)
def weigh_one(number: int) -> Answer:
    """Show a statement and three answers; an answer leads to the next one."""
    found, _ = opened(number)
    form = bind(WeighForm)
    if request.method == "POST":
        done = attempt(form, lambda: _weigh(number, form))
        if done is not None:
            return redirect(url_for(".weigh_one", number=number, dopo=done, _anchor="pesa"), 303)
    who = member(current_actor(), number, now())
    own = queries.own(number, who.body_id)
    wanted = whole(request.args.get("n")) or (form.number.data if request.method == "POST" else 0)
    chosen = next((one for one in own if one.statement.number == wanted), None) or _next(number, who.body_id, own)
    page = render_template(
        "deliberation/weigh.html",
        found=found,
        row=found.row,
        member=who,
        form=form,
        chosen=chosen if found.goes_on else None,
        own=own,
        done=sum(one.weight is not None for one in own),
        last=next((one for one in own if one.statement.number == whole(request.args.get("dopo"))), None),
        weights=list(Weight),
    )
    return (page, 422) if request.method == "POST" else page


@bp.route("/forum/pareri/<int:number>/affermazioni/mie", methods=["GET", "POST"])
@access(Permission.FORUM_TAKE_PART)
def mine(number: int) -> Answer:
    """How one's organisation weighs each statement, to be changed as a list; nobody else reads it before the end."""
    found, _ = opened(number)
    who, form = member(current_actor(), number, now()), bind(AnswersForm)
    own = queries.own(number, who.body_id)
    return carried_out(
        form,
        lambda: weigh.weigh_several(current_actor(), number, form.answers(request.form), now=now()),
        lambda: render_template(
            "deliberation/mine.html",
            found=found,
            row=found.row,
            member=who,
            form=form,
            own=own,
            said=form.answers(request.form),
            weights=list(Weight),
        ),
        gettext("The answers are recorded."),
        url_for(".mine", number=number),
    )


def _weigh(number: int, form: WeighForm) -> int:
    which = form.number.data
    if which is None or not 0 < which < 1_000_000:
        raise Conflict
    weigh.weigh(current_actor(), number, which, Weight(str(form.weight.data)), now=now())
    return which


def _next(number: int, body_id: int, own: list[OwnWeighing]) -> OwnWeighing | None:
    """The least weighed one that waits for an answer."""
    found = queries.next_to_weigh(number, body_id)
    return next((one for one in own if found and one.statement.number == found.number), None)
