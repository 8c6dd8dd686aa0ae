"""Conducting a vote: the desk, and the acts that cannot be taken back, each confirmed on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.accounts import two_persons
from portal.conferences.screen import said
from portal.conferences.table import polls
from portal.forms.voting import AnnulForm, ConfirmForm, DelegateForm, LastCallForm
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.permissions import Permission, can
from portal.kernel.words import N_
from portal.opinions.adoption import locked
from portal.voting import delegates, name_delegate, queries, tallies
from portal.voting.queries import PollPage
from portal.voting.rules import COUNTED_STATES, POLL_MACHINE, PollState
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, attempt, bind, current_actor, now, safe_next
from portal.web.labels import label
from portal.web.numbers import asked
from portal.web.voting.annulling import annulling
from portal.web.voting.annulling import ask as ask_to_annul
from portal.web.voting.blueprint import Answer, bp
from portal.web.voting.reading import conditions
from portal.web.voting.sheet import within_reach

bp.add_app_template_global(within_reach, "reach")


class Act(StrEnum):
    """What is confirmed, by its address."""

    OPEN = "apertura"
    CLOSE = "chiusura"
    PROCLAIM = "proclamazione"
    ANNUL = "annullamento"


BECOMES = {
    Act.OPEN: PollState.OPEN,
    Act.CLOSE: PollState.CLOSED,
    Act.PROCLAIM: PollState.PROCLAIMED,
    Act.ANNUL: PollState.ANNULLED,
}


@bp.get("/segreteria/votazioni")
@access(Permission.POLL_WATCH)
def desk() -> str:
    """All votes with what each one waits for."""
    rows = queries.polls(current_actor(), before=asked("dopo"))
    return render_template(
        "voting/desk.html",
        rows=rows[: queries.PAGE],
        next_url=url_for(".desk", dopo=rows[queries.PAGE - 1].id) if len(rows) > queries.PAGE else None,
        first_url=url_for(".desk") if asked("dopo") else None,
    )


@bp.get("/segreteria/votazioni/<int:number>")
@access(Permission.POLL_WATCH)
def conduct(number: int) -> str:
    """One vote as it is conducted: who has not answered, whether the thresholds are within reach, what may be done."""
    actor = current_actor()
    page = queries.poll(actor, number)
    seats = queries.roll(number)
    missing = queries.not_answered(actor, number) if page.state is PollState.OPEN else []
    return render_template(
        "voting/conduct.html",
        page=page,
        seats=seats,
        missing=missing,
        turnout=queries.turnout(page, seats) if page.state is PollState.OPEN else None,
        conditions=conditions(page),
        waiting=_waiting(page),
        annulling=annulling(page),
        sitting=said.sitting_of(number),
        acts=[act for act, state in BECOMES.items() if POLL_MACHINE.allows(page.state, state) and _may(act, page)],
        may_operate=can(actor, Permission.POLL_OPERATE, page),
        may_repeat=can(actor, Permission.POLL_PREPARE, page) and _repeatable(page),
        may_delegate=page.state is PollState.PREPARED and can(actor, Permission.POLL_PREPARE, page),
    )


def _waiting(page: PollPage) -> list[two_persons.Waiting]:
    if not can(current_actor(), Permission.POLL_CONFIRM, page):
        return []
    return two_persons.waiting(page.stream, tallies.KIND, now=now())


def _may(act: Act, page: PollPage) -> bool:
    return can(current_actor(), Permission.POLL_ANNUL if act is Act.ANNUL else Permission.POLL_CONDUCT, page)


def _repeatable(page: PollPage) -> bool:
    if page.followed_by_id is not None or locked.request_of(page.id) is not None:
        return False  # one of the Forum's is put to the vote again where its text is
    failed = page.state in COUNTED_STATES and page.outcome is not None and not page.outcome.met and page.call < 3
    return failed or page.state is PollState.ANNULLED


@bp.route("/segreteria/votazioni/<int:number>/apertura", methods=["GET", "POST"])
@access(Permission.POLL_CONDUCT)
def open_it(number: int) -> Answer:
    """Open: who sits where is frozen, and seats may answer."""
    return _confirm(number, Act.OPEN, lambda: polls.open_it(current_actor(), number, now=now()))


@bp.post("/segreteria/votazioni/<int:number>/ultima-chiamata")
@access(Permission.POLL_CONDUCT)
def last_call(number: int) -> Response:
    """So many seconds are left, by the clock of the server; then no answer is taken any more."""
    form = bind(LastCallForm)

    def verb() -> None:
        if not form.validate():
            raise Invalid(
                N_("Say how many seconds are left, from ten to six hundred."), code="seconds", field="seconds"
            )
        polls.last_call(current_actor(), number, int(form.seconds.data or 0), now=now())

    target = safe_next(request.form.get("next"), url_for(".conduct", number=number))
    return at_once(verb, target, gettext("Last call: the countdown runs."))


@bp.route("/segreteria/votazioni/<int:number>/chiusura", methods=["GET", "POST"])
@access(Permission.POLL_CONDUCT)
def close_it(number: int) -> Answer:
    """Close and count."""
    return _confirm(number, Act.CLOSE, lambda: polls.close_it(current_actor(), number, now=now()))


@bp.route("/segreteria/votazioni/<int:number>/proclamazione", methods=["GET", "POST"])
@access(Permission.POLL_CONDUCT)
def proclaim_it(number: int) -> Answer:
    """Proclaim the result."""
    return _confirm(number, Act.PROCLAIM, lambda: (polls.proclaim_it(current_actor(), number, now=now()),))


@bp.route("/segreteria/votazioni/<int:number>/annullamento", methods=["GET", "POST"])
@access(Permission.POLL_ANNUL)
def annul_it(number: int) -> Answer:
    """Annul, for a reason that everybody can read."""
    reason = request.form.get("reason", "")

    return _confirm(number, Act.ANNUL, lambda: ask_to_annul(number, reason))


def _confirm(number: int, act: Act, verb: Callable[[], Any]) -> Answer:
    actor = current_actor()
    page = queries.poll(actor, number)
    form: ConfirmForm = bind(AnnulForm if act is Act.ANNUL else ConfirmForm)
    if request.method == "POST":
        if attempt(form, verb) is not None:
            if act is not Act.ANNUL:
                flash(_said(act))
            usual = url_for(".poll" if act in {Act.CLOSE, Act.PROCLAIM} else ".conduct", number=number)
            return redirect(safe_next(request.form.get("next"), usual), 303)
        page = queries.poll(actor, number)
    elif not POLL_MACHINE.allows(page.state, BECOMES[act]):
        return redirect(url_for(".conduct", number=number), 303)
    seats = queries.roll(number)
    shown = render_template(
        "voting/confirm.html",
        page=page,
        act=act.value,
        form=form,
        seats=seats,
        turnout=queries.turnout(page, seats) if page.state is PollState.OPEN else None,
        missing=queries.not_answered(actor, number) if act is Act.CLOSE else [],
        waiting=_waiting(page) if act is Act.CLOSE else [],
    )
    return (shown, 422) if request.method == "POST" else shown


def _said(act: Act) -> str:
    return {
        Act.OPEN: gettext("The vote is open: seats may answer."),
        Act.CLOSE: gettext("The vote is closed and counted."),
        Act.PROCLAIM: gettext("The result is proclaimed."),
    }[act]


@bp.route("/segreteria/votazioni/<int:number>/delega", methods=["GET", "POST"])
@access(Permission.POLL_PREPARE)
def delegate(number: int) -> Answer:
    """Seat somebody by express delegation, before the opening."""
    actor = current_actor()
    page = queries.poll(actor, number)
    form, found = bind(DelegateForm), delegates.candidates(actor, number, now=now())
    form.candidate.choices = [
        SelectChoice(f"{c.seat}-{c.mandate_id}", f"{c.seat_name}: {c.person}, {label(c.office).text}") for c in found
    ]
    if request.method == "POST":
        if attempt(form, lambda: _delegate(number, form)):
            flash(gettext("The delegation is recorded: it holds from the opening of this vote."))
            return redirect(url_for(".conduct", number=number), 303)
    elif page.state is not PollState.PREPARED:
        raise NotFound()
    seated = [seat for seat in queries.roll(number) if seat.delegated]
    shown = render_template("voting/delegate.html", page=page, form=form, found=found, seated=seated)
    return (shown, 422) if request.method == "POST" else shown


def _delegate(number: int, form: DelegateForm) -> bool:
    seat, mandate = form.chosen
    title = str(form.title.data)
    name_delegate.name_delegate(current_actor(), number, seat, mandate, title, now=now())
    return True
