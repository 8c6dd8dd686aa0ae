"""What a member is asked, on one screen, and what came of votes for everybody (art. 14)."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from portal.forms.adoption import OFFERED, AnswersForm
from portal.kernel.errors import Conflict, DomainError, NotFound
from portal.kernel.permissions import Permission, can
from portal.opinions.adoption import cast_votes, queries
from portal.opinions.adoption.cast_votes import LATER
from portal.opinions.adoption.rows import VoteRow
from portal.opinions.amending import queries as amending
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import standing
from portal.voting.rules import PollState
from portal.web.adoption.blueprint import amendments, bp, counted, reader, title
from portal.web.conferences.blueprint import Answer
from portal.web.door import access, bind, current_actor, current_actor_or_visitor, fresh, now
from portal.web.limits import SUBMIT, limiter
from portal.web.voting.answering import new_key


def _voter() -> str:
    return f"voter:{current_actor_or_visitor().person_id}"


@bp.get("/forum/pareri/<int:number>/voto")
@access(Permission.PUBLIC_READ)
def votes(number: int) -> str:
    """What is voted on now, and how earlier votes went."""
    return _page(number, fresh(AnswersForm, key=new_key()))


@bp.post("/forum/pareri/<int:number>/voto")
@access(Permission.FORUM_TAKE_PART)
@limiter.limit(SUBMIT, key_func=_voter)  # all of a hall may come from one address
def answer(number: int) -> Answer:
    """Record the answers, each with its receipt."""
    form = bind(AnswersForm)
    rows = queries.votes(current_actor(), number)
    answers = form.answers(request.form, [row.poll_id for row in rows])
    try:
        cast_votes.cast_votes(current_actor(), number, answers, key=str(form.key.data or ""), now=now())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        if isinstance(error, Conflict) and error.code == "key":
            form.key.data = new_key()
        return _page(number, form), error.status
    return redirect(url_for(".votes", number=number, _anchor="registrato"), 303)


def _page(number: int, form: AnswersForm) -> str:
    row, actor = requests.request(number), current_actor()
    rows, known = queries.votes(actor, number), amendments(number)
    who = reader(row.forum_id)
    asked = [one for one in rows if one.state is PollState.OPEN]
    own = queries.own(who.member.body_id, [one.poll_id for one in rows]) if who.member and rows else {}
    return render_template(
        "adoption/votes.html",
        row=row,
        stands=standing(number, now()),
        form=form,
        who=who,
        own=own,
        later=LATER if who.member and asked and not any(one.poll_id in own for one in asked) else None,
        asked=asked,
        open=[one for one in asked if one.closes_at is None or one.closes_at > now()],
        coming=[one for one in rows if one.state is PollState.PREPARED and one.opens_at],
        done=[counted(one) for one in _latest_first(rows)],
        annulled=[one for one in rows if one.state is PollState.ANNULLED],
        amendments=known,
        title=lambda vote: title(vote, known),
        final=amending.final(number) if amending.exists(number) else None,
        offered=OFFERED,
        works=can(actor, Permission.FORUM_WATCH),
    )


def _latest_first(rows: list[VoteRow]) -> list[VoteRow]:
    """The final text before amendments, each in the order of voting."""
    found = [one for one in rows if one.counted]
    return [*reversed([one for one in found if one.is_final]), *[one for one in found if not one.is_final]]
