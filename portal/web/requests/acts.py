"""Acts on a request to the Forum: interrupt and restart the term, take back, certify, draw up, transmit."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.requests import InterruptForm, RestartForm, SendForm, WithdrawForm
from portal.kernel.clock import from_form, local
from portal.kernel.permissions import Permission
from portal.opinions.requests import certify as certifying
from portal.opinions.requests import interrupt as interrupting
from portal.opinions.requests import queries
from portal.opinions.requests import transmit as transmitting
from portal.opinions.requests import withdraw as withdrawing
from portal.opinions.requests.transmit import Sent
from portal.opinions.requests.withdraw import TakenBack
from portal.records import forum_opinion
from portal.web.conferences.blueprint import Answer, at_once, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.requests.blueprint import bp


def _back(number: int) -> str:
    return url_for("requests.manage", number=number)


@bp.route("/segreteria/forum/pareri/<int:number>/interruzione", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def interrupt(number: int) -> Answer:
    """Ask the Council for facts, once."""
    row, form = queries.request(number), bind(InterruptForm)
    return carried_out(
        form,
        lambda: interrupting.interrupt(current_actor(), number, str(form.reason.data or ""), now=now()),
        drawn("requests/interrupt.html", form=form, row=row),
        gettext("The term is interrupted. Those who answer for the Council are written to."),
        _back(number),
    )


@bp.route("/segreteria/forum/pareri/<int:number>/ripresa", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def restart(number: int) -> Answer:
    """What was asked for arrived."""
    row, form = queries.request(number), bind(RestartForm, answered_at=local(now()))
    broken = queries.interruption(number)

    def verb() -> None:
        assert form.answered_at.data is not None  # the form asks for it
        at = from_form(form.answered_at.data)
        if broken is not None and broken.asked_at.replace(second=0, microsecond=0) == at:
            at = broken.asked_at  # fields say minutes: the one in which it was asked for is meant after it
        interrupting.restart(current_actor(), number, str(form.answer.data or ""), at, now=now())

    return carried_out(
        form,
        verb,
        drawn("requests/restart.html", form=form, row=row, broken=broken),
        gettext("The term runs again from the day of arrival."),
        _back(number),
    )


@bp.route("/segreteria/forum/pareri/<int:number>/ritiro", methods=["GET", "POST"])
@access(Permission.OPINION_REGISTER)
def withdraw(number: int) -> Answer:
    """The Council takes its request back."""
    row, form = queries.request(number), bind(WithdrawForm)

    def verb() -> None:
        assert form.act_date.data is not None  # the form asks for it
        act = TakenBack(str(form.act_number.data or ""), form.act_date.data, str(form.reason.data or ""))
        withdrawing.withdraw(current_actor(), number, act, now=now())

    return carried_out(
        form,
        verb,
        drawn("requests/withdraw.html", form=form, row=row),
        gettext("The request is taken back; what was written stays to be read."),
        _back(number),
    )


@bp.post("/segreteria/forum/pareri/<int:number>/certificato")
@access(Permission.FORUM_MANAGE)
def certify(number: int) -> Response:
    """Certify that the term ran out."""
    return at_once(
        lambda: certifying.certify(current_actor(), number, now=now()),
        _back(number),
        gettext("The certificate is drawn up: the Council may go on."),
    )


@bp.post("/segreteria/forum/pareri/<int:number>/documento")
@access(Permission.FORUM_MANAGE)
def draw(number: int) -> Response:
    """Draw up the adopted opinion."""
    return at_once(
        lambda: forum_opinion.draw_up(current_actor(), number, now=now()),
        _back(number),
        gettext("The opinion is drawn up: read it over, have it signed, transmit it to the Council."),
    )


@bp.route("/segreteria/forum/pareri/<int:number>/documenti/<int:which>/trasmissione", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def send(number: int, which: int) -> Answer:
    """Write down when and under which number a document went to the Council."""
    row, paper = queries.request(number), queries.document(number, which)
    form = bind(SendForm, to=gettext("Metropolitan Council"), at=local(now()))

    def verb() -> None:
        assert form.at.data is not None  # the form asks for it
        at = from_form(form.at.data)
        if paper.drawn_at.replace(second=0, microsecond=0) == at:
            at = paper.drawn_at  # fields say minutes: the one in which it was drawn up is meant after it
        sent = Sent(str(form.to.data or ""), str(form.register_number.data or ""), at)
        transmitting.transmit(current_actor(), number, which, sent, now=now())

    return carried_out(
        form,
        verb,
        drawn("requests/send.html", form=form, row=row, paper=paper),
        gettext("The transmission is recorded."),
        _back(number),
    )
