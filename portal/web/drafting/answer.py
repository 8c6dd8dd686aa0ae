"""The page on which an answer is written: remarks on the paragraph, the answer, the text."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from portal.comments import attachments, spoken
from portal.comments import queries as comments
from portal.comments.queries import Remark
from portal.comments.rules import CommentState
from portal.conferences.table import said
from portal.drafting import (
    approve,
    calls,
    give_back,
    propose,
    publish,
    queries,
    rules,
    sheet,
    themes,
    twins,
    write_note,
)
from portal.drafting.propose import Wording
from portal.drafting.rules import AnswerState, Outcome
from portal.drafting.sheet import AnswerSheet, Begun
from portal.forms.base import CommandForm
from portal.forms.drafting import OUTCOME_HINTS, ApproveForm, NoteForm, ProposeForm, PublishForm, ReturnForm
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, can
from portal.web.ages import age
from portal.web.door import access, attempt, bind, current_actor, fresh, now
from portal.web.drafting.inbox import bp, tell


@dataclass(frozen=True)
class May:
    """What this reader can do with this answer now; `why_not` says what stands in the way of the obvious."""

    propose: bool
    approve: bool
    give_back: bool
    publish: bool
    note: bool
    own: bool
    second_person: bool


@bp.get("/redazione/osservazioni/<int:number>")
@access(Permission.ANSWER_READ)
def answer(number: int) -> str:
    """One remark and its answer."""
    return _page(_remark(number))


@bp.post("/redazione/osservazioni/<int:number>/proposta")
@access(Permission.ANSWER_PROPOSE)
def propose_answer(number: int) -> Response | tuple[str, int]:
    """Put an outcome and its reasons forward; a colleague's newer wording is shown beside one's own."""
    actor, remark, form = current_actor(), _remark(number), bind(ProposeForm)
    if attempt(form, lambda: _propose(actor, remark, form)) is None:
        return _refused(remark, propose=form)
    flash(gettext("Answer proposed: another person must approve it."))
    return _back(number)


def _propose(actor: Actor, remark: Remark, form: ProposeForm) -> bool:
    outcome, text = Outcome(form.outcome.data), form.text.data or ""
    if form.serves.data:
        wording = Wording(outcome, text, _revision(form))
        served = propose.propose_for_group(actor, remark.id, wording, now=now())
        tell(served, lambda n: ngettext("It serves %(num)s other remark.", "It serves %(num)s other remarks.", n))
    else:
        propose.propose(actor, remark.id, outcome, text, _revision(form), now=now())
    return True


@bp.post("/redazione/osservazioni/<int:number>/approvazione")
@access(Permission.ANSWER_APPROVE)
def approve_answer(number: int) -> Response | tuple[str, int]:
    """Approve the wording that was read."""
    actor, remark, form = current_actor(), _remark(number), bind(ApproveForm)
    if attempt(form, lambda: _approve(actor, remark, form)) is None:
        return _refused(remark, approve=form)
    flash(gettext("Answer approved: it can be published."))
    return _back(number)


def _approve(actor: Actor, remark: Remark, form: ApproveForm) -> bool:
    if form.serves.data:
        served = approve.approve_for_group(actor, remark.id, _revision(form), now=now())
        tell(served, lambda n: ngettext("Approved for %(num)s more.", "Approved for %(num)s more.", n))
    else:
        approve.approve(actor, remark.id, _revision(form), now=now())
    return True


@bp.post("/redazione/osservazioni/<int:number>/restituzione")
@access(Permission.ANSWER_APPROVE)
def return_answer(number: int) -> Response | tuple[str, int]:
    """Give the answer back to its officer."""
    actor, remark, form = current_actor(), _remark(number), bind(ReturnForm)
    done = attempt(form, lambda: give_back.give_back(actor, remark.id, form.why.data or "", _revision(form), now=now()))
    if done is None:
        return _refused(remark, give_back=form)
    flash(gettext("Answer given back to its officer with your note."))
    return _back(number)


@bp.post("/redazione/osservazioni/<int:number>/pubblicazione")
@access(Permission.ANSWER_PUBLISH)
def publish_answer(number: int) -> Response | tuple[str, int]:
    """Publish this answer alone, now."""
    actor, remark, form = current_actor(), _remark(number), bind(PublishForm)
    done = attempt(form, lambda: publish.publish(actor, [remark.id], now=now()))
    if done is None:
        return _refused(remark, publish=form)
    flash(gettext("The answer is public: its author is told by mail."))
    return _back(number)


@bp.post("/redazione/osservazioni/<int:number>/note")
@access(Permission.ANSWER_NOTE)
def add_note(number: int) -> Response | tuple[str, int]:
    """Write an internal note."""
    actor, remark, form = current_actor(), _remark(number), bind(NoteForm)
    text, called = form.note.data or "", form.called.data or []
    done = attempt(form, lambda: write_note.write_note(actor, remark.id, text, called=called, now=now()))
    if done is None:
        return _refused(remark, note=form)
    flash(gettext("Note added."))
    return redirect(url_for(".answer", number=number, _anchor="notes"), 303)


def _remark(number: int) -> Remark:
    found = comments.remark(current_actor(), number)
    if not found.visible:
        raise NotFound()
    return found


def _back(number: int) -> Response:
    return redirect(url_for(".answer", number=number), 303)


def _revision(form: CommandForm) -> int:
    return int(form["revision"].data or 0)


def _refused(remark: Remark, **forms: CommandForm) -> tuple[str, int]:
    form = next(iter(forms.values()))
    stale = any(words.message == rules.STALE for words in form.refusals)
    return _page(remark, stale=stale, **forms), 409 if stale else 422


def _page(remark: Remark, *, stale: bool = False, **forms: CommandForm) -> str:
    actor, found = current_actor(), sheet.answer(remark.id)
    may = _may(remark, found)
    others = sheet.siblings(actor, remark)
    begun = sheet.draft(actor, remark.id) if may.propose else None
    notes = sheet.notes(remark.id) if may.note else []
    return render_template(
        "drafting/answer.html",
        remark=remark,
        sheet=found,
        may=may,
        stale=stale,
        forms=_forms(found, begun, stale, forms),
        begun=begun,
        files=attachments.of_remark(actor, remark.id),
        hints=OUTCOME_HINTS,
        speech=spoken.of(remark, remark.paragraph_text),
        beside=[one for one in others if one.paragraph_id == remark.paragraph_id],
        earlier=[one for one in others if one.outcome and one.answer_state is not AnswerState.ASSIGNED],
        wordings=sheet.wordings(found.id) if found else [],
        notes=notes,
        called=calls.names_called([note.id for note in notes]),
        colleagues=[one for one in queries.colleagues(now()) if one.person_id != actor.person_id] if may.note else [],
        labels=themes.labels_of([remark.id]).get(remark.id, []),
        said=said.said_on(actor, remark.action_id, now=now()) if remark.action_id else [],
        themes=themes.themes() if can(actor, Permission.ANSWER_PROPOSE) else [],
        group=twins.group_of(actor, remark.id),
        pairs=twins.pairs_of(actor, remark.id),
        served=queries.served_by(remark.id),
        age=age,
    )


def _forms(
    found: AnswerSheet | None, begun: Begun | None, stale: bool, given: dict[str, CommandForm]
) -> dict[str, CommandForm]:
    revision = found.revision if found else 0
    writing = begun or found
    forms: dict[str, CommandForm] = {
        "propose": fresh(
            ProposeForm,
            outcome=writing.outcome.value if writing and writing.outcome else None,
            text=writing.text if writing else "",
            revision=begun.revision if begun else revision,
        ),
        "approve": fresh(ApproveForm, revision=revision),
        "give_back": fresh(ReturnForm, revision=revision),
        "publish": fresh(PublishForm),
        "note": fresh(NoteForm),
        **given,
    }
    if stale:  # what was typed stays; sent again, it is written over the wording now shown beside it
        for form in given.values():
            form["revision"].data = revision
    return forms


def _may(remark: Remark, found: AnswerSheet | None) -> May:
    actor = current_actor()
    state = found.state if found else AnswerState.ASSIGNED
    own = actor.person_id in sheet.authors(remark.id)
    open_ = remark.state is CommentState.ADMITTED and not own
    lead = can(actor, Permission.ANSWER_APPROVE)
    theirs = found is None or found.officer_id == actor.person_id or can(actor, Permission.ANSWER_ASSIGN)
    proposer = found is not None and found.proposed_by_id == actor.person_id
    return May(
        propose=open_
        and theirs
        and can(actor, Permission.ANSWER_PROPOSE)
        and state in {AnswerState.ASSIGNED, AnswerState.PROPOSED},
        approve=open_ and lead and state is AnswerState.PROPOSED and not proposer,
        give_back=open_ and lead and state in {AnswerState.PROPOSED, AnswerState.APPROVED},
        publish=open_ and can(actor, Permission.ANSWER_PUBLISH) and state is AnswerState.APPROVED,
        note=can(actor, Permission.ANSWER_NOTE),
        own=own,
        second_person=state is AnswerState.PROPOSED and proposer,
    )
