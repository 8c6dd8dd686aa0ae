"""The Council's answers: beside each remark for everybody, and the form in which they are given."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext

from portal.forms.requests import AnswerForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.requests import answer as answering
from portal.opinions.requests import queries
from portal.opinions.requests.rules import AnswerOutcome
from portal.opinions.requests.standing import standing
from portal.web.cache import public_page
from portal.web.conferences.blueprint import Answer, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.requests.blueprint import bp


@bp.get("/forum/pareri/<int:number>/risposte")
@access(Permission.PUBLIC_READ)
@public_page
def answers(number: int) -> str:
    """Every remark with its answer, and how many were answered in which way."""
    row, stands = queries.request(number), standing(number, now())
    every = queries.answered(number)
    holding = queries.answers(number)
    sent = stands.transmitted_at is not None
    return render_template(
        "requests/answers.html",
        row=row,
        stands=stands,
        remarks=queries.remarks(number) if sent else [],
        holding=holding,
        earlier=[one for one in every if holding[one.remark].version != one.version],
        counts=queries.counts(list(holding.values())),
        may_answer=sent and can(current_actor(), Permission.FORUM_ANSWER),
    )


@bp.route("/segreteria/forum/pareri/<int:number>/rilievi/<int:remark>", methods=["GET", "POST"])
@access(Permission.FORUM_ANSWER)
def answer(number: int, remark: int) -> Answer:
    """Answer a remark, or correct the answer."""
    row = queries.request(number)
    asked = next((one for one in queries.remarks(number) if one["number"] == remark), None)
    if asked is None or standing(number, now()).transmitted_at is None:
        raise NotFound()
    known = queries.answers(number).get(remark)
    form = bind(AnswerForm, **({"outcome": known.outcome.value, "reason": known.reason} if known else {}))

    def verb() -> int:
        outcome, reason = AnswerOutcome(str(form.outcome.data)), str(form.reason.data or "")
        return answering.answer(current_actor(), number, remark, outcome, reason, now=now())

    return carried_out(
        form,
        verb,
        drawn("requests/answer.html", form=form, row=row, asked=asked, known=known),
        gettext("The answer is published beside the remark."),
        url_for("requests.answers", number=number) + f"#rilievo-{remark}",
    )
