"""The roll call: one key an answer, the next seat by itself, what was entered read back, undo as a new version."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.conferences.screen import said
from portal.forms.voting import CallForm
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.permissions import Permission, require
from portal.voting import queries, record_answer
from portal.voting.ballots import Receipt
from portal.voting.queries import PollPage, SeatRow
from portal.voting.rules import Choice, PollState
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.numbers import asked
from portal.web.voting.answering import new_key
from portal.web.voting.blueprint import Answer, bp

READ_BACK = "roll_call"  # in the clerk's own cookie: what they entered last, for them alone


@dataclass(frozen=True)
class Place:
    """Where the clerk stands in the roll."""

    seat: SeatRow | None
    before: int | None
    after: int | None
    left: int


@bp.get("/segreteria/votazioni/<int:number>/appello")
@access(Permission.POLL_OPERATE)
def call(number: int) -> Answer:
    """The seat that is called, and what was entered last."""
    page = queries.poll(current_actor(), number)
    require(current_actor(), Permission.POLL_OPERATE, page)
    if page.state is not PollState.OPEN:
        return redirect(url_for(".conduct", number=number), 303)
    return _page(page, asked("seggio"))


@bp.post("/segreteria/votazioni/<int:number>/appello")
@access(Permission.POLL_OPERATE)
def enter(number: int) -> Answer:
    """Record what the seat answered and call the next one; an entry that is undone calls the same seat again."""
    form = bind(CallForm)
    page = queries.poll(current_actor(), number)
    refused = _record(number, form) if form.validate() else form
    if isinstance(refused, Receipt):
        return _next(number, refused)
    if isinstance(refused, DomainError):
        form.refusals.append(refused.words)
    return _page(page, form.number, form), refused.status if isinstance(refused, DomainError) else 422


def _record(number: int, form: CallForm) -> Receipt | DomainError:
    key = str(form.key.data or "")
    try:
        return record_answer.record_answer(current_actor(), number, form.number, form.chosen, key=key, now=now())
    except NotFound:
        raise
    except DomainError as error:
        return error


def _next(number: int, done: Receipt) -> Response:
    undone = done.choice is Choice.WITHDRAWN
    session[READ_BACK] = {
        "poll": number,
        "seat": done.seat,
        "name": done.seat_name,
        "choice": done.choice.value,
        "code": done.code,
        "at": done.cast_at.isoformat(),
    }
    after = done.seat if undone else _following(number, done.seat)
    return redirect(url_for(".call", number=number, seggio=after), 303)


def _following(number: int, seat: int) -> int | None:
    answered = queries.answered(number)
    left = [s.number for s in queries.roll(number) if s.asked and s.number not in answered]
    return next((n for n in left if n > seat), left[0] if left else None)


def _page(page: PollPage, wanted: int | None, form: CallForm | None = None) -> str:
    seats, answered = queries.roll(page.id), queries.answered(page.id)
    last = session.get(READ_BACK) or {}
    return render_template(
        "voting/call.html",
        page=page,
        seats=seats,
        answered=answered,
        turnout=queries.turnout(page, seats),
        place=_place(seats, answered, wanted),
        form=fresh(CallForm, key=new_key()),
        refusals=form.refusals if form else [],
        last=last if last.get("poll") == page.id else None,
        said=Choice(last["choice"]) if last.get("poll") == page.id else None,
        sitting=said.sitting_of(page.id),
    )


def _place(seats: list[SeatRow], answered: frozenset[int], wanted: int | None) -> Place:
    seated = [seat for seat in seats if seat.asked]
    left = [seat for seat in seated if seat.number not in answered]
    found = next((seat for seat in seated if seat.number == wanted), None) if wanted else None
    here = found or (left[0] if left else None)
    if here is None:
        return Place(None, seated[-1].number if seated else None, None, 0)
    numbers = [seat.number for seat in seated]
    at = numbers.index(here.number)
    return Place(
        here,
        numbers[at - 1] if at else None,
        numbers[at + 1] if at + 1 < len(numbers) else None,
        len(left),
    )
