"""The personal ballot: three large buttons, what was recorded, its receipt; “not recorded” said plainly."""

from __future__ import annotations

import secrets

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.voting import BallotForm
from portal.kernel.actor import Actor
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.kernel.permissions import Permission
from portal.kernel.words import N_, Words
from portal.voting import cast, may_vote, mine, queries
from portal.voting.ballots import Receipt
from portal.voting.mine import OwnSeat
from portal.voting.queries import PollPage
from portal.voting.rules import PollState
from portal.web.door import access, bind, current_actor, current_actor_or_visitor, fresh, now, safe_next, translate
from portal.web.limits import SUBMIT, limiter
from portal.web.voting.blueprint import Answer, bp


def new_key() -> str:
    """A key that names one sending of one answer."""
    return secrets.token_hex(16)


def _voter() -> str:
    return f"voter:{current_actor_or_visitor().person_id}"


@bp.get("/votazioni/<int:number>/scheda")
@access(Permission.SIGNED_IN)
def ballot(number: int) -> str:
    """The ballot of the seat the reader holds, with what it has said so far."""
    actor = current_actor()
    page = queries.poll(actor, number)
    actor, own = _seated(actor, number)
    form = fresh(BallotForm, key=new_key(), mandate=own.mandate_id if own else "")
    return _page(page, own, form, actor)


@bp.post("/votazioni/<int:number>/scheda")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=_voter)  # all of a hall may come from one address
def answer(number: int) -> Answer:
    """Record the answer; where it can never be changed, read it back first.

    A ballot that may be changed, or was read back, goes straight in: a whole hall answers within a second.
    """
    actor, form = current_actor(), bind(BallotForm)
    if request.accept_mimetypes.best == "application/json":
        return _told(actor, number, form)
    if not form.validate():
        return _page(queries.poll(actor, number), mine.own_seat(actor, number), form, actor), 422
    if not form.confirmed.data:
        page, own = queries.poll(actor, number), mine.own_seat(actor, number)
        if not page.may_change and page.state is PollState.OPEN and own and not own.code:
            return _page(page, own, form, actor, read_back=True)
    refused = _cast(actor, number, form)
    if isinstance(refused, DomainError):
        return _refused(number, form, actor, refused)
    return _done(number)


def _told(actor: Actor, number: int, form: BallotForm) -> Answer:
    """For the script of a page: the receipt, or why nothing was recorded, as over the socket."""
    try:
        if not form.validate():
            raise Invalid(N_("Choose one of the answers."), code="choice", field="choice")
        key, confirmed = str(form.key.data or ""), bool(form.confirmed.data)
        done = cast.cast(actor, number, form.chosen, key=key, confirmed=confirmed, now=now())
    except DomainError as error:
        refused = jsonify(ok=False, code=error.code, words=translate(error.words))
        refused.status_code = error.status
        return refused
    return jsonify(ok=True, receipt=done.as_data())


def _cast(actor: Actor, number: int, form: BallotForm) -> Receipt | DomainError:
    try:
        return cast.cast(actor, number, form.chosen, key=str(form.key.data or ""), now=now())
    except NotFound:
        raise
    except DomainError as error:
        return error


def _refused(number: int, form: BallotForm, actor: Actor, error: DomainError) -> Answer:
    """The page again, as things stand now: with another key, because this one has been used or is none."""
    form.refusals.append(error.words)
    if error.code == "key":
        form.key.data = new_key()
    return _page(queries.poll(actor, number), mine.own_seat(actor, number), form, actor), error.status


def _done(number: int) -> Response:
    """Back to where it was sent from, the ballot's own page or that of a sitting: both show the same receipt."""
    usual = url_for(".ballot", number=number, _anchor="registrato")
    return redirect(safe_next(request.form.get("next"), usual), 303)


def _seated(actor: Actor, number: int) -> tuple[Actor, OwnSeat | None]:
    """The reader under the mandate that holds a seat here: the one acted under, or another of theirs."""
    own = mine.own_seat(actor, number)
    if own is None:
        held = [row for row in mine.asked_of(actor) if row.poll_id == number]
        if held:
            actor = actor.acting_under(held[0].mandate_id)
            own = mine.own_seat(actor, number)
    return actor, own


def _page(page: PollPage, own: OwnSeat | None, form: BallotForm, actor: Actor, *, read_back: bool = False) -> str:
    may = may_vote.may_vote(actor, page.id, now()) if page.state is PollState.OPEN else None
    plain: list[Words] = form.refusals
    return render_template(
        "voting/ballot.html",
        page=page,
        own=own,
        form=form,
        may=may,
        may_answer=bool(own and may and may.allowed),
        read_back=read_back,
        refusals=plain,
        back=safe_next(request.values.get("next"), ""),
        body=actor.acting.body_name if actor.acting else gettext("nobody"),
    )
