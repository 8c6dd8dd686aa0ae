"""Conducting the votes of a request: what is next, how it is put, who is missing, results that are proclaimed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.adoption import AnnulVoteForm, PutForm
from portal.forms.base import options
from portal.kernel.clock import at_rome
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.adoption import conduct, opening, places, put_to_vote, queries, subjects
from portal.opinions.adoption.put_to_vote import Asked, OverDays, Plenary
from portal.opinions.adoption.rows import VoteRow
from portal.opinions.adoption.rules import Result, Way, decided
from portal.opinions.requests import queries as requests
from portal.opinions.requests.rows import ForumRequest
from portal.opinions.requests.standing import standing
from portal.opinions.requests.steps import Step
from portal.voting import queries as voting
from portal.voting.rules import PollState
from portal.web.adoption.blueprint import amendments, bp, question, title
from portal.web.conferences.blueprint import Answer, at_once
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.pages import instant


@bp.get("/segreteria/forum/pareri/<int:number>/voto")
@access(Permission.FORUM_WATCH)
def manage(number: int) -> str:
    """How far the votes have come, and the one thing to do next."""
    return _page(number, _put_form(requests.request(number)))


@bp.post("/segreteria/forum/pareri/<int:number>/voto")
@access(Permission.FORUM_MANAGE)
def put(number: int) -> Answer:
    """Put to the vote what is next."""
    row = requests.request(number)
    form = _put_form(row)
    if attempt(form, lambda: _put(row, form)) is None:
        return _page(number, form), 422
    flash(gettext("Put to the vote."))
    return redirect(url_for(".manage", number=number), 303)


def _put(row: ForumRequest, form: PutForm) -> list[int]:
    way = form.check()
    where: Plenary | OverDays
    if way is Way.SITTING:
        item = next((one for one in places.items(row.organ) if one.item_id == form.item.data), None)
        if item is None:
            raise NotFound()
        where = Plenary(item.sitting_id, item.item_id)
    else:
        where = OverDays(_instant(form.opens_at.data) or now(), _instant(form.closes_at.data) or now())
    asked = _asked(row.number, in_sitting=way is Way.SITTING, typed=str(form.question.data or ""))
    return put_to_vote.put_to_vote(current_actor(), row.number, asked, where, now=now())


def _instant(naive: datetime | None) -> datetime | None:
    return at_rome(naive.date(), naive.time()) if naive else None


def _asked(number: int, *, in_sitting: bool, typed: str) -> list[Asked]:
    left, known = subjects.left(number), amendments(number)
    if not left:
        return [Asked(None, typed or _usual(number))]
    return [Asked(one, question(known[one])) for one in (left[:1] if in_sitting else left)]


def _usual(number: int) -> str:
    said = gettext("Do you approve the opinion of the Forum on “%(subject)s” as its final text reads?")
    return said % {"subject": requests.request(number).subject}


@bp.post("/segreteria/forum/pareri/<int:number>/voto/apri")
@access(Permission.FORUM_MANAGE)
def open_all(number: int) -> Response:
    """Open what was put to the vote and waits."""
    found = [one.poll_id for one in queries.votes(current_actor(), number) if one.state is PollState.PREPARED]
    return at_once(
        lambda: opening.open_round(current_actor(), number, found, now=now()),
        url_for(".manage", number=number),
        gettext("The vote is open."),
    )


@bp.post("/segreteria/forum/pareri/<int:number>/voto/chiudi")
@access(Permission.FORUM_MANAGE)
def close_all(number: int) -> Response:
    """Close and count, once the box was ticked."""

    def verb() -> None:
        if not request.form.get("sure"):
            raise Conflict(gettext("Tick the box: nobody can answer any more after that."), code="sure")
        conduct.close_all(current_actor(), number, now=now())

    return at_once(verb, url_for(".manage", number=number), gettext("The vote is closed and counted."))


@bp.post("/segreteria/forum/pareri/<int:number>/voto/proclama")
@access(Permission.FORUM_MANAGE)
def proclaim_all(number: int) -> Response:
    """Proclaim what was counted."""
    return at_once(
        lambda: conduct.proclaim_all(current_actor(), number, now=now()),
        url_for(".manage", number=number),
        gettext("The results are proclaimed."),
    )


@bp.route("/segreteria/forum/pareri/<int:number>/voto/<int:poll>/annulla", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def annul(number: int, poll: int) -> Answer:
    """A vote does not count, for a reason that everybody reads."""
    row = requests.request(number)
    vote = next((one for one in queries.votes(current_actor(), number) if one.poll_id == poll), None)
    if vote is None:
        raise NotFound()
    form, done = bind(AnnulVoteForm), False

    def verb() -> bool:
        nonlocal done
        done = conduct.annul(current_actor(), number, poll, str(form.reason.data or ""), now=now())
        return True

    if request.method == "POST":
        if attempt(form, verb) is not None:
            if done:
                flash(gettext("The vote is annulled."))
                return redirect(url_for(".manage", number=number), 303)
            flash(gettext("Asked for: another person has to agree. Until then the result stands."))
            return redirect(url_for("voting.conduct", number=poll), 303)
        return render_template("adoption/annul.html", row=row, vote=vote, form=form), 422
    return render_template("adoption/annul.html", row=row, vote=vote, form=form)


def _put_form(row: ForumRequest) -> PutForm:
    form = bind(PutForm, way=Way.TERM.value, question=_usual(row.number))
    found = places.items(row.organ)
    form.item.choices = options(
        [
            ("", gettext("Choose")),
            *((one.item_id, f"{one.sitting}, {instant(one.starts_at)}: {one.position}. {one.title}") for one in found),
        ]
    )
    return form


def _page(number: int, form: PutForm) -> str:
    row, actor = requests.request(number), current_actor()
    rows, known = queries.votes(actor, number), amendments(number)
    live = [one for one in rows if one.result is None and one.state is not PollState.ANNULLED]
    stands = standing(number, now())
    left = subjects.left(number) if Step.TEXT_FROZEN in stands.steps else []
    return render_template(
        "adoption/manage.html",
        row=row,
        stands=stands,
        rows=rows,
        live=live,
        left=[known[one] for one in left],
        next=_next(rows, live, frozen=Step.TEXT_FROZEN in stands.steps, left=len(left)) if stands.is_running else "",
        missing=_missing(live),
        form=form,
        title=lambda vote: title(vote, known),
        manages=can(actor, Permission.FORUM_MANAGE),
        waiting=[one for one in live if one.state is PollState.PREPARED],
        open=[one for one in live if one.state is PollState.OPEN],
        counted=[one for one in live if one.state is PollState.CLOSED],
    )


def _next(rows: list[VoteRow], live: list[VoteRow], *, frozen: bool, left: int) -> str:
    """What the office does next: freeze, open, wait, proclaim, put amendments or the text, nothing."""
    states = {one.state for one in live}
    if not frozen:
        return "freeze"
    for state, act in ((PollState.OPEN, "close"), (PollState.PREPARED, "open"), (PollState.CLOSED, "proclaim")):
        if state in states:
            return act
    if left:
        return "amendments"
    finals = [one for one in rows if one.is_final and one.state is not PollState.ANNULLED]
    last: Any = finals[-1] if finals else None
    if last is not None and decided(last.result or Result.NO_QUORUM, last.call):
        return "over"
    return "final"


def _missing(live: list[VoteRow]) -> list[str]:
    """The organisations that have not answered everything that is open."""
    names = {
        seat.name
        for one in live
        if one.state is PollState.OPEN
        for seat in voting.not_answered(current_actor(), one.poll_id)
    }
    return sorted(names)
