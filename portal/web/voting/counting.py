"""Hands and papers: entered by seat or from a table, looked at, handed to a second person, confirmed or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.accounts import two_persons
from portal.forms.voting import ANSWERS, CallForm, ConfirmForm, TallyForm
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission, require
from portal.voting import confirm_tally, propose_tally, queries, tallies
from portal.voting.queries import PollPage, SeatRow
from portal.voting.rules import Channel, Choice, PollState
from portal.voting.tallies import OnRoll
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.labels import label
from portal.web.voting.blueprint import Answer, bp, spoken

Given = dict[int, Choice]


@bp.route("/segreteria/votazioni/<int:number>/conteggio", methods=["GET", "POST"])
@access(Permission.POLL_OPERATE)
def count(number: int) -> Answer:
    """Enter the answers, look at them, hand them to a second person."""
    page = queries.poll(current_actor(), number)
    require(current_actor(), Permission.POLL_OPERATE, page)
    if page.state is not PollState.OPEN:
        return redirect(url_for(".conduct", number=number), 303)
    form, seats = spoken(bind(TallyForm)), queries.roll(number)
    if request.method == "GET":
        return _entry(page, form, seats, {})
    given = attempt(form, lambda: _given(form, seats))
    if given is None:
        return _entry(page, form, seats, _typed(seats)), 422
    if request.form.get("act") != "propose":
        return _review(page, form, seats, given)
    done = attempt(form, lambda: _propose(number, form, given))
    if done is None:
        return _review(page, form, seats, given), 422
    flash(gettext("Handed to a second person: the answers count once a colleague has confirmed them."))
    return redirect(url_for(".conduct", number=number), 303)


def _given(form: TallyForm, seats: list[SeatRow]) -> Given:
    """The answers of the table, or those of the page with what is said of the rest."""
    on_roll = [OnRoll(s.number, s.key, s.name, not s.asked) for s in seats]
    upload = request.files.get("file")
    if upload and upload.filename:
        return tallies.read(upload.stream.read(tallies.LARGEST_TABLE + 1), on_roll).answers
    given = _typed(seats)
    if form.rest.data:
        rest = Choice(form.rest.data)
        given = {s.number: given.get(s.number, rest) for s in seats if s.asked}
    tallies.check(given, on_roll)
    return given


def _typed(seats: list[SeatRow]) -> Given:
    known = {choice.value: choice for choice in ANSWERS}
    said = {seat.number: known.get(request.form.get(f"seat-{seat.number}", "")) for seat in seats}
    return {number: choice for number, choice in said.items() if choice}


def _propose(number: int, form: TallyForm, given: Given) -> int:
    channel = Channel(str(form.channel.data))
    replace = bool(form.replace.data)
    return propose_tally.propose_tally(current_actor(), number, given, channel, replace=replace, now=now())


def _entry(page: PollPage, form: TallyForm, seats: list[SeatRow], given: Given) -> str:
    return render_template(
        "voting/count.html",
        page=page,
        form=form,
        seats=seats,
        given=given,
        answers=ANSWERS,
        answered=queries.answered(page.id),
        waiting=two_persons.waiting(f"poll:{page.id}", tallies.KIND, now=now()),
    )


def _review(page: PollPage, form: TallyForm, seats: list[SeatRow], given: Given) -> str:
    return render_template(
        "voting/review.html",
        page=page,
        form=form,
        **_lists(seats, given),
        given=given,
        answered=queries.answered(page.id),
    )


def _lists(seats: list[SeatRow], given: Given) -> dict[str, Any]:
    """Answers by kind with their seats, and the seats without one."""
    sums = Counter(given.values())
    return {
        "groups": [(label(c), sums[c], [s for s in seats if given.get(s.number) is c]) for c in ANSWERS if sums[c]],
        "without": [seat for seat in seats if seat.number not in given and seat.asked],
    }


@bp.get("/segreteria/votazioni/<int:number>/conteggio/<int:request_id>")
@access(Permission.POLL_CONFIRM)
def check(number: int, request_id: int) -> str:
    """What a colleague entered, for whoever compares it with the hall or the papers."""
    return _check(number, request_id, bind(ConfirmForm))


def _check(number: int, request_id: int, form: ConfirmForm | CallForm) -> str:
    page = queries.poll(current_actor(), number)
    require(current_actor(), Permission.POLL_CONFIRM, page)  # what was entered is read by nobody else before the end
    waiting = two_persons.waiting(f"poll:{number}", tallies.KIND, now=now())
    asked = next((one for one in waiting if one.id == request_id), None)
    if asked is None:
        raise NotFound()
    given = {int(seat): Choice(choice) for seat, choice in asked.payload["answers"].items()}
    return render_template(
        "voting/check.html",
        page=page,
        asked=asked,
        form=form,
        channel=Channel(asked.payload["channel"]),
        own=asked.requested_by_id == current_actor().person_id,
        **_lists(queries.roll(number), given),
    )


@bp.post("/segreteria/votazioni/<int:number>/conteggio/<int:request_id>/conferma")
@access(Permission.POLL_CONFIRM)
def confirm(number: int, request_id: int) -> Answer:
    """A second person agrees: they become ballots."""
    form = bind(ConfirmForm)
    done = attempt(form, lambda: confirm_tally.confirm_tally(current_actor(), number, request_id, now=now()))
    if done is None:
        return _check(number, request_id, form), 422
    flash(gettext("Confirmed: %(n)s answers are recorded.", n=len(done)))
    return redirect(url_for(".conduct", number=number), 303)


@bp.post("/segreteria/votazioni/<int:number>/conteggio/<int:request_id>/rifiuto")
@access(Permission.POLL_CONFIRM)
def refuse(number: int, request_id: int) -> Response:
    """None of it counts."""
    return _act(number, lambda: confirm_tally.refuse(current_actor(), number, request_id, now=now()))


def _act(number: int, verb: Callable[[], None]) -> Response:
    try:
        verb()
    except NotFound:
        raise
    except DomainError as error:
        flash(translate(error.words), "error")
    else:
        flash(gettext("Set aside: nothing of it counts."))
    return redirect(url_for(".conduct", number=number), 303)
