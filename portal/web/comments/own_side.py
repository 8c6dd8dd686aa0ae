"""What the page of a remark shows beside it: hidden passages to everybody, the exchange to its body, reports."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.comments import answer_question, masks, own_side, reply, report
from portal.comments.queries import Remark
from portal.comments.rules import CommentState
from portal.forms.base import CommandForm
from portal.forms.moderation import AnswerForm, ReplyForm, ReportForm
from portal.kernel.permissions import Permission, can
from portal.web.comments import reading
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, fresh, now
from portal.web.limits import SUBMIT, limiter

Answer = Response | tuple[str, int]


@bp.app_template_global("beside")
def beside(found: Remark, given: dict[str, CommandForm]) -> dict[str, Any]:
    """Everything that stands beside a remark for this reader; `given` are forms that were refused."""
    actor = current_actor()
    texts = (found.observation, found.proposed_text, found.reasons)
    hidden = own_side.masked_among([found.id]) if any(masks.MARK in text for text in texts) else {}
    own = own_side.own_side(actor, found.id, found.body_id)
    public = found.state in {CommentState.SUBMITTED, CommentState.ADMITTED}
    reports = own is None and actor.person_id is not None and found.visible and public
    return {
        "hidden": sorted(hidden.get(found.id, ())),
        "own": own,
        "may_answer": can(actor, Permission.COMMENT_DRAFT, found.body_id),
        "answering": given.get("answering") or fresh(AnswerForm),
        "replying": given.get("replying") or fresh(ReplyForm),
        "reporting": (given.get("reporting") or fresh(ReportForm)) if reports else None,
    }


@bp.post("/osservazioni/<int:number>/domande/<int:question_id>/risposta")
@access(Permission.COMMENT_DRAFT)
def answer_to_question(number: int, question_id: int) -> Answer:
    """Answer the secretariat's question in place."""
    form, actor = bind(AnswerForm), current_actor()
    done = attempt(
        form,
        lambda: answer_question.answer_question(actor, number, question_id, form.answer.data or "", now=now()),
    )
    if done is None:
        return reading.page(number, answering=form), 422
    flash(gettext("The answer is with the secretariat, which goes on with the decision."))
    return redirect(url_for(".remark", number=number), 303)


@bp.post("/osservazioni/<int:number>/replica")
@access(Permission.COMMENT_SUBMIT)
def reply_to_refusal(number: int) -> Answer:
    """Reply to a refusal, once."""
    form, actor = bind(ReplyForm), current_actor()
    if attempt(form, lambda: reply.reply(actor, number, form.reply.data or "", now=now())) is None:
        return reading.page(number, replying=form), 422
    flash(gettext("The reply is with the secretariat: another person decides again."))
    return redirect(url_for(".remark", number=number), 303)


@bp.post("/osservazioni/<int:number>/segnalazione")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT)
def report_remark(number: int) -> Answer:
    """Ask the secretariat to look at a public remark again."""
    form, actor = bind(ReportForm), current_actor()
    if attempt(form, lambda: report.report(actor, number, form.reason, form.text.data or "", now=now())) is None:
        return reading.page(number, reporting=form), 422
    flash(gettext("The secretariat will look at it again, and says in the register what it decided."))
    return redirect(url_for(".remark", number=number), 303)
