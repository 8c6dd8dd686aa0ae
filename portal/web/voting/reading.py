"""The public pages of votes: the list, and one poll at every stage; nothing of choices or sums before the closing."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from portal.kernel.permissions import Permission
from portal.plan.rules import VersionState
from portal.voting import mine, queries, wording
from portal.voting.queries import PAGE, PollPage
from portal.voting.rules import COUNTED_STATES, PollState
from portal.web import editions
from portal.web.asked import opinion_of
from portal.web.door import access, current_actor, translate
from portal.web.numbers import asked
from portal.web.voting.blueprint import bp
from portal.web.voting.sheet import sheet


@bp.get("/votazioni")
@access(Permission.PUBLIC_READ)
def index() -> str:
    """All votes, newest first, and those that wait for the reader's answer."""
    actor = current_actor()
    rows = queries.polls(actor, before=asked("dopo"))
    return render_template(
        "voting/index.html",
        rows=[row for row in rows[:PAGE] if row.state is not PollState.PREPARED],
        asked=mine.asked_of(actor),
        next_url=url_for(".index", dopo=rows[PAGE - 1].id) if len(rows) > PAGE else None,
        first_url=url_for(".index") if asked("dopo") else None,
    )


@bp.get("/votazioni/<int:number>")
@access(Permission.PUBLIC_READ)
def poll(number: int) -> str:
    """One vote: what is asked, who is entitled, how far it has come, and once it is closed what came of it."""
    actor = current_actor()
    page = queries.poll(actor, number)
    counted = page.closed_at is not None and page.outcome_data is not None
    shown = sheet(page) if counted else None
    own = shown.own(actor) if shown else mine.own_seat(actor, number) if page.opened_at else None
    waiting = [row for row in mine.asked_of(actor) if row.poll_id == number] if page.state is PollState.OPEN else []
    seats = [] if counted else queries.roll(number)
    return render_template(
        "voting/poll.html",
        page=page,
        sheet=shown,
        stands=page.state in COUNTED_STATES,
        seats=seats,
        turnout=queries.turnout(page, seats) if page.state is PollState.OPEN else None,
        conditions=conditions(page),
        own=own,
        waiting=waiting,
        opinion=opinion_of(number),
        **_text_of(page),
    )


def _text_of(page: PollPage) -> dict[str, Any]:
    """The published version of the plan that the question is about, and its address."""
    found = next((e for e in editions.shelf().editions if e.version_id == page.version_id), None)
    public = found if found and found.state is not VersionState.DRAFT else None
    return {"edition": public, "scope": editions.address(public) if public else {}}


def conditions(page: PollPage) -> list[str]:
    """What the rule set asks of this call, condition by condition."""
    return [translate(wording.requirement(c)) for c in page.rule_set.for_call(page.call)]
